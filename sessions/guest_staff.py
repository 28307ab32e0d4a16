"""Guests in the CMS: who came without being a member, to export, and to make a member of."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic

from lnpo.organisations.models import AccessRole, JobRole, Organisation
from sessions.guests import make_member
from sessions.models import GuestRequest
from sessions.staff import BoundedViewSet
from sessions.staff_export import SafeExportMixin


class MakeMemberForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Of which organisation a guest becomes a member."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.filter(named_by_guest=False)
    )
    job_role = forms.ChoiceField(label=_("Job role"), choices=JobRole.choices)
    access_role = forms.ChoiceField(
        label=_("Access role"), choices=AccessRole.choices, initial=AccessRole.READER
    )

    class Meta:
        model = GuestRequest
        fields = ["job_role"]


class GuestIndexView(SafeExportMixin, generic.IndexView):  # type: ignore[misc]
    """Guests whose address is confirmed, newest first."""

    def get_base_queryset(self) -> "QuerySet[GuestRequest]":
        """With what a row shows."""
        confirmed = GuestRequest.objects.filter(registration__isnull=False)
        return confirmed.select_related("page", "registration__user", "registration__organisation")

    def get_list_more_buttons(self, instance: GuestRequest) -> list[Any]:
        """Making a member of somebody who still is a guest."""
        registration = instance.registration
        if registration is None or not registration.organisation.named_by_guest:
            return []
        url = reverse("guests:make_member", args=[instance.pk])
        return [MenuItem(_("Make a member"), url=url, icon_name="user", priority=10)]


class MakeMemberView(generic.EditView):  # type: ignore[misc]
    """Make a guest a member of an organisation."""

    page_title = _("Make a member")
    submit_button_label = _("Make a member")
    success_message = _("The guest is a member now, and gets a mail about it.")
    permission_required = "view"  # the verb asks for the right to manage seats

    def form_valid(self, form: Any) -> Any:
        """See :func:`sessions.guests.make_member`; what it refuses comes back in the form."""
        data, registration = form.cleaned_data, form.instance.registration
        try:
            make_member(
                self.request.user,
                registration,
                data["organisation"],
                JobRole(data["job_role"]),
                AccessRole(data["access_role"]),
            )
        except ValidationError as error:
            form.add_error(None, error)
            self.produced_error_message = None
            return self.form_invalid(form)
        self.form = form
        return super().form_valid(form)

    def save_instance(self) -> GuestRequest:
        """The verb has done it."""
        return self.form.instance  # type: ignore[no-any-return]


class GuestViewSet(BoundedViewSet):
    """Guests."""

    model = GuestRequest
    name = "guests"
    icon = "group"
    menu_label = _("Guests")
    views: ClassVar[set[str]] = {"index", "index_results"}
    index_view_class = GuestIndexView
    list_per_page = 50
    list_display: ClassVar[list[str]] = ["first_name", "last_name", "email", "organisation_name", "page"]
    list_filter: ClassVar[list[str]] = ["page", "job_role"]
    search_fields: ClassVar[list[str]] = ["first_name", "last_name", "email", "organisation_name"]
    list_export: ClassVar[list[str]] = [
        "page.title",
        "page.starts_at",
        "first_name",
        "last_name",
        "email",
        "organisation_name",
        "get_job_role_display",
        "registration.get_state_display",
        "created_at",
        "learning_question",
    ]
    export_filename = "gasten"

    def get_form_class(self, for_update: bool = False) -> type:
        """Where the guest works."""
        return MakeMemberForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Also the view that makes a member of a guest."""
        kwargs = {
            **self.get_edit_view_kwargs(),
            "panel": None,
            "edit_url_name": self.get_url_name("make_member"),
        }
        view = self.construct_view(MakeMemberView, **kwargs)
        return [*super().get_urlpatterns(), path("make-member/<uuid:pk>/", view, name="make_member")]
