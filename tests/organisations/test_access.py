"""Who has access, and from which day to which."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from lnpo.organisations.models import AccessRole, Membership, Organisation
from lnpo.organisations.permissions import access_role, has_role, is_member, may_manage_members
from tests.organisations.factories import MembershipFactory

TODAY = date(2026, 11, 23)


@pytest.fixture
def member(cast):
    return cast.bram.memberships.get()


@time_machine.travel("2026-11-23 12:00 +0100", tick=False)
@pytest.mark.parametrize(
    ("starts", "ends", "open_today"),
    [
        (0, None, True),
        (-10, 0, True),  # the last day is inclusive
        (-10, -1, False),  # the day after, access is gone with no job having run
        (1, None, False),
        (0, 0, True),
    ],
)
def test_a_membership_gives_access_from_its_first_to_its_last_day(member, starts, ends, open_today):
    member.starts_on = TODAY + timedelta(days=starts)
    member.ends_on = TODAY + timedelta(days=ends) if ends is not None else None
    member.save()
    assert is_member(member.user) is open_today
    assert (access_role(member.user, member.organisation) is not None) is open_today


@time_machine.travel("2026-03-29 00:30 +0100", tick=False)
def test_the_last_day_ends_at_midnight_in_the_netherlands(member):
    member.starts_on = date(2026, 1, 1)
    member.ends_on = date(2026, 3, 28)
    member.save()
    assert not is_member(member.user)


def test_a_revoked_membership_gives_nothing_at_once(member):
    from django.utils import timezone

    member.revoked_at = timezone.now()
    member.save()
    assert not is_member(member.user)


def test_a_closed_account_gives_nothing(cast):
    cast.bram.is_active = False
    cast.bram.save()
    assert not is_member(cast.bram)
    assert not Membership.objects.of_user(cast.bram).exists()


def test_the_strongest_of_several_roles_counts(cast):
    from lnpo.organisations.models import today

    MembershipFactory(user=cast.rita, organisation=cast.swv, access_role=AccessRole.MANAGER, ends_on=today())
    assert access_role(cast.rita, cast.swv) == AccessRole.MANAGER


def test_roles_are_ranked(cast):
    assert has_role(cast.anna, cast.swv, AccessRole.CONTRIBUTOR)
    assert not has_role(cast.rita, cast.swv, AccessRole.CONTRIBUTOR)
    assert not has_role(cast.daan, cast.swv, AccessRole.OBSERVER)
    assert not has_role(AnonymousUser(), cast.swv, AccessRole.OBSERVER)


def test_managers_decide_about_their_own_organisation_and_pos_about_all(cast):
    assert may_manage_members(cast.anna, cast.swv)
    assert may_manage_members(cast.els, cast.swv)
    for other in (cast.bram, cast.rita, cast.carla, cast.daan):
        assert not may_manage_members(other, cast.swv)


def test_the_directory_is_for_members_and_pos(cast):
    assert Organisation.objects.visible_to(cast.femke).count() == 4
    assert Organisation.objects.visible_to(cast.els).count() == 4
    assert not Organisation.objects.visible_to(AnonymousUser()).exists()
    cast.daan.memberships.update(ends_on=date(2020, 1, 1), starts_on=date(2019, 1, 1))
    assert not Organisation.objects.visible_to(cast.daan).exists()
