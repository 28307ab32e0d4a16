"""Giving, changing and ending access."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lnpo.accounts.models import User
from lnpo.audit.models import AuditEntry
from lnpo.organisations.membership import LastManagerError, admit, change, grant, revoke
from lnpo.organisations.models import AccessRole, JobRole, Membership
from lnpo.organisations.permissions import access_role
from lnpo.outbox import delivery
from lnpo.outbox.models import OutboxEntry
from tests.organisations.factories import UserFactory

NEW = {"job_role": JobRole.CONTROLLER, "access_role": AccessRole.READER}


def test_a_manager_gives_a_colleague_access(cast):
    colleague = UserFactory()
    membership = grant(cast.anna, colleague, cast.swv, **NEW)
    assert access_role(colleague, cast.swv) == AccessRole.READER
    assert AuditEntry.objects.about(membership).get().action == "membership.granted"


@pytest.mark.parametrize("who", ["bram", "rita", "carla", "daan"])
def test_nobody_else_gives_access(cast, who):
    with pytest.raises(PermissionDenied):
        grant(getattr(cast, who), UserFactory(), cast.swv, **NEW)
    assert not AuditEntry.objects.exists()


def test_access_is_not_given_twice(cast):
    with pytest.raises(ValidationError):
        grant(cast.anna, cast.bram, cast.swv, **NEW)


def test_a_lowered_role_holds_with_the_next_request(cast):
    change(cast.anna, cast.bram.memberships.get(), JobRole.CONTROLLER, AccessRole.READER, None)
    assert access_role(cast.bram, cast.swv) == AccessRole.READER


def test_saving_without_a_change_writes_no_audit_row(cast):
    membership = cast.bram.memberships.get()
    change(cast.anna, membership, JobRole(membership.job_role), AccessRole(membership.access_role), None)
    assert not AuditEntry.objects.exists()


def test_the_last_manager_cannot_go_without_a_successor(cast):
    own = cast.anna.memberships.get()
    with pytest.raises(LastManagerError):
        revoke(cast.anna, own)
    with pytest.raises(LastManagerError):
        change(cast.anna, own, JobRole.SWV_DIRECTOR, AccessRole.READER, None)
    change(cast.anna, cast.bram.memberships.get(), JobRole.QUALITY_OFFICER, AccessRole.MANAGER, None)
    revoke(cast.anna, own)
    assert access_role(cast.anna, cast.swv) is None


def test_revoked_access_stays_as_history(cast):
    revoke(cast.anna, cast.bram.memberships.get(), reason="other job")
    assert access_role(cast.bram, cast.swv) is None
    assert Membership.objects.filter(user=cast.bram).count() == 1
    assert AuditEntry.objects.get().reason == "other job"


def test_a_new_person_gets_an_account_and_one_mail(cast, mailoutbox, django_capture_on_commit_callbacks):
    admit(cast.els, "  New.Person@Example.org ", ("New", "Person"), cast.swv, **NEW)
    person = User.objects.get(email="new.person@example.org")
    assert not person.has_usable_password()
    assert delivery.sweep() == 1
    assert delivery.sweep() == 0
    assert mailoutbox[0].to == ["new.person@example.org"]
    assert "/account/password/reset/" in mailoutbox[0].body
    assert OutboxEntry.objects.get().payload.keys() == {"membership"}


def test_an_existing_person_keeps_name_and_password(cast):
    admit(cast.els, "ANNA@example.org", ("Other", "Name"), cast.other_swv, **NEW)
    cast.anna.refresh_from_db()
    assert cast.anna.first_name == "Anna"
    assert cast.anna.memberships.count() == 2


def test_no_welcome_goes_to_somebody_whose_access_has_ended_meanwhile(cast, mailoutbox):
    membership = admit(cast.els, "new@example.org", ("New", "Person"), cast.swv, **NEW)
    revoke(cast.els, membership)
    delivery.sweep()
    assert mailoutbox == []
