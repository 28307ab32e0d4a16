"""What happened to an organisation, as a list of sentences from the trail."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lnpo.audit.models import AuditEntry
from lnpo.organisations.models import Organisation
from lnpo.ui.dutch_format import date_long

WORDS: dict[str, Any] = {
    "organisation.made": _("Added"),
    "organisation.changed": _("Description changed"),
    "organisation.closed": _("Closed"),
    "organisation.merged": _("Went on as another organisation"),
    "organisation.took_over": _("Took another organisation over"),
    "organisations.imported": _("List of organisations taken in"),
    "organisations.import_dropped": _("List of organisations dropped"),
    "membership.granted": _("Access given"),
    "membership.changed": _("Access changed"),
    "membership.revoked": _("Access ended"),
    "membership.left": _("Left"),
    "invitation.sent": _("Invitation sent"),
    "invitation.sent_again": _("Invitation sent again"),
    "invitation.withdrawn": _("Invitation withdrawn"),
    "invitation.accepted": _("Invitation accepted"),
    "join_request.made": _("Access asked for"),
    "join_request.approved": _("Request approved"),
    "join_request.refused": _("Request refused"),
    "join_request.withdrawn": _("Request withdrawn"),
}
"""What the actions of this app are called on screen."""
MOST = 30


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    at: datetime
    word: str
    by: str
    detail: str
    reason: str


def history_of(organisation: Organisation) -> list[Event]:
    """The last events of an organisation, newest first; one query."""
    entries = AuditEntry.objects.filter(organisation_uuid=organisation.pk, action__in=WORDS)
    return [
        Event(entry.at, str(WORDS[entry.action]), str(entry.actor or ""), _detail(entry), entry.reason)
        for entry in entries.select_related("actor").order_by("-at", "-pk")[:MOST]
    ]


def _detail(entry: AuditEntry) -> str:
    """The old and the new name, address or place; what is not for reading is left out."""
    shown = []
    for name in ("name", "place", "website", "email", "ends_on"):
        old, new = (_readable(name, value) for value in entry.changes.get(name, (None, None)))
        if old or new:
            shown.append(f"{old} → {new}" if old and new and old != new else str(new or old))
    return "; ".join(shown)


def _readable(name: str, value: Any) -> Any:
    return date_long(date.fromisoformat(value)) if name == "ends_on" and value else value
