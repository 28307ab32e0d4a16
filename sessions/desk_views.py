"""The desk of a session: what staff does on the day and after it, also on a phone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lnpo.accounts.models import User
from lnpo.ui.spreadsheets import csv_response
from lnpo.ui.tables import UnreadableTableError
from sessions.after_forms import EvaluationOpenForm, HoursForm, ImportForm, MaterialForm
from sessions.after_views import session_or_404
from sessions.attendance import (
    NotPresentableError,
    check_in_list,
    note_import,
    note_presence,
    renew_code,
    take_back,
)
from sessions.attendance_import import preview
from sessions.certificates import issue_certificates, usual_hours
from sessions.evaluation import (
    FEWEST,
    EvaluationRefusedError,
    open_evaluation,
    results,
    usual_questions,
)
from sessions.groups import propose, publish, put_in_group
from sessions.materials import add_material, remove_material, tell_of_materials
from sessions.models import (
    Attendance,
    Certificate,
    CheckInCode,
    Evaluation,
    GroupSeat,
    LearningGroup,
    Material,
    Registration,
    SessionPage,
)
from sessions.permissions import may_run_sessions

form_page = require_http_methods(["GET", "HEAD", "POST"])


def at_the_desk(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only for who runs sessions; for everybody else the page does not exist. Hands over the session."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        if not may_run_sessions(request.user):
            raise Http404
        return view(request, session_or_404(request, slug), **kwargs)

    return guarded


def _render(request: HttpRequest, name: str, page: SessionPage, **context: Any) -> HttpResponse:
    return render(
        request,
        f"lnpo_sessions/desk/{name}.html",
        {"page": page, "page_address": page.get_url(request), **context},
    )


def _staff(request: HttpRequest) -> User:
    return cast(User, request.user)


@require_safe
@at_the_desk
def desk(request: HttpRequest, page: SessionPage) -> HttpResponse:
    """Everything there is to do around this session."""
    return _render(
        request,
        "desk",
        page,
        expected=Registration.objects.confirmed().filter(page=page).count(),
        present=Attendance.objects.filter(registration__page=page).count(),
        certificates=Certificate.objects.valid().filter(registration__page=page).count(),
        code=CheckInCode.objects.filter(page=page).first(),
        evaluation=Evaluation.objects.filter(page=page).first(),
        groups=LearningGroup.objects.filter(page=page).count(),
        materials=Material.objects.filter(page=page).count(),
        hours_form=HoursForm(initial={"hours": usual_hours(page)}),
    )


@form_page
@at_the_desk
def attendance(request: HttpRequest, page: SessionPage) -> HttpResponse:
    """The check-in list: search, tick, undo."""
    query = request.GET.get("q", "").replace("\x00", "")[:100]
    if request.method == "POST":
        _tick(request, page, request.POST.get("registration", ""))
        back = f"?{urlencode({'q': query})}" if query else ""
        return redirect(f"{request.path}{back}#lijst")
    people = list(check_in_list(page, query))
    return _render(
        request,
        "attendance",
        page,
        people=people,
        query=query,
        present=Attendance.objects.filter(registration__page=page).count(),
        expected=Registration.objects.confirmed().filter(page=page).count(),
    )


def _tick(request: HttpRequest, page: SessionPage, key: str) -> None:
    found = [person for person in check_in_list(page) if str(person.pk) == key]
    if not found:
        messages.error(request, _("This person has no confirmed seat any more."))
        return
    name = {"name": found[0].user.get_full_name()}
    if request.POST.get("undo"):
        take_back(_staff(request), found[0])
        messages.info(request, _("%(name)s is not on the list of who was there any more.") % name)
    else:
        note_presence(_staff(request), found[0])
        messages.success(request, _("%(name)s is there.") % name)


@form_page
@at_the_desk
def person(request: HttpRequest, page: SessionPage, pk: Any) -> HttpResponse:
    """Where the QR code of a participant leads: one person, one button."""
    registration = get_object_or_404(
        Registration.objects.filter(page=page).select_related("user", "organisation", "attendance"), pk=pk
    )
    if request.method == "POST":
        try:
            note_presence(_staff(request), registration)
        except NotPresentableError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(name)s is there.") % {"name": registration.user.get_full_name()})
        return redirect("sessions:desk_attendance", page.slug)
    return _render(
        request, "person", page, registration=registration, present=hasattr(registration, "attendance")
    )


@require_POST
@at_the_desk
def code(request: HttpRequest, page: SessionPage) -> HttpResponse:
    """Make a code, or another one."""
    renew_code(_staff(request), page)
    return redirect("sessions:desk", page.slug)


@form_page
@at_the_desk
def attendance_import(request: HttpRequest, page: SessionPage) -> HttpResponse:
    """Read a meeting's list, show what it would do, and do that."""
    if request.method == "POST" and "confirm" in request.POST:
        number = note_import(_staff(request), page, request.POST.getlist("registration"))
        said = ngettext("%(number)s person is noted.", "%(number)s people are noted.", number)
        messages.success(request, said % {"number": number})
        return redirect("sessions:desk_attendance", page.slug)
    form, found = ImportForm(request.POST or None, request.FILES or None), None
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                found = preview(page, form.cleaned_data["file"])
            except UnreadableTableError as error:
                form.add_error("file", str(error))
    return _render(request, "import", page, form=form, preview=found)


