"""What could not be sent, in sight of POS staff."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from lnpo.outbox.models import OutboxEntry


class OutboxIndexView(generic.IndexView):
    """Newest first; nobody adds or changes rows here."""

    default_ordering = "-created_at"

    def get_base_queryset(self) -> "QuerySet[OutboxEntry]":
        """Only what still waits or was given up: the rest has been done."""
        queryset: QuerySet[OutboxEntry] = super().get_base_queryset()
        return queryset.exclude(state="done")


class OutboxViewSet(ModelViewSet):
    """Side effects that wait or were given up."""

    model = OutboxEntry
    icon = "mail"
    menu_label = _("Waiting mail")
    menu_order = 900
    add_to_settings_menu = True
    index_view_class = OutboxIndexView
    list_display = ["kind", "state", "attempts", "last_error", "created_at", "available_at"]
    list_filter = ["state", "kind"]
    form_fields = ["state"]
    inspect_view_enabled = True
    inspect_view_fields = ["key", "kind", "state", "attempts", "last_error", "created_at", "available_at"]
    copy_view_enabled = False
    add_to_reference_index = False


@hooks.register("register_admin_viewset")
def register_outbox() -> Any:
    """Show the listing to whoever may view outbox entries."""
    return OutboxViewSet("outbox")
