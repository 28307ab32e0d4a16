"""What the one who is made responsible for an activity says to it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import AccessRole
from lnpo.organisations.permissions import has_role
from templates.workspace.enums import Acceptance
from templates.workspace.models import Activity


def may_answer(user: User, activity: Activity) -> bool:
    """The responsible person; without one, contributors of the responsible organisation."""
    if activity.person_id:
        return activity.person_id == user.pk
    organisation = activity.organisation
    return organisation is not None and has_role(user, organisation, AccessRole.CONTRIBUTOR)


def asked_anew(user: User, activity: Activity, before: Activity | None) -> None:
    """Ask for a yes when somebody else was made responsible; what one takes on oneself needs none."""
    now = (activity.person_id, activity.organisation_id)
    if before is not None and (before.person_id, before.organisation_id) == now:
        return
    activity.handed_back_because = ""
    if now == (None, None):
        activity.acceptance = ""
    else:
        activity.acceptance = Acceptance.ACCEPTED if may_answer(user, activity) else Acceptance.ASKED


def answer(user: User, activity: Activity, acceptance: str, reason: str = "") -> None:
    """Accept ``activity``, or hand it back with a reason.

    Raises:
        PermissionDenied: ``user`` is not the one who was asked.
        ValidationError: handed back without a reason.

    """
    if not may_answer(user, activity):
        raise PermissionDenied
    reason = reason.strip() if acceptance == Acceptance.HANDED_BACK else ""
    if acceptance == Acceptance.HANDED_BACK and not reason:
        raise ValidationError(_("Say why, so that others can follow it."), code="reason")
    with transaction.atomic():
        rows = Activity.objects.unscoped("permission was checked above").filter(pk=activity.pk)
        if not rows.exclude(acceptance=acceptance, handed_back_because=reason).update(
            acceptance=acceptance, handed_back_because=reason
        ):
            return
        accepted = acceptance == Acceptance.ACCEPTED
        record(
            user,
            "activity.accepted" if accepted else "activity.handed_back",
            activity,
            changes={
                "acceptance": (activity.acceptance, acceptance),
                "title": (None, activity.title),
                "goal": (None, activity.goal_id),
            },
            organisation=activity.goal.plan.organisation,
            reason=reason,
        )
