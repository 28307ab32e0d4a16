"""The history of a goal, as sentences."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lnpo.audit.models import AuditEntry
from templates.workspace.models import Goal

SENTENCES: dict[str, "Promise"] = {
    "goal.adopted": _("adopted this goal from the library"),
    "goal.added": _("added this goal"),
    "goal.merged": _("took over a newer version from the library"),
    "goal.merge_undone": _("undid a newer version from the library"),
    "goal.changed": _("changed the text of this goal"),
    "goal.removed": _("took this goal out of the plan"),
    "goal.shared": _("changed with whom this goal is shared"),
    "indicator.added": _("added the indicator “%(name)s”"),
    "indicator.changed": _("changed an indicator"),
    "activity.added": _("added the activity “%(name)s”"),
    "activity.changed": _("changed an activity"),
    "activity.accepted": _("took on the activity “%(name)s”"),
    "activity.handed_back": _("handed back the activity “%(name)s”"),
    "activity.reported": _("reported on the activity “%(name)s”"),
    "measurement.entered": _("entered a measurement of “%(name)s”"),
    "measurement.corrected": _("corrected a measurement of “%(name)s”"),
    "deployment.added": _("added an amount"),
    "deployment.changed": _("changed an amount"),
    "deployment.removed": _("took an amount away"),
}
SHOWN = 6


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    at: datetime
    who: str
    what: str


def history(goal: Goal) -> list[Event]:
    """The last changes of ``goal`` and what hangs on it, newest first; one query."""
    key = str(goal.pk)
    about = Q(object_type="workspace.goal", object_id=key) | Q(changes__goal__1=key)
    entries = (
        AuditEntry.objects.filter(about, organisation_uuid=goal.plan.organisation_id, action__in=SENTENCES)
        .select_related("actor")
        .order_by("-at")[:SHOWN]
    )
    return [Event(entry.at, str(entry.actor or "LNPO"), _sentence(entry)) for entry in entries]


def _sentence(entry: AuditEntry) -> str:
    sentence = str(SENTENCES[entry.action])
    if "%(name)s" in sentence:
        named = entry.changes.get("indicator") or entry.changes.get("title") or [None, ""]
        return sentence % {"name": named[1] or named[0] or ""}
    return sentence
