"""«Wij gebruiken dit»: what organisations say about using an example."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from knowledge.models import PracticePage, Usage, UsageChange, UsageState
from knowledge.permissions import is_public, may_speak_for
from knowledge.texts import plain
from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import Organisation


def say(
    user: User,
    page: PracticePage,
    organisation: Organisation,
    state: UsageState,
    experience: str,
    named: bool,
) -> Usage:
    """Say for one's organisation that it plans, uses or stopped with this; a later word replaces the earlier.

    Raises:
        PermissionDenied: the example is not published, or this person does not speak for the organisation.

    """
    if not (is_public(page) and may_speak_for(user, organisation)):
        raise PermissionDenied
    experience = plain(experience)
    with transaction.atomic():
        usage, _made = Usage.objects.update_or_create(
            page=page,
            organisation=organisation,
            defaults={"state": state, "experience": experience, "named": named},
        )
        newest = usage.history.first()
        if newest is None or (newest.state, newest.experience) != (state, experience):
            UsageChange.objects.create(usage=usage, state=state, experience=experience, changed_by=user)
        record(user, f"usage.{state.value}", usage, organisation=organisation)
        from lnpo.page_cache import bump_site_on_commit

        bump_site_on_commit()
        return usage


def shown_use(page: PracticePage) -> dict[str, Any]:
    """How many organisations use or plan it, and what those say who agreed to be named."""
    rows = list(Usage.objects.filter(page=page).select_related("organisation"))
    active = [row for row in rows if row.state != UsageState.STOPPED]
    return {
        "in_use": sum(row.state == UsageState.IN_USE for row in rows),
        "planned": sum(row.state == UsageState.PLANNED for row in rows),
        "named": [row for row in active if row.named][:10],
        "voices": [row for row in active if row.experience][:5],
    }
