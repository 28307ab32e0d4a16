"""Offer what was improved here to the library."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from templates.library.merging import MINE, THEIRS, Difference, differences, merged
from templates.library.models import GoalTemplateVersion, TemplateProposal
from templates.library.proposing import propose
from templates.workspace.models import Goal
from templates.workspace.permissions import may_edit_goal
from templates.workspace.upstream.newer import standing
from templates.workspace.upstream.rows import read


def offers(goal: Goal, newest: GoalTemplateVersion) -> list[Difference]:
    """What ``goal`` has otherwise than the library."""
    return differences(newest.content, newest.content, read(goal).content)


def give_back(
    user: User, goal: Goal, chosen: Collection[str], explanation: str, credit: str
) -> TemplateProposal:
    """Propose the ``chosen`` differences (keys) of ``goal`` as the next version of its template.

    Raises:
        PermissionDenied: ``user`` may not edit the goal.
        ValidationError: the goal does not stand on the newest version, or nothing was chosen.

    """
    if not may_edit_goal(user, goal):
        raise PermissionDenied
    with transaction.atomic():
        view = standing(goal)
        if view is None or view.is_withdrawn:
            raise ValidationError(_("The library does not offer this template."))
        if view.waits:
            raise ValidationError(_("First take over what is new in the library; then offer your change."))
        newest = view.newest
        found = offers(goal, newest)
        choices = {item.key: THEIRS if item.key in chosen else MINE for item in found}
        if THEIRS not in choices.values():
            raise ValidationError(_("Choose at least one change."))
        content = merged(newest.content, read(goal).content, found, choices)
        return propose(
            user,
            content,
            sector=newest.sector,
            explanation=explanation,
            credit=credit,
            organisation=goal.plan.organisation,
            improves=newest,
        )
