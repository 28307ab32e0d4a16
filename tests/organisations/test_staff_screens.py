"""POS's screens for organisations and members in the CMS."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lnpo.organisations.models import AccessRole, Membership, Organisation, OrganisationLink, today
from lnpo.organisations.permissions import access_role, grant_staff_permissions


@pytest.fixture
def els(cast, client_of):
    grant_staff_permissions(cast.els.groups.get())
    return client_of(cast.els)


def member_form(**changes):
    return {
        "email": "new@example.org",
        "first_name": "New",
        "last_name": "Person",
        "job_role": "controller",
        "access_role": "reader",
        "ends_on": "",
        **changes,
    }


def test_pos_lets_a_person_in(els, cast):
    answer = els.post(reverse("memberships:add"), member_form(organisation=cast.swv.pk))
    assert answer.status_code == 302
    assert Membership.objects.get(user__email="new@example.org").organisation == cast.swv


def test_a_refusal_of_the_verb_comes_back_in_the_form(els, cast):
    answer = els.post(
        reverse("memberships:add"), member_form(organisation=cast.swv.pk, email="bram@example.org")
    )
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert cast.bram.memberships.count() == 1


def test_pos_changes_and_ends_access(els, cast):
    membership = cast.bram.memberships.get()
    els.post(
        reverse("memberships:edit", args=[membership.pk]),
        {"job_role": "controller", "access_role": "reader", "ends_on": ""},
    )
    assert access_role(cast.bram, cast.swv) == AccessRole.READER
    els.post(reverse("memberships:delete", args=[membership.pk]))
    assert access_role(cast.bram, cast.swv) is None
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_the_last_manager_stays_and_pos_reads_why(els, cast):
    membership = cast.anna.memberships.get()
    answer = els.post(reverse("memberships:delete", args=[membership.pk]), follow=True)
    assert answer.status_code == 200
    assert access_role(cast.anna, cast.swv) == AccessRole.MANAGER


def organisation_form(**changes):
    return {
        "kind": "board",
        "name": "Stichting Nieuw",
        "sector": "po",
        "region": "",
        "place": "",
        "website": "",
        "pupils": "",
        "codes": "",
        **changes,
    }


def test_pos_adds_a_board_with_its_number_and_swv(els, cast):
    els.post(reverse("organisations:add"), organisation_form(codes="99 123", part_of=[cast.swv.pk]))
    board = Organisation.objects.get(name="Stichting Nieuw")
    assert [code.value for code in board.codes.all()] == ["99123"]
    assert OrganisationLink.objects.current().get(child=board).parent == cast.swv


def test_a_code_of_another_organisation_is_refused(els, cast):
    els.post(reverse("organisations:add"), organisation_form(codes="99123"))
    answer = els.post(reverse("organisations:add"), organisation_form(name="Tweede", codes="99-123"))
    assert answer.status_code == 200
    assert not Organisation.objects.filter(name="Tweede").exists()


def test_a_link_that_is_taken_away_ends_and_stays_as_history(els, cast):
    OrganisationLink.objects.update(starts_on=today() - timedelta(days=30))
    els.post(
        reverse("organisations:edit", args=[cast.board.pk]),
        organisation_form(name=cast.board.name, part_of=[cast.other_swv.pk]),
    )
    links = OrganisationLink.objects.filter(child=cast.board)
    assert links.count() == 2
    assert links.current().get().parent == cast.other_swv


@pytest.mark.parametrize("who", ["anna", "daan"])
@pytest.mark.parametrize("name", ["organisations:index", "memberships:index", "memberships:add"])
def test_members_find_no_such_page(cast, client_of, who, name):
    assert client_of(getattr(cast, who)).get(reverse(name)).status_code == 404


def test_pos_sees_what_mail_was_given_up(els, cast):
    from lnpo.outbox.models import OutboxEntry

    OutboxEntry.objects.create(
        key="a", kind="session.mail", state="failed", last_error="SMTPRecipientsRefused"
    )
    OutboxEntry.objects.create(key="b", kind="done.mail", state="done")
    text = els.get(reverse("outbox:index")).content.decode()
    assert "SMTPRecipientsRefused" in text
    assert "done.mail" not in text
    assert els.get(reverse("outbox:add")).status_code in (302, 403)
