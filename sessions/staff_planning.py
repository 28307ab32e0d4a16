"""POS's screens around a date: series, questions, mails, cloning, writing and moving."""

import uuid
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic

from lnpo.accounts.models import User
from sessions.enums import RegistrationState
from sessions.models import (
    MailPlan,
    Question,
    Registration,
    SeatPool,
    SessionPage,
    SessionSeries,
    StaffMessage,
)
from sessions.moving import move
from sessions.permissions import may_manage_seats
from sessions.planning import change_mails, clone_series, clone_session, keep, remove_question
from sessions.planning_forms import (
    CloneForm,
    CloneSeriesForm,
    MailPlanForm,
    MessageForm,
    MoveForm,
    QuestionForm,
    SeriesForm,
)
from sessions.refusals import RegistrationRefusedError
from sessions.staff import BoundedViewSet, SessionsGroup
from sessions.writing import compose, receivers, write_to


class KeepingMixin:
    """A form that saves through :func:`sessions.planning.keep`."""

    trail = ""

    def save_instance(self) -> Any:
        """One verb for making and changing."""
        form, request = self.form, self.request  # type: ignore[attr-defined]
        values = {name: form.cleaned_data[name] for name in form.fields}
        keep(request.user, form.instance, values, self.trail)
        return form.instance


class SeriesCreateView(KeepingMixin, generic.CreateView):  # type: ignore[misc]
    """Make a series."""

    trail = "series.made"


class SeriesEditView(KeepingMixin, generic.EditView):  # type: ignore[misc]
    """Change a series."""

    trail = "series.changed"


class SeriesIndexView(generic.IndexView):  # type: ignore[misc]
    """All series, each with a way to clone it."""

    def get_list_more_buttons(self, instance: SessionSeries) -> list[Any]:
        """Also: the whole series again on other dates."""
        url = reverse("session_series_clone", args=[instance.pk])
        more = MenuItem(_("Clone the series"), url=url, icon_name="copy", priority=50)
        return [*super().get_list_more_buttons(instance), more]


class SeriesViewSet(BoundedViewSet):
    """Series of sessions."""

    model = SessionSeries
    name = "session_series"
    icon = "folder-open-inverse"
    menu_label = gettext_lazy("Series")
    views: ClassVar[set[str]] = {"index", "index_results", "add", "edit"}
    list_display: ClassVar[list[Any]] = ["title", "most_dates_per_person"]
    add_view_class = SeriesCreateView
    edit_view_class = SeriesEditView

    index_view_class = SeriesIndexView

    def get_form_class(self, for_update: bool = False) -> type:
        """Title, address, limit."""
        return SeriesForm


class QuestionCreateView(KeepingMixin, generic.CreateView):  # type: ignore[misc]
    """Ask something at registration."""

    trail = "question.made"


class QuestionEditView(KeepingMixin, generic.EditView):  # type: ignore[misc]
    """Ask it in another way."""

    trail = "question.changed"


class QuestionDeleteView(generic.DeleteView):  # type: ignore[misc]
    """Ask it no more."""

    def delete_action(self) -> None:
        """See :func:`sessions.planning.remove_question`."""
        remove_question(self.request.user, self.object)


class QuestionViewSet(BoundedViewSet):
    """Questions at registration."""

    model = Question
    name = "session_questions"
    icon = "help"
    menu_label = gettext_lazy("Questions at registration")
    views: ClassVar[set[str]] = {"index", "index_results", "add", "edit", "delete"}
    list_display: ClassVar[list[Any]] = ["text", "page", "series", "kind", "required", "keep_days"]
    list_filter: ClassVar[list[str]] = ["series", "page"]
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    delete_view_class = QuestionDeleteView

    def get_form_class(self, for_update: bool = False) -> type:
        """The question with its condition."""
        return QuestionForm


def _staff_or_403(request: HttpRequest) -> User:
    if not may_manage_seats(request.user):
        raise PermissionDenied
    return cast(User, request.user)


