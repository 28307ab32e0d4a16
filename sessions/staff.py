"""POS's screens around sessions: seats, registration periods, and who registered."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from lnpo.ui.dutch_format import date_short
from sessions.admission import call_off, change_period
from sessions.models import Admission, Registration, SeatPool
from sessions.registration import cancel
from sessions.seats import change_seats
from sessions.staff_export import SafeExportMixin
from sessions.staff_forms import CallOffForm, PeriodForm, SeatsForm, StaffCancelForm

REGISTRATIONS = "session_registrations"


class BoundedViewSet(ModelViewSet):  # type: ignore[misc]
    """A viewset with only the views named in ``views``: rows are made and removed by verbs alone."""

    views: ClassVar[set[str]] = {"index", "index_results", "edit"}
    add_to_reference_index = False
    copy_view_enabled = False

    def get_urlpatterns(self) -> list[URLPattern]:
        """Only the views that exist here."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.views]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """No links to views that do not exist here."""
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        for name in ("add", "edit", "delete", "history", "usage"):
            if name not in self.views:
                common[f"{name}_url_name"] = None
        return common

    def register_admin_url_finder(self) -> None:
        """Rows are found through their session."""


class SeatsIndexView(generic.IndexView):  # type: ignore[misc]
    """Per session: the date, the places taken and who waits."""

    def get_base_queryset(self) -> "QuerySet[SeatPool]":
        """Latest sessions first, each with what its row shows."""
        return SeatPool.objects.select_related("page__admission").order_by("-page__starts_at", "form")

    def get_list_more_buttons(self, instance: SeatPool) -> list[Any]:
        """Also: who registered, the registration period and the page."""
        buttons = super().get_list_more_buttons(instance)
        links = [
            (_("Participants"), f"{reverse(f'{REGISTRATIONS}:index')}?page={instance.page_id}", "group"),
            (_("Registration period"), reverse("session_periods:edit", args=[instance.page_id]), "date"),
            (_("Write to participants"), reverse("session_write", args=[instance.page_id]), "mail"),
            (_("Mails around this session"), reverse("session_mails", args=[instance.page_id]), "time"),
            (_("Clone to another date"), reverse("session_clone", args=[instance.page_id]), "copy"),
            (_("Call off"), reverse("session_periods:call_off", args=[instance.page_id]), "cross"),
            (_("Edit the page"), reverse("wagtailadmin_pages:edit", args=[instance.page_id]), "doc-empty"),
        ]
        return [
            *buttons,
            *(
                MenuItem(label, url=url, icon_name=icon, priority=40 + 10 * number)
                for number, (label, url, icon) in enumerate(links)
            ),
        ]


class SeatsEditView(generic.EditView):  # type: ignore[misc]
    """Change the seats of a session."""

    def save_instance(self) -> SeatPool:
        """See :func:`sessions.seats.change_seats`."""
        data, pool = self.form.cleaned_data, self.form.instance
        self.promoted = change_seats(
            self.request.user, pool, data["capacity"], data["seats_per_organisation"], data["limited_until"]
        )
        return pool  # type: ignore[no-any-return]

    def get_success_message(self) -> str:
        """Say what it did for the people concerned."""
        pool: SeatPool = self.form.instance
        if pool.taken > pool.capacity:
            over = _(
                "Saved. Nobody loses a seat: %(taken)s people keep theirs, %(capacity)s is the new number."
            )
            return str(over % {"taken": pool.taken, "capacity": pool.capacity})
        return str(_("Saved. Promoted from the waiting list: %(number)s.") % {"number": len(self.promoted)})


class SeatsViewSet(BoundedViewSet):
    """Seats per session."""

    model = SeatPool
    name = "session_seats"
    icon = "clipboard-list"
    menu_label = _("Seats")
    index_view_class = SeatsIndexView
    edit_view_class = SeatsEditView
    search_fields = ["page__title"]
    list_display = [
        "page",
        Column("starts_at", label=_("Date"), accessor=lambda pool: date_short(pool.page.starts_at)),
        Column("get_form_display", label=_("Form of attendance")),
        Column("taken", label=_("Taken"), sort_key="taken"),
        Column("capacity", label=_("Seats"), sort_key="capacity"),
        Column("waiting", label=_("Waiting"), sort_key="waiting"),
        Column("is_open", label=_("State"), accessor=lambda pool: state_of_session(pool)),
    ]

    def get_form_class(self, for_update: bool = False) -> type:
        """Capacity and limit."""
        return SeatsForm


def state_of_session(pool: SeatPool) -> str:
    """Called off, been, or coming, in words."""
    if not pool.is_open:
        return str(_("Called off"))
    return str(_("Has been")) if pool.page.ends_at < timezone.now() else str(_("Coming"))


class PeriodEditView(generic.EditView):  # type: ignore[misc]
    """Change when people may register."""

    def save_instance(self) -> Admission:
        """See :func:`sessions.admission.change_period`."""
        data, admission = self.form.cleaned_data, self.form.instance
        change_period(
            self.request.user,
            admission,
            data["opens_at"],
            data["closes_at"],
            data["cancel_until"],
            {name: data[name] for name in PeriodForm.CHOICES},
        )
        return admission  # type: ignore[no-any-return]


class CallOffView(generic.EditView):  # type: ignore[misc]
    """Call a session off, with a reason that everybody gets."""

    page_title = _("Call off")
    submit_button_label = _("Call the session off")
    success_message = _("The session is called off. Everybody who is registered or waits gets a mail.")

    def save_instance(self) -> Admission:
        """See :func:`sessions.admission.call_off`."""
        call_off(self.request.user, self.form.instance.page, self.form.cleaned_data["reason"])
        return self.form.instance  # type: ignore[no-any-return]


class PeriodViewSet(BoundedViewSet):
    """Registration periods, and calling off."""

    model = Admission
    name = "session_periods"
    icon = "date"
    menu_label = _("Registration periods")
    pk_path_converter = "int"
    edit_view_class = PeriodEditView
    list_display = ["page", "opens_at", "closes_at", "cancel_until", "called_off_at"]
    search_fields = ["page__title"]

    def get_form_class(self, for_update: bool = False) -> type:
        """Three moments."""
        return PeriodForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Also the view that calls a session off."""
        kwargs = {
            **self.get_edit_view_kwargs(),
            "form_class": CallOffForm,
            "panel": None,
            "edit_url_name": self.get_url_name("call_off"),
        }
        view = self.construct_view(CallOffView, **kwargs)
        return [*super().get_urlpatterns(), path("call-off/<int:pk>/", view, name="call_off")]


