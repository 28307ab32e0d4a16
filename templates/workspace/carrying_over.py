"""What happens to the workspace when two organisations merge: it goes along by itself, but for this."""

from lnpo.organisations.merging import carries_over
from lnpo.organisations.models import Organisation
from templates.workspace.models import Measurement, Share


@carries_over("workspace.measurement", "organisation")
def carry_measurements(ending: Organisation, going_on: Organisation) -> None:
    """Measurements go along; where both measured the same in the same period, each keeps its own figure."""
    rows = Measurement.objects.unscoped("two organisations merge, whoever may see their figures")
    for row in rows.filter(organisation=ending):
        same = {
            "indicator": row.indicator_id,
            "period_start": row.period_start,
            "period_end": row.period_end,
        }
        if not rows.filter(organisation=going_on, **same).exists():
            rows.filter(pk=row.pk).update(organisation=going_on)


@carries_over("workspace.share", "organisation")
def carry_shares(ending: Organisation, going_on: Organisation) -> None:
    """What was shared with the one is shared with the other; what both could see stands once."""
    rows = Share.objects.unscoped("two organisations merge, whoever may see what is shared")
    for row in rows.filter(organisation=ending):
        if not rows.filter(organisation=going_on, goal=row.goal_id).exists():
            rows.filter(pk=row.pk).update(organisation=going_on)
