"""Use, freshness, questions, versions, evidence and filters of published examples."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from knowledge import asking, caring, contributing, using
from knowledge.models import Confirmation, PracticeVersion, Stewardship, Usage, UsageState
from lnpo.outbox.delivery import sweep
from lnpo.outbox.models import OutboxEntry
from tests.knowledge.factories import make_contribution, make_practice, published


def test_an_organisation_counts_once_and_stopping_lowers_the_count_but_keeps_the_history(cast):
    page = make_practice()
    using.say(cast.bram, page, cast.swv, UsageState.IN_USE, "Works.", False)
    using.say(cast.anna, page, cast.swv, UsageState.IN_USE, "Still works.", False)
    assert using.shown_use(page)["in_use"] == 1
    using.say(cast.anna, page, cast.swv, UsageState.STOPPED, "", False)
    assert using.shown_use(page)["in_use"] == 0
    assert Usage.objects.get().history.count() == 3


def test_an_organisation_is_named_only_when_it_agrees(cast, client_of):
    page = make_practice()
    using.say(cast.daan, page, cast.other_swv, UsageState.IN_USE, "Good.", False)
    assert "SWV De Zilverkust" not in client_of(None).get(page.url).content.decode()
    using.say(cast.daan, page, cast.other_swv, UsageState.IN_USE, "Good.", True)
    assert "SWV De Zilverkust" in client_of(None).get(page.url).content.decode()


def test_nobody_speaks_for_another_organisation(cast):
    page = make_practice()
    for who in (cast.daan, cast.rita):
        with pytest.raises(PermissionDenied):
            using.say(who, page, cast.swv, UsageState.IN_USE, "", False)


def test_the_owner_is_reminded_before_and_on_the_day_and_once_each(cast):
    page = published(cast.bram, cast.swv, cast.els).page
    day = Stewardship.objects.get(page=page).review_on
    reminders = OutboxEntry.objects.filter(kind="knowledge.review_due")
    caring.remind(day - timedelta(days=31))
    assert reminders.count() == 0
    for _again in range(2):
        caring.remind(day - timedelta(days=30))
    assert reminders.count() == 1
    for _again in range(2):
        caring.remind(day)
    assert reminders.count() == 2


def test_when_the_owner_left_a_manager_of_the_organisation_is_reminded(cast):
    page = published(cast.bram, cast.swv, cast.els).page
    yesterday = timezone.localdate() - timedelta(days=1)
    cast.bram.memberships.update(starts_on=yesterday, ends_on=yesterday)
    assert caring.addressee(Stewardship.objects.get(page=page)) == cast.anna


def test_a_late_example_gets_a_banner_stays_readable_and_saying_it_is_right_is_no_edit(cast, client_of):
    page = published(cast.bram, cast.swv, cast.els).page
    Stewardship.objects.filter(page=page).update(review_on=timezone.localdate() - timedelta(days=3))
    shown = client_of(None).get(page.url)
    assert shown.status_code == 200
    assert shown.context["stewardship"].days_late == 3
    address = reverse("knowledge:confirm", args=[page.pk])
    client_of(cast.daan).post(address, {"next_on": timezone.localdate() + timedelta(days=90)})
    assert not Confirmation.objects.exists()
    client_of(cast.bram).post(address, {"next_on": timezone.localdate() + timedelta(days=90)})
    assert Confirmation.objects.get().by == cast.bram
    assert PracticeVersion.objects.filter(page=page).count() == 1


def test_the_owner_is_told_of_a_question_and_the_asker_of_the_answer(cast, mailoutbox):
    page = published(cast.bram, cast.swv, cast.els).page
    sweep()
    mailoutbox.clear()
    question = asking.comment(cast.daan, page, "How long?")
    asking.comment(cast.bram, page, "Two weeks.", question)
    sweep()
    assert sorted(mail.to[0] for mail in mailoutbox) == ["bram@example.org", "daan@example.org"]


def test_questions_are_for_members_and_can_be_taken_away(cast, client_of):
    page = make_practice()
    made = asking.comment(cast.daan, page, "<b>How long?</b>")
    assert "How long?" not in client_of(None).get(page.url).content.decode()
    assert "&lt;b&gt;How long?" in client_of(cast.femke).get(page.url).content.decode()
    address = reverse("knowledge:hide", args=[page.pk, made.pk])
    assert client_of(cast.femke).post(address).status_code == 403
    client_of(cast.els).post(address)
    assert "How long?" not in client_of(cast.femke).get(page.url).content.decode()


def test_measured_needs_an_indicator_with_two_periods(cast):
    contribution = make_contribution(cast.bram, cast.swv, evidence="measured")
    with pytest.raises(ValidationError):
        contributing.send_in(cast.bram, contribution)
    contributing.save(cast.bram, contribution, {"indicator_uid": uuid.uuid4()}, contribution.version)
    with pytest.raises(ValidationError):
        contributing.send_in(cast.bram, contribution)


def test_a_published_example_is_a_pdf_too(cast, client_of):
    page = make_practice()
    answer = client_of(None).get(reverse("knowledge:pdf", args=[page.pk]))
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("bad", ["\x00", "x" * 10_000, "-1", "9" * 40, "'"])
def test_filters_take_anything(cast, client_of, bad):
    make_practice()
    for name in (
        "soort",
        "thema",
        "gebied",
        "sector",
        "niveau",
        "rol",
        "bewijs",
        "organisatie",
        "jaar",
        "page",
    ):
        assert client_of(None).get("/kennisbank/", {name: bad}).status_code == 200, name


def test_filters_narrow(cast, client_of):
    make_practice(kind="instrument", organisation=cast.swv, title="Tool")
    make_practice(title="Story")
    for query in ({"soort": "instrument"}, {"organisatie": str(cast.swv.pk)}):
        shown = client_of(None).get("/kennisbank/", query).context["page_obj"]
        assert [page.title for page in shown] == ["Tool"]


def test_pos_reviews_in_its_own_screens(cast, client_of):
    from tests.knowledge.factories import sent_in

    contribution = sent_in(cast.bram, cast.swv)
    client = client_of(cast.els)
    assert contribution.title in client.get(reverse("practice_queue")).content.decode()
    address = reverse("practice_review", args=[contribution.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"claim": "1"})
    client.post(address, {"ask": "1", "remarks": "More, please."})
    contribution.refresh_from_db()
    assert contribution.state == "changes"
    for name in ("practice_reports", "practice_themes"):
        assert client.get(reverse(name)).status_code == 200
        assert client_of(cast.anna).get(reverse(name)).status_code == 404
