"""Policies about organisations; the docstring is the policy."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission

from lnpo.organisations.models import AccessRole, Membership, Organisation, OrganisationKind, memberships_of

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


def manages_above(user: "User", organisation: Organisation) -> bool:
    """A manager of the samenwerkingsverband or the board to which the organisation belongs today."""
    return (
        Organisation.objects.under(Organisation.objects.managed_by(user)).filter(pk=organisation.pk).exists()
    )


def may_invite(user: "User", organisation: Organisation) -> bool:
    """Who decides about its members, and managers of the samenwerkingsverband or board above it."""
    return may_manage_members(user, organisation) or manages_above(user, organisation)


def may_decide_on_requests(user: "User", organisation: Organisation | None) -> bool:
    """Who decides about its members; while it has no manager, also those above it. Without one: POS."""
    if organisation is None:
        return user.is_pos
    if may_manage_members(user, organisation):
        return True
    return not has_manager(organisation) and manages_above(user, organisation)


def has_manager(organisation: Organisation) -> bool:
    """Whether somebody of the organisation itself decides about its members today."""
    managers = Membership.objects.current().filter(organisation=organisation, user__is_active=True)
    return managers.filter(access_role=AccessRole.MANAGER).exists()


def may_describe(user: "User", organisation: Organisation) -> bool:
    """POS, and managers of the organisation itself, say what it is called and where it is."""
    return may_manage_members(user, organisation)


def may_see_people(user: "User", organisation: Organisation) -> bool:
    """Its own members see who works there, and so do POS and managers above it."""
    return user.is_pos or access_role(user, organisation) is not None or manages_above(user, organisation)


def may_import(user: "User", partnership: Organisation | None) -> bool:
    """POS for the whole network; a manager of a samenwerkingsverband for its own boards and schools."""
    if user.is_pos:
        return True
    return (
        partnership is not None
        and partnership.kind == OrganisationKind.SWV
        and has_role(user, partnership, AccessRole.MANAGER)
    )


def may_merge(user: "User") -> bool:
    """Only POS merges and closes organisations: it touches what several of them share."""
    return user.is_pos


def grant_staff_permissions(group: "Group") -> None:
    """POS editors keep the directory: organisations, and who works where; and they see what mail waits."""
    wanted = ["view_organisation", "add_organisation", "change_organisation"]
    wanted += ["view_membership", "add_membership", "change_membership", "delete_membership"]
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label="organisations", codename__in=wanted),
        Permission.objects.get(content_type__app_label="outbox", codename="view_outboxentry"),
        Permission.objects.get(content_type__app_label="audit", codename="view_auditentry"),
    )
