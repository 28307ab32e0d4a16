"""POS's screen of who gave whom what access, from the trail."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from lnpo.accounts.models import User
from lnpo.audit.models import AuditEntry
from lnpo.organisations.history import WORDS
from lnpo.organisations.models import AccessRole, JobRole, JoinRequest, Membership, Organisation
from lnpo.ui.spreadsheets import cell_value

ACTIONS = [action for action in WORDS if action.startswith(("membership.", "invitation.", "join_request."))]
ROLES = dict(AccessRole.choices) | dict(JobRole.choices)


class RoleChangeIndexView(generic.IndexView):
    """Newest first. Names of the page's rows are read at once; nobody adds or changes rows here."""

    default_ordering = "-at"

    def get_base_queryset(self) -> "QuerySet[AuditEntry]":
        """Only what is about access."""
        return AuditEntry.objects.filter(action__in=ACTIONS).select_related("actor")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add to each row what its identifiers mean: four queries, whatever the number of rows."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        organisations = Organisation.objects.in_bulk({row.organisation_uuid for row in rows})
        members = {row.object_id for row in rows if row.object_type == "organisations.membership"}
        asked = {row.object_id for row in rows if row.object_type == "organisations.joinrequest"}
        memberships = Membership.objects.select_related("user").in_bulk([UUID(pk) for pk in members])
        requests = JoinRequest.objects.in_bulk([UUID(pk) for pk in asked])
        named = {str(pk): str(one.user) for pk, one in memberships.items()}
        named |= {str(pk): f"{one.first_name} {one.last_name}" for pk, one in requests.items()}
        for row in rows:
            row.word = WORDS.get(row.action, row.action)
            row.where = organisations.get(row.organisation_uuid, "")
            row.whom = named.get(row.object_id) or row.changes.get("email", ["", ""])[1]
            row.what = change_in_words(row.changes)
        context["object_list"] = rows
        return context

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Nothing becomes a formula."""
        text = change_in_words(value) if isinstance(value, dict) else value
        return cell_value(str(text) if isinstance(text, User | UUID) else text)


def change_in_words(changes: dict[str, Any]) -> str:
    """From which role to which, and until when."""
    parts = []
    for name in ("access_role", "job_role", "ends_on"):
        old, new = changes.get(name, (None, None))
        if old != new:
            before, after = (str(ROLES.get(value, value or "–")) for value in (old, new))
            parts.append(after if name not in changes or old is None else f"{before} → {after}")
    return "; ".join(parts)


class RoleChangeViewSet(ModelViewSet):
    """Who gave, changed or ended whose access, and why."""

    model = AuditEntry
    icon = "history"
    menu_label = _("Changes of access")
    index_view_class = RoleChangeIndexView
    list_display = [
        "at",
        Column("word", label=_("What happened")),
        Column("whom", label=_("Whom")),
        Column("where", label=_("Organisation")),
        Column("what", label=_("To what")),
        "actor",
        "reason",
    ]
    list_filter = ["action", "at"]
    list_export = ["at", "action", "actor", "organisation_uuid", "changes", "reason"]
    form_fields = ["reason"]
    inspect_view_enabled = False
    copy_view_enabled = False
    add_to_reference_index = False
