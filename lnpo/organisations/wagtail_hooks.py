"""POS's screens for organisations and members, in the CMS. They call the same verbs as every other door."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from lnpo.organisations import directory, membership
from lnpo.organisations.forms import MembershipForm, NewMemberForm, OrganisationForm
from lnpo.organisations.models import AccessRole, JobRole, Membership, Organisation
from lnpo.organisations.role_changes import RoleChangeViewSet
from lnpo.ui.spreadsheets import cell_value


class VerbMixin:
    """Save through a verb, and show its refusal in the form."""

    form: Any
    request: Any

    def carry_out(self) -> Any:
        """Call the verb and return the object."""
        raise NotImplementedError

    def save_instance(self) -> Any:
        """Replace Wagtail's own saving."""
        return self.carry_out()

    def form_valid(self, form: Any) -> HttpResponse:
        """Like Wagtail's, but a refusal of the verb becomes an error of the form."""
        try:
            return super().form_valid(form)  # type: ignore[misc,no-any-return]
        except ValidationError as error:
            form.add_error(None, error)
            self.is_valid(form)  # type: ignore[attr-defined]  # sets Wagtail's own message
            return self.form_invalid(form)  # type: ignore[attr-defined,no-any-return]


class DescribeMixin(VerbMixin):
    """Save an organisation with its codes and links."""

    def carry_out(self) -> Organisation:
        """See :func:`lnpo.organisations.directory.describe`."""
        organisation: Organisation = self.form.instance
        data = self.form.cleaned_data
        directory.describe(self.request.user, organisation, data["codes"], data["part_of"])
        return organisation


class OrganisationCreateView(DescribeMixin, generic.CreateView):
    """Add an organisation."""


class OrganisationEditView(DescribeMixin, generic.EditView):
    """Change an organisation."""


class SafeExportMixin:
    """Exports in which nothing that somebody typed becomes a formula."""

    FORMAT_CSV = "csv"
    FORMAT_XLSX = "xlsx"

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """As our own spreadsheets write it."""
        return cell_value(value)


class OrganisationIndexView(SafeExportMixin, generic.IndexView):
    """All organisations, also those that have ended."""


class OrganisationViewSet(ModelViewSet):
    """All organisations of the network."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    index_view_class = OrganisationIndexView
    list_display = ["name", "kind", "sector", "place", "ends_on"]
    list_filter = ["kind", "sector", "ends_on"]
    search_fields = ["name", "place", "codes__value", "former_names__name"]
    add_view_class = OrganisationCreateView
    edit_view_class = OrganisationEditView
    add_to_reference_index = False
    copy_view_enabled = False
    list_export = ["name", "kind", "sector", "school_type", "region", "place", "website", "pupils", "ends_on"]

    def get_form_class(self, for_update: bool = False) -> type:
        """The form with codes and links."""
        return OrganisationForm


class MembershipCreateView(VerbMixin, generic.CreateView):
    """Let somebody in."""

    def carry_out(self) -> Membership:
        """See :func:`lnpo.organisations.membership.admit`."""
        data = self.form.cleaned_data
        return membership.admit(
            self.request.user,
            data["email"],
            (data["first_name"], data["last_name"]),
            data["organisation"],
            JobRole(data["job_role"]),
            AccessRole(data["access_role"]),
            data["ends_on"],
        )


class MembershipEditView(VerbMixin, generic.EditView):
    """Change what somebody does or may do."""

    def carry_out(self) -> Membership:
        """See :func:`lnpo.organisations.membership.change`; the form has already filled its instance."""
        stored = Membership.objects.select_related("organisation", "stands_in_for").get(
            pk=self.form.instance.pk
        )
        data = self.form.cleaned_data
        membership.change(
            self.request.user,
            stored,
            JobRole(data["job_role"]),
            AccessRole(data["access_role"]),
            data["ends_on"],
            stored.stands_in_for,
        )
        return stored


class MembershipDeleteView(generic.DeleteView):
    """End somebody's access at once; the row stays."""

    confirmation_message = _("End the access of this person at once? What they made stays.")

    def delete_action(self) -> None:
        """See :func:`lnpo.organisations.membership.revoke`."""
        membership.revoke(self.request.user, self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        """Like Wagtail's, but the refusal to let the last manager go is shown."""
        try:
            return super().form_valid(form)  # type: ignore[no-any-return]
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)  # type: ignore[no-any-return]


class MembershipIndexView(SafeExportMixin, generic.IndexView):
    """People and organisations come with the rows: the number of queries does not grow."""

    export_headings: ClassVar[dict[str, Any]] = {"user.email": _("E-mail address")}

    def get_base_queryset(self) -> "QuerySet[Membership]":
        """Rows with their person and organisation."""
        queryset: QuerySet[Membership] = super().get_base_queryset()
        return queryset.select_related("user", "organisation", "stands_in_for")


class MembershipViewSet(ModelViewSet):
    """Who works where."""

    model = Membership
    icon = "user"
    menu_label = _("Members")
    list_display = ["user", "organisation", "job_role", "access_role", "starts_on", "ends_on", "revoked_at"]
    index_view_class = MembershipIndexView
    list_filter = ["access_role", "job_role", "organisation__kind", "starts_on", "ends_on"]
    list_export = [
        "user",
        "user.email",
        "organisation",
        "job_role",
        "access_role",
        "starts_on",
        "ends_on",
        "revoked_at",
    ]
    search_fields = ["user__email", "user__first_name", "user__last_name", "organisation__name"]
    add_view_class = MembershipCreateView
    edit_view_class = MembershipEditView
    delete_view_class = MembershipDeleteView
    add_to_reference_index = False
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type:
        """Adding asks for a person; changing does not."""
        return MembershipForm if for_update else NewMemberForm


class NetworkGroup(ViewSetGroup):
    """The menu "Netwerk"."""

    items = (
        OrganisationViewSet("organisations"),
        MembershipViewSet("memberships"),
        RoleChangeViewSet("role_changes"),
    )
    menu_label = _("Network")
    menu_icon = "group"
    menu_order = 300


@hooks.register("register_admin_viewset")
def register_network() -> NetworkGroup:
    """Show the menu to whoever may view organisations."""
    return NetworkGroup()


@hooks.register("register_admin_menu_item")
def register_doors() -> SubmenuMenuItem:
    """The pages of the site itself on which POS works: requests, imports, and why somebody may."""
    items = [
        MenuItem(_("Requests for access"), reverse_lazy("network:requests"), icon_name="mail", order=10),
        MenuItem(
            _("Import organisations"), reverse_lazy("network:import_start"), icon_name="upload", order=20
        ),
        MenuItem(_("Explain access"), reverse_lazy("network:explain_access"), icon_name="key", order=30),
        MenuItem(_("Pages of organisations"), reverse_lazy("network:directory"), icon_name="group", order=40),
    ]
    return SubmenuMenuItem(_("Access"), Menu(items=items), icon_name="key", order=310)
