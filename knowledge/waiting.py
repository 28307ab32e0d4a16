"""What waits for a maker or an owner on the start page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.models import Contribution, ContributionState, Stewardship
from lnpo.ui.waiting import Waiting


def waiting_for(user: Any) -> Iterator[Waiting]:
    """Examples that came back with remarks, and those to look at again within a month."""
    for row in Contribution.objects.visible_to(user).filter(state=ContributionState.CHANGES)[:5]:
        yield Waiting(
            text=row.title,
            about=_("POS asks for changes"),
            url=reverse("knowledge:contribution", args=[row.pk]),
            action=_("Go on writing"),
        )
    today = timezone.localdate()
    soon = Stewardship.objects.filter(owner=user, page__live=True, review_on__lte=today + timedelta(days=30))
    for care in soon.select_related("page")[:5]:
        yield Waiting(
            text=care.page.title,
            about=_("Is it still right?"),
            url=care.page.url or "/",
            action=_("Look at it"),
            due=care.review_on,
            late_days=care.days_late,
        )
