"""A seat on offer: yes in time, or it goes to whoever is next."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from lnpo.outbox import delivery
from lnpo.outbox.models import OutboxEntry
from sessions.models import Admission, Registration
from sessions.offers import accept_offer, end_late_offers
from sessions.refusals import OfferEndedError
from sessions.registration import cancel
from sessions.seats import miscounted
from sessions.tasks import remind
from tests.sessions.factories import fresh, make_session, member, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    """A session of one seat that offers, with one seated and two waiting."""
    page = make_session(capacity=1)
    Admission.objects.filter(page=page).update(offers_seats=True, offer_hours=24)
    return page, *(sign_up(page) for _ in range(3))


def now_reads(*rows):
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def mails():
    from django.core import mail

    mail.outbox.clear()
    delivery.sweep()
    return {message.to[0]: message for message in mail.outbox}


def pass_time(registration):
    Registration.objects.filter(pk=registration.pk).update(
        offered_until=timezone.now() - timedelta(minutes=1)
    )


def test_a_seat_that_comes_free_is_offered_with_a_deadline_and_holds_the_seat(line):
    _page, seated, first, second = line
    mails()
    cancel(seated.user, seated)
    assert now_reads(first, second) == ["offered", "waiting"]
    assert timedelta(hours=23) < first.offered_until - timezone.now() <= timedelta(hours=24)
    sent = mails()
    assert "plek-aannemen" in sent[first.user.email].body
    assert "secret-room" not in str(sent[first.user.email].message())
    assert not sent[first.user.email].attachments
    assert miscounted() == []


def test_who_says_yes_in_time_comes(line, client_of):
    page, seated, first, second = line
    cancel(seated.user, seated)
    client = client_of(first.user)
    assert b"csrfmiddlewaretoken" in client.get(reverse("sessions:accept", args=[page.slug])).content
    assert client.post(reverse("sessions:accept", args=[page.slug])).status_code == 302
    assert client.post(reverse("sessions:accept", args=[page.slug])).status_code == 302
    assert now_reads(first, second) == ["confirmed", "waiting"]
    assert miscounted() == []


def test_an_offer_that_ends_goes_to_the_next(line):
    _page, seated, first, second = line
    cancel(seated.user, seated)
    pass_time(first)
    with pytest.raises(OfferEndedError):
        accept_offer(first.user, first)
    assert end_late_offers() == 1
    assert remind() == 0
    assert now_reads(first, second) == ["cancelled", "offered"]
    assert miscounted() == []


def test_the_deadline_lies_in_the_outbox_and_works_alone(line):
    _page, seated, first, second = line
    cancel(seated.user, seated)
    pass_time(first)
    OutboxEntry.objects.filter(kind="session.offer_ends").update(available_at=timezone.now())
    mails()
    assert now_reads(first, second) == ["cancelled", "offered"]


def test_an_offer_is_nobody_elses(line, client_of, cast):
    page, seated, first, second = line
    cancel(seated.user, seated)
    first.refresh_from_db()
    with pytest.raises(PermissionDenied):
        accept_offer(second.user, first)
    assert client_of(second.user).post(reverse("sessions:accept", args=[page.slug])).status_code == 409
    assert client_of(cast.daan).post(reverse("sessions:accept", args=[page.slug])).status_code == 404
    assert now_reads(first) == ["offered"]


def test_saying_no_is_possible_after_the_last_day_of_cancelling(line):
    page, seated, first, second = line
    cancel(seated.user, seated)
    Admission.objects.filter(page=page).update(cancel_until=timezone.localdate() - timedelta(days=1))
    row = Registration.objects.get(pk=first.pk)
    assert cancel(row.user, row)
    assert now_reads(first, second) == ["cancelled", "offered"]


def test_nobody_moves_up_once_the_session_has_begun(line):
    page, _seated, first, _second = line
    begun = timezone.now() - timedelta(minutes=5)
    type(page).objects.filter(pk=page.pk).update(starts_at=begun)
    from sessions.seats import hold, promote

    pool = fresh(page).all_pools[0]
    hold(pool)
    pool.capacity = 5
    assert promote(pool) == []
    assert now_reads(first) == ["waiting"]


def test_the_page_says_that_a_seat_is_kept(line, client_of):
    page, seated, first, _second = line
    cancel(seated.user, seated)
    body = client_of(first.user).get(page.url).content.decode()
    assert reverse("sessions:accept", args=[page.slug]) in body
    assert "secret-room" not in body
    assert member()


def test_who_let_an_offer_pass_is_told(line):
    _page, seated, first, _second = line
    cancel(seated.user, seated)
    mails()
    pass_time(first)
    end_late_offers()
    told = mails()[first.user.email]
    assert told.alternatives
    assert "secret-room" not in str(told.message())
