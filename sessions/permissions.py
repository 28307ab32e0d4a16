"""Policies about sessions; the docstring is the policy."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission

from lnpo.organisations.permissions import is_member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, Group

    from lnpo.accounts.models import User
    from sessions.models import Registration


def may_see_participants(user: "User | AnonymousUser") -> bool:
    """Members of the network and POS see how many come, and the names of those who agreed to it."""
    return user.is_authenticated and (is_member(user) or may_see_registrations(user))


def may_cancel_for(user: "User", registration: "Registration") -> bool:
    """People cancel their own registration; POS staff who manage the seats may do it for others."""
    return registration.user_id == user.pk or may_manage_seats(user)


def may_manage_seats(user: "User | AnonymousUser") -> bool:
    """POS staff with the right to change seats: capacity, registration period, calling off."""
    return user.is_authenticated and user.has_perm("lnpo_sessions.change_seatpool")


def may_run_sessions(user: "User | AnonymousUser") -> bool:
    """Who manages the seats also runs the day: attendance, materials, evaluation, certificates, groups."""
    return may_manage_seats(user)


def may_see_registrations(user: "User | AnonymousUser") -> bool:
    """POS staff with the right to view registrations see who registered, and the learning questions."""
    return user.is_authenticated and user.has_perm("lnpo_sessions.view_registration")


def grant_staff_permissions(group: "Group") -> None:
    """POS editors see who registered, and manage seats and periods. Registrations are not edited."""
    wanted = ["view_seatpool", "change_seatpool", "view_admission", "change_admission", "view_registration"]
    wanted += [f"{verb}_sessionseries" for verb in ("view", "add", "change")]
    wanted += [f"{verb}_question" for verb in ("view", "add", "change", "delete")]
    wanted += ["view_guestrequest"]
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label="lnpo_sessions", codename__in=wanted)
    )
