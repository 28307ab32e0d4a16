"""What the page of one session shows beside its own text."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone

from sessions.afterwards import afterwards
from sessions.handing_over import may_hand_over
from sessions.models import Registration, SessionPage
from sessions.moving import may_switch
from sessions.permissions import may_see_participants
from sessions.standing import Standing, attach_standing, own_registrations, standing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User

LINK_SHOWN = timedelta(hours=1)
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


def may_see_meeting_link(page: SessionPage, page_standing: Standing) -> bool:
    """People with a confirmed seat, from an hour before the start; it stands in their mail before."""
    if not page_standing.has_seat or page.is_past or page.admission.is_called_off:
        return False
    return timezone.now() >= page.starts_at - LINK_SHOWN


def other_dates(page: SessionPage, user: "User | AnonymousUser") -> list[SessionPage]:
    """The coming dates of the same series, each with its standing."""
    if page.series_id is None or page.pk is None:
        return []
    pages = SessionPage.objects.visible_to(user).filter(series=page.series_id).exclude(pk=page.pk)
    return attach_standing(list(pages.upcoming()), user)


def session_context(page: SessionPage, request: HttpRequest) -> dict[str, Any]:
    """Standing, seats, and (for members) the participants."""
    user = request.user
    if page.pk:
        prefetch_related_objects([page], "pools")
    mine = own_registrations([page], user).get(page.pk)
    if mine is not None:
        mine.page = page
    page_standing = standing(page, mine)
    return {
        "standing": page_standing,
        "pools": page.all_pools,
        "other_dates": other_dates(page, user),
        "may_switch": page.pk is not None and page_standing.registration is not None and may_switch(page),
        "may_hand_over": page_standing.registration is not None and may_hand_over(page_standing.registration),
        "afterwards": afterwards(page, request.user, page_standing.has_seat),
        "participants": participants(page) if page.pk and may_see_participants(user) else None,
        "meeting_link": page.meeting_link if may_see_meeting_link(page, page_standing) else "",
    }
