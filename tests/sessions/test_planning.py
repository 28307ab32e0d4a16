"""POS plans: series, questions, mails, cloning, writing and moving."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from lnpo.audit.models import AuditEntry
from lnpo.outbox import delivery
from sessions.calendar import ZONE
from sessions.models import (
    Admission,
    MailPlan,
    Question,
    Registration,
    SeatPool,
    SessionPage,
    SessionSeries,
    StaffMessage,
)
from sessions.permissions import grant_staff_permissions
from sessions.planning import clone_series, clone_session
from tests.sessions.factories import fresh, make_session, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def els(cast):
    grant_staff_permissions(cast.els.groups.get())
    return cast.els


@pytest.fixture
def staff(els, client_of):
    return client_of(els)


def arranged(series=None):
    """A session the day before the clock changes, with everything that can be arranged."""
    starts_at = datetime(2027, 3, 27, 13, 0, tzinfo=ZONE)
    page = make_session(
        capacity=12,
        slug="regiodag",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        opens_at=starts_at - timedelta(days=30),
        series=series,
        report="<p>Was fijn.</p>",
    )
    SeatPool.objects.filter(page=page).update(seats_per_organisation=2, limited_until=date(2027, 3, 20))
    Admission.objects.filter(page=page).update(offers_seats=True, offer_hours=12)
    MailPlan.objects.create(page=page, day_text="Neem je plan mee.")
    lunch = Question.objects.create(page=page, text="Lunch?", kind="yes_no")
    Question.objects.create(
        page=page, position=2, text="Dieet?", kind="text", depends_on=lunch, depends_value="yes"
    )
    return fresh(page)


def test_a_clone_has_questions_limits_and_mails_and_no_registrations(els):
    page = arranged()
    Admission.objects.filter(page=page).update(opens_at=None)
    sign_up(page)
    copy = fresh(clone_session(els, fresh(page), date(2027, 3, 29)))
    assert copy.slug == "regiodag-2027-03-29"
    assert (copy.live, copy.report) == (False, "")
    assert timezone.localtime(copy.starts_at).hour == 13  # the clock changed in between
    pool = copy.all_pools[0]
    assert (pool.capacity, pool.seats_per_organisation, pool.limited_until) == (12, 2, date(2027, 3, 22))
    assert (pool.taken, pool.waiting, pool.restricted) == (0, 0, True)
    assert (copy.admission.offers_seats, copy.admission.offer_hours) == (True, 12)
    assert MailPlan.objects.get(page=copy).day_text == "Neem je plan mee."
    first, second = Question.objects.filter(page=copy)
    assert second.depends_on == first
    assert not Registration.objects.filter(page=copy).exists()
    assert clone_session(els, fresh(page), date(2027, 3, 29)).slug == "regiodag-2027-03-29-2"


def test_a_series_is_cloned_with_its_dates_as_far_apart(els):
    series = SessionSeries.objects.create(title="Regiodag", slug="regiodag", most_dates_per_person=1)
    Question.objects.create(series=series, text="Waar begin je?", kind="text")
    page = arranged(series)
    clone_session(els, page, date(2027, 4, 10))
    copy = clone_series(els, series, "Regiodag najaar", date(2027, 10, 30))
    assert copy.most_dates_per_person == 1
    assert copy.questions.get().text == "Waar begin je?"
    days = [timezone.localdate(found.starts_at) for found in copy.pages.order_by("starts_at")]
    assert days == [date(2027, 10, 30), date(2027, 11, 13)]
    assert {timezone.localtime(found.starts_at).hour for found in copy.pages.all()} == {13}
    assert series.pages.count() == 2


def test_members_plan_nothing(cast, client_of, els):
    page = make_session()
    with pytest.raises(PermissionDenied):
        clone_session(cast.anna, page, date(2027, 3, 29))
    for name in ("session_mails", "session_clone", "session_write"):
        assert client_of(cast.anna).post(reverse(name, args=[page.pk])).status_code in (302, 404)
    assert SessionPage.objects.count() == 1


def test_staff_makes_a_series_and_asks_questions_through_the_screens(staff):
    page = make_session()
    answer = staff.post(reverse("session_series:add"), {"title": "Regiodag", "slug": "regiodag"})
    assert answer.status_code == 302
    series = SessionSeries.objects.get()
    lunch = {
        "page": page.pk,
        "position": 1,
        "text": "Lunch?",
        "kind": "choice",
        "options": "Ja graag\n\nNee",
        "keep_days": 0,
    }
    assert staff.post(reverse("session_questions:add"), lunch).status_code == 302
    question = Question.objects.get()
    assert question.options == ["Ja graag", "Nee"]
    wrong = {**lunch, "series": series.pk, "options": "een", "depends_on": question.pk, "depends_value": "x"}
    errors = staff.post(reverse("session_questions:add"), wrong).context["form"].errors
    assert {"page", "options", "depends_value"} <= set(errors)
    loop = {**lunch, "depends_on": question.pk, "depends_value": "Nee"}
    assert (
        "depends_on"
        in staff.post(reverse("session_questions:edit", args=[question.pk]), loop).context["form"].errors
    )
    for name in ("session_series:index", "session_questions:index"):
        assert staff.get(reverse(name)).status_code == 200
    assert staff.post(reverse("session_questions:delete", args=[question.pk])).status_code == 302
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {
        "series.made",
        "question.made",
        "question.removed",
    }


def test_staff_clones_and_sets_the_mails_through_the_screens(staff, els):
    page = arranged()
    address = reverse("session_clone", args=[page.pk])
    assert staff.get(address).status_code == 200
    assert staff.post(address, {"day": "2027-04-01"}).status_code == 302
    assert "day" in staff.post(address, {"day": "nooit"}).context["form"].errors
    mails = reverse("session_mails", args=[page.pk])
    assert b"Neem je plan mee." in staff.get(mails).content
    assert staff.post(mails, {"week_before": "on", "week_text": "Tot dan!"}).status_code == 302
    plan = MailPlan.objects.get(page=page)
    assert (plan.week_before, plan.day_before, plan.week_text) == (True, False, "Tot dan!")
    series = SessionSeries.objects.create(title="Reeks", slug="reeks")
    clone = reverse("session_series_clone", args=[series.pk])
    assert staff.get(clone).status_code == 200
    assert staff.post(clone, {"title": "Nieuw", "day": "2027-09-01"}).status_code == 302


def test_staff_sees_who_gets_a_message_and_how_it_looks_before_it_goes_once(staff):
    page = make_session(capacity=1)
    seated, waiting = sign_up(page), sign_up(page)
    delivery.sweep()
    mail.outbox.clear()
    address = reverse("session_write", args=[page.pk])
    fields = {
        "key": str(uuid.uuid4()),
        "state": "waiting",
        "subject": "Nog even",
        "body": "We kijken.\nGroet",
    }
    assert staff.get(address).status_code == 200
    body = staff.post(address, fields).content.decode()
    assert waiting.user.email in body and seated.user.email not in body
    assert "We kijken." in body
    assert not StaffMessage.objects.exists()
    for _twice in range(2):
        assert staff.post(address, {**fields, "send": "1"}).status_code == 302
    delivery.sweep()
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([waiting.user.email], "Nog even")
    assert "secret-room" not in str(message.message())
    leak = {**fields, "body": f"Kom erbij: {page.meeting_link}"}
    assert "body" in staff.post(address, leak).context["form"].errors


def test_staff_moves_somebody_through_the_screen(staff):
    page, other = make_session(capacity=1), make_session(capacity=1)
    row = sign_up(page)
    address = reverse("session_registration_move", args=[row.pk])
    assert staff.get(address).status_code == 200
    assert "reason" in staff.post(address, {"pool": other.all_pools[0].pk}).context["form"].errors
    sign_up(other)
    full = {"pool": other.all_pools[0].pk, "reason": "Kan alleen dan"}
    assert "pool" in staff.post(address, full).context["form"].errors
    assert staff.post(address, {**full, "beyond_capacity": "on"}).status_code == 302
    assert Registration.objects.get(page=other, user=row.user).state == "confirmed"
    assert staff.get(reverse("session_registration_move", args=[uuid.uuid4()])).status_code == 404
