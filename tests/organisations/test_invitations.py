"""Inviting people, and what their link does."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.models import AuditEntry
from lnpo.organisations import invitations
from lnpo.organisations.invitations import (
    InvitationGoneError,
    Invitee,
    OtherAddressError,
    SignInFirstError,
    accept,
    accept_as_newcomer,
    find,
    invite,
    remind_invited,
    send_again,
    token_of,
    withdraw,
)
from lnpo.organisations.membership import revoke
from lnpo.organisations.models import AccessRole, Invitation, JobRole, Membership, OrganisationLink, today
from lnpo.organisations.permissions import access_role
from lnpo.outbox import delivery
from lnpo.outbox.models import OutboxEntry

PASSWORD = "een-lange-zin-voor-nieuw"


def invitee(email="nieuw@example.org", role=AccessRole.CONTRIBUTOR, **more):
    return Invitee(email, JobRole.QUALITY_OFFICER, role, **more)


@pytest.fixture
def invitation(cast):
    return invite(cast.anna, cast.swv, invitee())


def link_in(message):
    return re.search(r"https?://[^/\s]+(/organisaties/uitnodiging/\S+)", message.body).group(1)


@pytest.mark.parametrize(
    ("who", "where"),
    [("anna", "swv"), ("anna", "board"), ("anna", "school"), ("carla", "school"), ("els", "other_swv")],
)
def test_managers_invite_for_their_own_and_for_what_belongs_to_it(cast, who, where):
    made = invite(getattr(cast, who), getattr(cast, where), invitee())
    assert made.is_usable
    assert AuditEntry.objects.about(made).get().action == "invitation.sent"


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("bram", "swv"),
        ("rita", "school"),
        ("carla", "swv"),
        ("femke", "board"),
        ("daan", "swv"),
        ("daan", "school"),
    ],
)
def test_nobody_else_invites(cast, who, where):
    with pytest.raises(PermissionDenied):
        invite(getattr(cast, who), getattr(cast, where), invitee())
    assert not Invitation.objects.exists()
    assert not OutboxEntry.objects.exists()


def test_a_link_that_ended_takes_the_right_to_invite_with_it(cast):
    OrganisationLink.objects.filter(parent=cast.swv).update(ends_on=today() - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        invite(cast.anna, cast.board, invitee())


def test_only_a_hash_is_kept_and_the_token_has_256_bits(invitation):
    token = token_of(invitation)
    assert len(token) == 43
    for row in (Invitation.objects.values().get(), OutboxEntry.objects.values().get()):
        assert token not in str(row)


def test_a_newcomer_chooses_a_password_once_and_is_in(
    cast, client, mailoutbox, django_capture_on_commit_callbacks
):
    invite(cast.anna, cast.swv, invitee(first_name="Noor"))
    delivery.sweep()
    page = client.get(link_in(mailoutbox[0]), follow=True)
    assert page.redirect_chain == [(reverse("network:invitation_answer"), 302)]
    assert 'value="Noor"' in page.content.decode()
    answer = client.post(
        reverse("network:invitation_answer"),
        {"first_name": "Noor", "last_name": "Nieuw", "password": PASSWORD},
        follow=True,
    )
    assert answer.redirect_chain[0][0] == reverse("home:start")
    assert answer.context["user"].email == "nieuw@example.org"
    person = User.objects.get(email="nieuw@example.org")
    assert person.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=person).verified
    assert access_role(person, cast.swv) == AccessRole.CONTRIBUTOR
    delivery.sweep()
    assert len(mailoutbox) == 1


def test_a_weak_password_is_refused_at_the_field_and_what_was_typed_stays(cast, client, invitation):
    client.get(reverse("network:invitation_open", args=[token_of(invitation)]))
    data = {"first_name": "Noor", "last_name": "N", "password": "kort"}
    answer = client.post(reverse("network:invitation_answer"), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors["password"]
    assert 'value="Noor"' in answer.content.decode()
    assert find(token_of(invitation)) == invitation


def test_who_has_an_account_signs_in_and_accepts_with_one_click(cast, client, client_of):
    made = invite(cast.anna, cast.swv, invitee(cast.daan.email))
    address = reverse("network:invitation_open", args=[token_of(made)])
    assert "next=/organisaties/uitnodiging/" in client.get(address, follow=True).content.decode()
    daan = client_of(cast.daan)
    daan.get(address)
    daan.post(reverse("network:invitation_answer"))
    assert access_role(cast.daan, cast.swv) == AccessRole.CONTRIBUTOR
    assert daan.get(address)["Location"] == reverse("network:mine")


def test_an_invitation_on_the_start_page_is_accepted_without_the_link(cast, client_of):
    made = invite(cast.anna, cast.swv, invitee(cast.daan.email))
    address = reverse("network:own_invitation", args=[made.pk])
    assert client_of(cast.femke).get(address).status_code == 404
    daan = client_of(cast.daan)
    assert address in daan.get(reverse("home:start")).content.decode()
    assert daan.get(address).status_code == 200
    assert daan.post(address).status_code == 302
    assert access_role(cast.daan, cast.swv) is not None


def test_a_forwarded_invitation_lets_nobody_else_in(cast, client_of, invitation):
    with pytest.raises(OtherAddressError):
        accept(cast.daan, invitation)
    daan = client_of(cast.daan)
    page = daan.get(reverse("network:invitation_open", args=[token_of(invitation)]), follow=True)
    assert page.context["other_address"]
    assert "nieuw@example.org" not in page.content.decode()
    assert daan.post(reverse("network:invitation_answer")).status_code == 403
    assert access_role(cast.daan, cast.swv) is None


def test_an_address_that_is_not_confirmed_does_not_count(cast, invitation):
    EmailAddress.objects.create(user=cast.daan, email=invitation.email, verified=False)
    with pytest.raises(OtherAddressError):
        accept(cast.daan, invitation)


def used(invitation, cast):
    accept_as_newcomer(invitation, "Noor", "Nieuw", PASSWORD)


def withdrawn(invitation, cast):
    withdraw(cast.anna, invitation)


def late(invitation, cast):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def inviter_gone(invitation, cast):
    revoke(cast.els, cast.anna.memberships.get())


def sent_again(invitation, cast):
    send_again(cast.anna, invitation)


def access_over(invitation, cast):
    Invitation.objects.update(ends_on=today() - timedelta(days=1))


def closed(invitation, cast):
    type(cast.swv).objects.filter(pk=cast.swv.pk).update(ends_on=today() - timedelta(days=1))


@pytest.mark.parametrize("what", [used, withdrawn, late, inviter_gone, sent_again, access_over, closed])
def test_a_link_that_does_not_work_gives_one_answer(cast, client, invitation, what):
    cast.bram.memberships.update(access_role=AccessRole.MANAGER)
    token = token_of(invitation)
    what(invitation, cast)
    people = User.objects.count()
    gone = client.get(reverse("network:invitation_open", args=[token]))
    tampered = client.get(reverse("network:invitation_open", args=["x" + token[1:]]))
    assert gone.status_code == tampered.status_code == 410
    assert gone.content == tampered.content
    with pytest.raises((InvitationGoneError, SignInFirstError)):
        accept_as_newcomer(invitation, "A", "B", PASSWORD)
    assert User.objects.count() == people


def test_a_link_works_for_seven_days(cast, invitation):
    token = token_of(invitation)
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23), tick=False):
        assert find(token) == invitation
    with (
        time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False),
        pytest.raises(InvitationGoneError),
    ):
        find(token)


@pytest.mark.parametrize("junk", ["a", "x" * 10_000, "..%2f", "%00", "é"])
def test_junk_instead_of_a_token_is_answered_calmly(db, client, junk):
    assert client.get(f"/organisaties/uitnodiging/{junk}/").status_code in (404, 410)


def test_the_address_of_the_link_is_not_passed_on(cast, client, invitation):
    answer = client.get(reverse("network:invitation_open", args=[token_of(invitation)]))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Location"] == reverse("network:invitation_answer")


def test_inviting_again_replaces_what_was_open_and_kills_its_link(cast, invitation):
    token = token_of(invitation)
    second = invite(cast.anna, cast.swv, invitee("NIEUW@example.org", AccessRole.READER))
    assert second.pk == invitation.pk
    with pytest.raises(InvitationGoneError):
        find(token)
    assert find(token_of(second)).access_role == AccessRole.READER


def test_a_colleague_is_not_invited_and_five_times_is_enough(cast, invitation):
    with pytest.raises(ValidationError):
        invite(cast.anna, cast.swv, invitee(cast.bram.email))
    for _time in range(4):
        send_again(cast.anna, Invitation.objects.get())
    with pytest.raises(ValidationError):
        send_again(cast.anna, Invitation.objects.get())


def test_inviting_says_nothing_about_who_has_an_account(cast, client_of):
    anna, seen = client_of(cast.anna), []
    for email in ("onbekend@example.org", cast.daan.email, cast.carla.email):
        with CaptureQueriesContext(connection) as queries:
            answer = anna.post(
                reverse("network:invite", args=[cast.board.pk]),
                {"email": email, "job_role": "controller", "access_role": "reader"},
                follow=True,
            )
        text = answer.content.decode().replace(email, "ADDRESS")
        seen.append((len(queries), text.count("ADDRESS") > 0, answer.status_code))
    assert {status for *_x, status in seen} == {200}
    assert all(found for _n, found, _s in seen)
    assert seen[0][0] == seen[1][0] == seen[2][0]
    assert Invitation.objects.count() == 3


def test_accepting_adds_to_access_and_never_takes_from_it(cast):
    made = invite(cast.els, cast.other_swv, invitee(cast.bram.email, AccessRole.MANAGER))
    accept(cast.bram, made)
    assert access_role(cast.bram, cast.other_swv) == AccessRole.MANAGER
    parent = Invitation.objects.create(
        organisation=cast.board,
        email=cast.carla.email,
        job_role="controller",
        access_role="reader",
        invited_by=cast.anna,
        token_hash="x",
        expires_at=timezone.now() + timedelta(days=1),
    )
    accept(cast.carla, parent)
    assert access_role(cast.carla, cast.board) == AccessRole.MANAGER
    assert Membership.objects.filter(user=cast.carla).count() == 1


def test_one_reminder_goes_out_after_some_days_with_the_same_link(cast, mailoutbox, invitation):
    delivery.sweep()
    assert remind_invited() == 0
    with time_machine.travel(timezone.now() + timedelta(days=4, hours=1), tick=False):
        assert remind_invited() == 1
        assert remind_invited() == 0
        delivery.sweep()
    assert link_in(mailoutbox[0]) == link_in(mailoutbox[1])
    assert [message.to for message in mailoutbox] == [[invitation.email]] * 2


def test_no_mail_goes_out_for_what_was_withdrawn_meanwhile(cast, mailoutbox, invitation):
    withdraw(cast.anna, invitation)
    delivery.sweep()
    assert mailoutbox == []


def test_another_secret_key_leaves_links_in_mails_alive(cast, invitation, settings):
    token, old = token_of(invitation), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 8, [old]
    assert find(token) == invitation
    assert invitations.token_of(invitation) == token
