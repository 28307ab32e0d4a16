"""The interest list in the CMS: who is on it, to read and to export."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from lnpo.interest.models import Subscriber
from lnpo.ui.spreadsheets import cell_value


class SubscriberIndexView(generic.IndexView):  # type: ignore[misc]
    """Who confirmed the address."""

    def get_base_queryset(self) -> "QuerySet[Subscriber]":
        """Others are not on the list."""
        return Subscriber.objects.confirmed()

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Nothing that somebody typed is run as a formula."""
        return cell_value(value)


class SubscriberViewSet(ModelViewSet):  # type: ignore[misc]
    """The interest list."""

    model = Subscriber
    icon = "mail"
    menu_label = _("Interest list")
    menu_order = 210
    add_to_admin_menu = True
    index_view_class = SubscriberIndexView
    list_display: ClassVar[list[str]] = ["email", "confirmed_at"]
    list_export: ClassVar[list[str]] = ["email", "confirmed_at"]
    export_filename = "interesselijst"
    search_fields: ClassVar[list[str]] = ["email"]
    form_fields: ClassVar[list[str]] = ["email"]
    copy_view_enabled = False
    add_to_reference_index = False


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def register_interest() -> Any:
    """Show the list to whoever may view it."""
    return SubscriberViewSet("subscribers")
