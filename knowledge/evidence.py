"""How strong the evidence of an example is, and what must be so before it may say that."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from lnpo.organisations.models import AccessRole, Organisation
from lnpo.organisations.permissions import has_role

if TYPE_CHECKING:
    from lnpo.accounts.models import User


class Evidence(models.TextChoices):
    """How strong the evidence for the noticed effect is."""

    REPORTED = "reported", _("Told by those who did it")
    MEASURED = "measured", _("Measured")
    COMPARED = "compared", _("Compared with others or with before")
    RESEARCHED = "researched", _("Researched")


MEASURED_RULE = _(
    "“Measured” needs an indicator of the workspace of your own organisation with figures of two periods."
)
EVIDENCE_RULES = {
    Evidence.REPORTED: _("Told by the people who did it. Nothing was counted."),
    Evidence.MEASURED: _(
        "Backed by an indicator in the workspace of the maker, with figures of two periods."
    ),
    Evidence.COMPARED: _("Compared with before or with others, by the makers themselves."),
    Evidence.RESEARCHED: _("Researched by somebody who did not take part."),
}


def measured_indicators(user: "User", organisation: Organisation | None) -> Any:
    """Indicators of the organisation's own workspace that ``user`` may name: two or more periods measured."""
    from templates.workspace.models import Indicator

    nothing = Indicator.objects.visible_to(user).none()
    if organisation is None or not has_role(user, organisation, AccessRole.READER):
        return nothing
    own = Indicator.objects.visible_to(user).filter(
        goal__plan__organisation=organisation, removed_at__isnull=True, goal__removed_at__isnull=True
    )
    return own.annotate(periods=models.Count("measurements__period_end", distinct=True)).filter(
        periods__gte=2
    )


def has_two_periods(indicator_uid: "UUID | str | None") -> bool:
    """Whether this indicator has figures of at least two periods; nothing of it is shown."""
    from templates.workspace.models import Measurement

    if not indicator_uid:
        return False
    rows = Measurement.objects.unscoped("only whether two periods were measured").filter(
        indicator=indicator_uid
    )
    return rows.values("period_end").distinct().count() >= 2
