"""Who comes, by consent, and whom of them somebody met before."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from lnpo.accounts.models import User
from sessions.models import Registration, SessionPage

SHOWN = 500


@dataclass(frozen=True)
class Participants:
    """Those who agreed to be named, and how many others come."""

    named: list[Registration]
    unnamed: int
    met: set[int]

    @property
    def met_before(self) -> int:
        """How many of those named ``user`` met before."""
        return len(self.met)


def participants_of(page: SessionPage, user: User) -> Participants:
    """The participants of ``page`` as ``user`` may see them; four queries.

    Two people met when both are known to have been at the same earlier session.
    """
    confirmed = Registration.objects.confirmed().filter(page=page)
    named = list(
        confirmed.filter(share_name=True)
        .select_related("user", "organisation")
        .order_by("user__first_name", "user__last_name", "pk")[:SHOWN]
    )
    own = Registration.objects.filter(
        user=user, page=OuterRef("page"), attendance__isnull=False, page__starts_at__lt=page.starts_at
    )
    met = set(
        Registration.objects.filter(Exists(own), attendance__isnull=False)
        .filter(~Q(user=user), user__in=[person.user_id for person in named])
        .values_list("user_id", flat=True)
    )
    return Participants(named, confirmed.count() - len(named), met)
