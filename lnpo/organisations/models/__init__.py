"""What the app keeps: organisations and memberships, how people come in, and lists that are taken in."""

from lnpo.organisations.models.entry import (
    Invitation,
    InvitationQuerySet,
    JoinRequest,
    JoinRequestQuerySet,
    RequestState,
)
from lnpo.organisations.models.imports import ImportFile, ImportRun, ImportState
from lnpo.organisations.models.organisations import (
    AccessRole,
    CodeScheme,
    FormerName,
    JobRole,
    LinkQuerySet,
    Membership,
    MembershipQuerySet,
    Organisation,
    OrganisationCode,
    OrganisationKind,
    OrganisationLink,
    OrganisationQuerySet,
    in_force,
    memberships_of,
    today,
)

__all__ = [
    "AccessRole",
    "CodeScheme",
    "FormerName",
    "ImportFile",
    "ImportRun",
    "ImportState",
    "Invitation",
    "InvitationQuerySet",
    "JobRole",
    "JoinRequest",
    "JoinRequestQuerySet",
    "LinkQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "OrganisationCode",
    "OrganisationKind",
    "OrganisationLink",
    "OrganisationQuerySet",
    "RequestState",
    "in_force",
    "memberships_of",
    "today",
]
