"""What the page of one session shows beside its own text."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, prefetch_related_objects
from django.http import HttpRequest

from sessions.models import Registration, SessionPage
from sessions.permissions import may_see_participants
from sessions.standing import own_registrations, standing

SHOWN = 100
"""People of whom the page shows something, at most."""


@dataclass(frozen=True)
class Participants:
    """How many come, from how many organisations, and who of them may be named."""

    people: int
    organisations: int
    named: list[Registration]
    questions: list[Registration]

    @property
    def unnamed(self) -> int:
        """Participants who are only counted."""
        return self.people - len(self.named)


def participants(page: SessionPage) -> Participants:
    """The people who come to ``page``; names and learning questions only of those who agreed; two queries."""
    confirmed = Registration.objects.confirmed().filter(page=page)
    totals = confirmed.aggregate(people=Count("pk"), organisations=Count("organisation", distinct=True))
    sharing = (
        confirmed.filter(Q(share_name=True) | Q(share_learning_question=True))
        .select_related("user", "organisation")
        .order_by("created_at")[:SHOWN]
    )
    rows = list(sharing)
    return Participants(
        **totals,
        named=[row for row in rows if row.share_name],
        questions=[row for row in rows if row.share_learning_question and row.learning_question],
    )


def session_context(page: SessionPage, request: HttpRequest) -> dict[str, Any]:
    """Standing, seats, and (for members) the participants."""
    user = request.user
    if page.pk:
        prefetch_related_objects([page], "pools")
    page_standing = standing(page, own_registrations([page], user).get(page.pk))
    return {
        "standing": page_standing,
        "pools": page.all_pools,
        "participants": participants(page) if page.pk and may_see_participants(user) else None,
        "meeting_link": page.meeting_link if page_standing.has_seat and not page.is_past else "",
    }
