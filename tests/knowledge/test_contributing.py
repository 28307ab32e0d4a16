"""A member writes, POS reviews, everybody reads."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from knowledge import contributing, reviewing
from knowledge.models import Contribution, ContributionState, PracticePage
from lnpo.outbox.delivery import sweep
from tests.knowledge.factories import (
    WRITTEN,
    make_contribution,
    make_practice,
    make_topic,
    published,
    sent_in,
)


def form_data(contribution, **more):
    return {
        **WRITTEN,
        "organisation": contribution.organisation_id,
        "topic": make_topic().pk,
        "evidence": "reported",
        "kind": "voorbeeld",
        "sector": "po",
        "level": "swv",
        "version": contribution.version,
        **more,
    }


def test_a_member_goes_from_an_empty_form_to_a_published_page_with_one_action_of_an_editor(cast, client_of):
    client = client_of(cast.bram)
    make_practice()
    answer = client.post(
        reverse("knowledge:mine"), {"title": "New", "organisation": cast.swv.pk}, follow=True
    )
    contribution = Contribution.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("knowledge:edit", args=[contribution.pk])
    sent = client.post(reverse("knowledge:edit", args=[contribution.pk]), form_data(contribution, send="1"))
    assert sent.status_code == 302
    contribution.refresh_from_db()
    page = contribution.page
    assert (contribution.state, page.live) == (ContributionState.WAITING, False)
    reviewing.approve(cast.els, contribution)
    page.refresh_from_db()
    assert page.live
    shown = client_of(None).get(page.url).content.decode()
    assert "<li>first the parents</li>" in shown
    assert "Begin with the boards." in shown


def test_changes_that_are_asked_come_back_on_the_makers_own_page_and_by_mail(cast, client_of, mailoutbox):
    contribution = sent_in(cast.bram, cast.swv)
    mailoutbox.clear()
    reviewing.ask_for_changes(cast.els, contribution, "Tell what it cost.")
    sweep()
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.CHANGES
    page = client_of(cast.bram).get(reverse("knowledge:contribution", args=[contribution.pk]))
    assert "Tell what it cost." in page.content.decode()
    (mail,) = [mail for mail in mailoutbox if mail.to == ["bram@example.org"]]
    assert "Tell what it cost." in mail.body
    assert "/beheer/" not in mail.body
    assert not any("/beheer/" in mail.body for mail in mailoutbox if mail.to != ["els@example.org"])
    contributing.send_in(cast.bram, contribution)
    contribution.refresh_from_db()
    reviewing.approve(cast.els, contribution)
    assert PracticePage.objects.get(pk=contribution.page_id).live


def test_a_revision_goes_the_same_way_while_the_published_version_stays(cast, client_of):
    page = published(cast.bram, cast.swv, cast.els).page
    revision = contributing.revise(cast.bram, PracticePage.objects.get(pk=page.pk), cast.swv)
    assert "- first the parents" in revision.approach
    contributing.save(cast.bram, revision, {"lead": "Changed lead."}, revision.version)
    contributing.send_in(cast.bram, revision)
    address = page.url
    assert "Changed lead." not in client_of(None).get(address).content.decode()
    assert WRITTEN["lead"] in client_of(None).get(address).content.decode()
    revision.refresh_from_db()
    reviewing.approve(cast.els, revision)
    assert "Changed lead." in client_of(cast.daan).get(address).content.decode()
    first = client_of(None).get(reverse("knowledge:version", args=[page.pk, 1]))
    assert WRITTEN["lead"] in first.content.decode()


def test_only_one_revision_of_an_example_is_open(cast):
    page = published(cast.bram, cast.swv, cast.els).page
    contributing.revise(cast.bram, PracticePage.objects.get(pk=page.pk), cast.swv)
    with pytest.raises(ValidationError):
        contributing.revise(cast.anna, PracticePage.objects.get(pk=page.pk), cast.swv)


def test_two_makers_do_not_overwrite_each_other(cast):
    contribution = make_contribution(cast.bram, cast.swv, co_authors=[cast.daan])
    version = contribution.version
    contributing.save(cast.daan, contribution, {"cost": "Two days"}, version)
    with pytest.raises(contributing.StaleError):
        contributing.save(cast.bram, contribution, {"cost": "Three days"}, version)
    contribution.refresh_from_db()
    assert contribution.cost == "Two days"


def test_others_cannot_read_write_or_send_in(cast, client_of):
    contribution = make_contribution(cast.bram, cast.swv)
    for name in ("edit", "contribution", "preview"):
        for who in (cast.daan, cast.femke, cast.anna):
            answer = client_of(who).get(reverse(f"knowledge:{name}", args=[contribution.pk]))
            assert answer.status_code == 404, (name, who)
    with pytest.raises(PermissionDenied):
        contributing.send_in(cast.daan, contribution)
    with pytest.raises(PermissionDenied):
        reviewing.approve(cast.bram, sent_in(cast.bram, cast.swv))


def test_what_is_missing_is_said_at_the_field_and_what_was_typed_is_kept(cast, client_of):
    contribution = make_contribution(cast.bram, cast.swv)
    data = form_data(contribution, result="", cost="Five days", send="1")
    answer = client_of(cast.bram).post(reverse("knowledge:edit", args=[contribution.pk]), data)
    assert answer.status_code == 200
    assert "Five days" in answer.content.decode()
    assert "result" in answer.context["form"].errors
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.DRAFT


@pytest.mark.parametrize("bad", ["\x00", "x" * 10_000, "9" * 30, "-1"])
def test_bad_input_is_answered(cast, client_of, bad):
    contribution = make_contribution(cast.bram, cast.swv)
    for name in (
        "title",
        "version",
        "topic",
        "session",
        "goal_templates",
        "co_authors",
        "organisation",
        "indicator_uid",
    ):
        data = form_data(contribution, **{name: bad})
        answer = client_of(cast.bram).post(reverse("knowledge:edit", args=[contribution.pk]), data)
        assert answer.status_code in (200, 302), name
        contribution.refresh_from_db()


def test_it_saves_by_itself(cast, client_of):
    contribution = make_contribution(cast.bram, cast.swv)
    answer = client_of(cast.bram).post(
        reverse("knowledge:edit", args=[contribution.pk]),
        form_data(contribution, cost="One day"),
        headers={"HX-Request": "true"},
    )
    contribution.refresh_from_db()
    assert contribution.cost == "One day"
    assert f'value="{contribution.version}"' in answer.content.decode()


def test_a_draft_can_be_taken_back(cast, client_of):
    contribution = make_contribution(cast.bram, cast.swv)
    client_of(cast.bram).post(reverse("knowledge:withdraw", args=[contribution.pk]))
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.WITHDRAWN
    assert (
        client_of(cast.bram).get(reverse("knowledge:contribution", args=[contribution.pk])).status_code == 404
    )


def test_the_preview_shows_it_as_readers_will_see_it(cast, client_of):
    contribution = make_contribution(cast.bram, cast.swv)
    answer = client_of(cast.bram).get(reverse("knowledge:preview", args=[contribution.pk]))
    assert "<li>first the parents</li>" in answer.content.decode()