@form_page
@at_the_desk
def materials(request: HttpRequest, page: SessionPage) -> HttpResponse:
    """Add, remove and announce materials."""
    form = MaterialForm()
    if request.method == "POST":
        if "tell" in request.POST:
            number = tell_of_materials(_staff(request), page)
            said = ngettext("%(number)s mail is on its way.", "%(number)s mails are on their way.", number)
            messages.success(request, said % {"number": number})
            return redirect("sessions:desk_materials", page.slug)
        if "remove" in request.POST:
            chosen = [row for row in page.materials.all() if str(row.pk) == request.POST["remove"]]
            for row in chosen:
                remove_material(_staff(request), row)
            return redirect("sessions:desk_materials", page.slug)
        form = MaterialForm(request.POST, request.FILES)
        if form.is_valid():
            data = form.cleaned_data
            add_material(
                _staff(request),
                page,
                data["title"],
                url=data["url"],
                upload=form.upload,
                members_only=data["members_only"],
            )
            messages.success(request, _("The material is on the page."))
            return redirect("sessions:desk_materials", page.slug)
    return _render(request, "materials", page, form=form, materials=page.materials.all())


@require_POST
@at_the_desk
def certificates(request: HttpRequest, page: SessionPage) -> HttpResponse:
    """Issue certificates to everybody who was there."""
    form = HoursForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Fill in the hours, for instance 1,5."))
    else:
        number = issue_certificates(_staff(request), page, form.cleaned_data["hours"])
        said = ngettext("%(number)s certificate is issued.", "%(number)s certificates are issued.", number)
        messages.success(request, said % {"number": number})
    return redirect("sessions:desk", page.slug)


@form_page
@at_the_desk
def evaluation(request: HttpRequest, page: SessionPage) -> HttpResponse:
    """Open the evaluation, and read it from five answers on."""
    opened = Evaluation.objects.filter(page=page).first()
    usual = {kind.value: "\n".join(texts) for kind, texts in usual_questions().items()}
    form = EvaluationOpenForm(request.POST if request.method == "POST" else None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            open_evaluation(_staff(request), page, form.questions())
        except EvaluationRefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The evaluation is open. Everybody who may answer gets a mail."))
        return redirect("sessions:desk_evaluation", page.slug)
    found = results(_staff(request), page) if opened else None
    return _render(request, "evaluation", page, form=form, opened=opened, results=found, fewest=FEWEST)


@require_safe
@at_the_desk
def evaluation_export(request: HttpRequest, page: SessionPage) -> HttpResponseBase:
    """The outcomes as CSV; does not exist while there are fewer than five answers."""
    found = results(_staff(request), page)
    if found is None:
        raise Http404
    rows: list[tuple[str, str | int, str | int]] = []
    for result in found.per_question:
        if result.average is not None:
            rows += [(result.question.text, mark, times) for mark, times in result.marks]
        rows += [(result.question.text, text, "") for text in result.texts]
    return csv_response(f"evaluatie-{page.slug}", [_("Question"), _("Answer"), _("How often")], rows)


@form_page
@at_the_desk
def groups(request: HttpRequest, page: SessionPage) -> HttpResponse:
    """Propose groups of three, adjust and publish them."""
    if request.method == "POST":
        _change_groups(request, page)
        return redirect("sessions:desk_groups", page.slug)
    people = list(check_in_list(page))
    found = list(LearningGroup.objects.filter(page=page))
    seats = dict(GroupSeat.objects.filter(group__page=page).values_list("registration_id", "group_id"))
    placed = [(one, seats.get(one.pk)) for one in people]
    return _render(
        request,
        "groups",
        page,
        groups=found,
        parts=[(row, [one for one, group in placed if group == row.pk]) for row in found],
        alone=[one for one, group in placed if group is None],
        published=any(row.published_at for row in found),
        all_published=all(row.published_at for row in found),
    )


def _change_groups(request: HttpRequest, page: SessionPage) -> None:
    staff = _staff(request)
    if "propose" in request.POST:
        number = propose(staff, page)
        said = ngettext("%(number)s group is proposed.", "%(number)s groups are proposed.", number)
        messages.success(request, said % {"number": number})
    elif "publish" in request.POST:
        publish(staff, page)
        messages.success(request, _("The groups are published: everybody sees the own group."))
    else:
        wanted = request.POST.get("group", "")
        group = next((row for row in page.learning_groups.all() if str(row.number) == wanted), None)
        key = request.POST.get("registration", "")
        for one in check_in_list(page):
            if str(one.pk) == key:
                put_in_group(staff, one, group)