def _page(request: HttpRequest, pk: int, title: str, form: Any, **extra: Any) -> HttpResponse:
    context = {"page_title": title, "form": form, "submit": title, **extra}
    return render(request, "lnpo_sessions/staff/planning_form.html", context)


def mails(request: HttpRequest, pk: int) -> HttpResponse:
    """Which mails go around a date, with words of its own."""
    staff, page = _staff_or_403(request), get_object_or_404(SessionPage, pk=pk)
    plan = MailPlan.objects.filter(page=page).first() or MailPlan(page=page)
    form = MailPlanForm(request.POST or None, instance=plan)
    if request.method == "POST" and form.is_valid():
        change_mails(staff, page, form.cleaned_data)
        messages.success(request, _("Your changes are saved."))
        return redirect("session_seats:index")
    return _page(request, pk, _("Mails around this session"), form, subject=page.title)


def clone(request: HttpRequest, pk: int) -> HttpResponse:
    """The same session on another day, as a draft."""
    staff, page = _staff_or_403(request), get_object_or_404(SessionPage, pk=pk)
    form = CloneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        copy = clone_session(staff, page, form.cleaned_data["day"])
        messages.success(request, _("The copy is a draft. Look it over and publish it."))
        return redirect("wagtailadmin_pages:edit", copy.pk)
    return _page(request, pk, _("Clone to another date"), form, subject=page.title)


def clone_a_series(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A whole series with its dates shifted, as drafts."""
    staff, series = _staff_or_403(request), get_object_or_404(SessionSeries, pk=pk)
    form = CloneSeriesForm(request.POST or None, initial={"title": series.title})
    if request.method == "POST" and form.is_valid():
        clone_series(staff, series, form.cleaned_data["title"], form.cleaned_data["day"])
        messages.success(request, _("The copies are drafts. Look them over and publish them."))
        return redirect("session_series:index")
    return _page(request, 0, _("Clone the series"), form, subject=series.title)


def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the participants of one state; first who gets it and how it looks, then send."""
    staff, page = _staff_or_403(request), get_object_or_404(SessionPage, pk=pk)
    start = {"key": uuid.uuid4(), "state": RegistrationState.CONFIRMED}
    form = MessageForm(request.POST or None, initial=start, page=page)
    preview: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if "send" in request.POST:
            message, _new = write_to(staff, page, data["state"], data["subject"], data["body"], data["key"])
            messages.success(
                request, _("The message goes to %(number)s people.") % {"number": message.receivers}
            )
            return redirect("session_seats:index")
        people = list(receivers(page, data["state"]))
        draft = StaffMessage(page=page, state=data["state"], subject=data["subject"], body=data["body"])
        look = compose(draft, people[0], "preview") if people else None
        preview = {"shown": True, "people": people, "look": look}
    return _page(
        request, pk, _("Write to participants"), form, subject=page.title, preview=preview, writes=True
    )


def move_somebody(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give somebody a seat elsewhere, with a reason that is kept."""
    staff = _staff_or_403(request)
    rows = Registration.objects.live().select_related("user", "page", "pool", "organisation")
    registration = get_object_or_404(rows, pk=pk)
    pools = SeatPool.objects.filter(page__ends_at__gte=timezone.now(), is_open=True).select_related("page")
    form = MoveForm(request.POST or None, pools=pools, initial={"pool": registration.pool_id})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            move(staff, registration, data["pool"], data["reason"], beyond_capacity=data["beyond_capacity"])
        except RegistrationRefusedError as refusal:
            form.add_error("pool", str(refusal))
        else:
            messages.success(request, _("Moved. Whoever it concerns gets a mail."))
            address = reverse("session_registrations:index")
            return redirect(f"{address}?page={data['pool'].page_id}")
    name = registration.user.get_full_name()
    return _page(request, 0, _("Give a seat elsewhere"), form, subject=f"{name}, {registration.page}")


class AllSessionsGroup(SessionsGroup):
    """The menu "Sessies" with the series and the questions."""

    items: ClassVar[tuple[BoundedViewSet, ...]] = (*SessionsGroup.items, SeriesViewSet(), QuestionViewSet())
