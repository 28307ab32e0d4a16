"""Policies about organisations; the docstring is the policy."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission

from lnpo.organisations.models import AccessRole, Organisation, memberships_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, Group

    from lnpo.accounts.models import User

RANK = {AccessRole.OBSERVER: 0, AccessRole.READER: 1, AccessRole.CONTRIBUTOR: 2, AccessRole.MANAGER: 3}


def access_role(user: "User | AnonymousUser", organisation: Organisation) -> AccessRole | None:
    """The strongest access role that ``user`` has today in ``organisation``, or ``None`` for an outsider."""
    roles = [
        AccessRole(membership.access_role)
        for membership in memberships_of(user)
        if membership.organisation_id == organisation.pk
    ]
    return max(roles, key=lambda role: RANK[role], default=None)


def has_role(user: "User | AnonymousUser", organisation: Organisation, least: AccessRole) -> bool:
    """Whether ``user`` has at least the role ``least`` in ``organisation`` today."""
    role = access_role(user, organisation)
    return role is not None and RANK[role] >= RANK[least]


def is_member(user: "User | AnonymousUser") -> bool:
    """A member is a signed-in person with a membership of any organisation that is in force today."""
    return bool(memberships_of(user))


def may_manage_members(user: "User", organisation: Organisation) -> bool:
    """POS, and managers of the organisation itself, decide who has access to it."""
    return user.is_pos or has_role(user, organisation, AccessRole.MANAGER)


def grant_staff_permissions(group: "Group") -> None:
    """POS editors keep the directory: organisations, and who works where; and they see what mail waits."""
    wanted = ["view_organisation", "add_organisation", "change_organisation"]
    wanted += ["view_membership", "add_membership", "change_membership", "delete_membership"]
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label="organisations", codename__in=wanted),
        Permission.objects.get(content_type__app_label="outbox", codename="view_outboxentry"),
    )