class RegistrationIndexView(SafeExportMixin, generic.IndexView):  # type: ignore[misc]
    """Who registered, with export of what is shown."""

    def get_base_queryset(self) -> "QuerySet[Registration]":
        """Only what this person may see, with what a row shows."""
        return (
            Registration.objects.visible_to(self.request.user)
            .select_related("page", "user", "organisation", "pool")
            .order_by("-page__starts_at", "created_at")
        )

    def get_list_more_buttons(self, instance: Registration) -> list[Any]:
        """Cancelling for somebody, while that means something."""
        if not instance.is_live:
            return []
        url = reverse(f"{REGISTRATIONS}:cancel", args=[instance.pk])
        move = reverse("session_registration_move", args=[instance.pk])
        return [
            MenuItem(_("Give a seat elsewhere"), url=move, icon_name="resubmit", priority=5),
            MenuItem(_("Cancel registration"), url=url, icon_name="cross", priority=10),
        ]


class StaffCancelView(generic.EditView):  # type: ignore[misc]
    """Cancel a registration for somebody, with a reason that is kept."""

    page_title = _("Cancel registration")
    submit_button_label = _("Cancel registration")
    success_message = _("The registration is cancelled.")
    permission_required = "view"  # the verb asks for the right to manage seats

    def save_instance(self) -> Registration:
        """See :func:`sessions.registration.cancel`."""
        registration: Registration = self.form.instance
        cancel(self.request.user, registration, self.form.cleaned_data["reason"])
        return registration


class RegistrationViewSet(BoundedViewSet):
    """Who registered: to read, to export, and to cancel with a reason. Not to edit."""

    model = Registration
    name = REGISTRATIONS
    icon = "group"
    menu_label = _("Registrations")
    views: ClassVar[set[str]] = {"index", "index_results"}
    index_view_class = RegistrationIndexView
    list_per_page = 50
    list_display = [
        "user",
        "organisation",
        "page",
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("created_at", label=_("Registered at"), accessor=lambda row: date_short(row.created_at)),
        Column("learning_question", label=_("Learning question")),
    ]
    list_filter = ["page", "state", "pool__form", "organisation"]
    search_fields = ["user__first_name", "user__last_name", "user__email", "organisation__name"]
    list_export = [
        "page.title",
        "page.starts_at",
        "user.first_name",
        "user.last_name",
        "user.email",
        "organisation.name",
        "get_job_role_display",
        "pool.get_form_display",
        "get_state_display",
        "created_at",
        "learning_question",
    ]
    export_filename = "aanmeldingen"

    def get_form_class(self, for_update: bool = False) -> type:
        """Only a reason can be given."""
        return StaffCancelForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Also the view that cancels for somebody."""
        kwargs = {**self.get_edit_view_kwargs(), "panel": None, "edit_url_name": self.get_url_name("cancel")}
        view = self.construct_view(StaffCancelView, **kwargs)
        return [*super().get_urlpatterns(), path("cancel/<uuid:pk>/", view, name="cancel")]


class SessionsGroup(ViewSetGroup):  # type: ignore[misc]
    """The menu "Sessies"."""

    items: ClassVar[tuple[BoundedViewSet, ...]] = (SeatsViewSet(), RegistrationViewSet(), PeriodViewSet())
    menu_label = _("Sessions")
    menu_icon = "calendar-alt"
    menu_order = 200
