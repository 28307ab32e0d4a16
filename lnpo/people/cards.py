"""Cards: of a profile only what its owner lets this reader see."""

from dataclasses import dataclass

from lnpo.accounts.models import User
from lnpo.organisations.models import Membership, memberships_of
from lnpo.people.models import Profile, Visibility


@dataclass(frozen=True)
class Card:
    """What one reader sees of one person; what is not for them is empty."""

    profile: Profile
    visible: bool
    memberships: list[Membership]
    email: str
    phone: str
    linkedin: str
    offers: str
    seeks: str
    has_photo: bool


def card_for(reader: User, profile: Profile) -> Card:
    """The card that ``reader`` sees; ``profile`` comes from ``Profile.objects.with_work()``."""
    works: list[Membership] = profile.user.current_memberships  # type: ignore[attr-defined]
    own = {membership.organisation_id for membership in memberships_of(reader)}
    return card(profile, to_colleague=any(work.organisation_id in own for work in works))


def card(profile: Profile, *, to_colleague: bool) -> Card:
    """The card that a colleague sees, or any other member of the network."""
    visible = profile.listed == Visibility.NETWORK or (
        to_colleague and profile.listed == Visibility.ORGANISATION
    )

    def told(name: str) -> str:
        return str(profile.shown(name, to_colleague=to_colleague) or "") if visible else ""

    return Card(
        profile=profile,
        visible=visible,
        memberships=profile.user.current_memberships,  # type: ignore[attr-defined]
        email=told("email"),
        phone=told("phone"),
        linkedin=told("linkedin"),
        offers=told("offers"),
        seeks=told("seeks"),
        has_photo=bool(told("photo")),
    )
