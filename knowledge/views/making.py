"""Pages of the makers of an example."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import Storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge import attachments, contributing
from knowledge.forms import BeginForm, ContributionForm, FileForm
from knowledge.models import Attachment, Contribution
from knowledge.page_context import story_of
from knowledge.permissions import may_contribute, may_edit
from knowledge.views.access import WRITE, contribution_or_404, person, practice_or_404
from lnpo.ui.uploads import PICTURES


@login_required
@require_http_methods(WRITE)
def mine(request: HttpRequest) -> HttpResponse:
    """My contributions in every state, and the beginning of a new one."""
    user = person(request)
    if not may_contribute(user):
        raise PermissionDenied
    form = BeginForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = contributing.begin(user, form.cleaned_data["organisation"], form.cleaned_data["title"])
        return redirect("knowledge:edit", made.pk)
    rows = Contribution.objects.visible_to(user).select_related("organisation", "page", "topic")
    return render(request, "knowledge/mine.html", {"form": form, "contributions": rows[:100]})


@never_cache
@login_required
@require_http_methods(WRITE)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write: save, look at it, or send it in. With JavaScript it also saves by itself."""
    user, contribution = person(request), contribution_or_404(request, pk)
    if not may_edit(user, contribution):
        return redirect("knowledge:contribution", contribution.pk)
    if request.method != "POST":
        return _form_page(request, contribution, ContributionForm(user, instance=contribution))
    by_itself = request.headers.get("HX-Request") == "true"
    form = ContributionForm(user, _bounded(request.POST), instance=contribution)
    if not form.is_valid():
        return (_saved if by_itself else _form_page)(request, contribution, form)
    try:
        contributing.save(user, contribution, form.data_to_save(), form.cleaned_data["version"])
        if "send" in request.POST:
            contributing.send_in(user, contribution)
    except contributing.StaleError:
        form.add_error(
            None,
            _("Somebody else saved this meanwhile. Open the page again in a second tab and join both."),
        )
    except ValidationError as error:
        return _form_page(request, contribution, _with_problems(user, contribution, error))
    if by_itself:
        return _saved(request, contribution, form)
    if form.errors:
        return _form_page(request, contribution, form)
    if "send" in request.POST:
        messages.success(request, _("Sent in. You get a mail as soon as POS has looked at it."))
        return redirect("knowledge:contribution", contribution.pk)
    messages.success(request, _("Saved."))
    return redirect("knowledge:preview" if "preview" in request.POST else "knowledge:edit", contribution.pk)


def _bounded(posted: QueryDict) -> QueryDict:
    """What was posted, with numbers that no database takes as the key of nothing."""
    data = posted.copy()
    for name in ("topic", "session", "goal_templates"):
        data.setlist(name, [value if len(value) < 16 else "0" for value in data.getlist(name)])
    return data


def _with_problems(user: Any, contribution: Contribution, error: ValidationError) -> ContributionForm:
    """The form as it was saved, with what is missing before it can be sent in."""
    data: dict[str, Any] = dict(ContributionForm(user, instance=contribution).initial)
    data["goal_templates"] = [page.pk for page in contribution.goal_templates.all()]
    form = ContributionForm(user, data, instance=contribution)
    form.is_valid()
    form.add_error(None, error)
    return form


def _form_page(request: HttpRequest, contribution: Contribution, form: ContributionForm) -> HttpResponse:
    context = {"form": form, "contribution": contribution, "file_form": FileForm(), "steps": _steps(form)}
    return render(request, "knowledge/edit.html", context)


def _steps(form: ContributionForm) -> list[tuple[str, list[Any]]]:
    steps = [
        (_("What it is about"), ("title", "lead", "organisation", "context")),
        (_("Your story"), ("approach", "result", "different")),
        (_("In short"), ("cost", "effect", "evidence", "indicator_uid")),
        (
            _("Where it belongs"),
            ("kind", "topic", "sector", "level", "audience", "session", "goal_templates"),
        ),
        (_("Who made it"), ("co_authors", "name_authors")),
    ]
    return [(heading, [form[name] for name in names]) for heading, names in steps]


def _saved(request: HttpRequest, contribution: Contribution, form: ContributionForm) -> HttpResponse:
    return render(request, "knowledge/parts/saved.html", {"contribution": contribution, "form": form})


@never_cache
@login_required
@require_safe
def contribution(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where it is on its way, with the remarks of the editors."""
    found = contribution_or_404(request, pk)
    context = {
        "contribution": found,
        "remarks": found.remarks.all(),
        "files": found.attachments.all(),
        "is_live": found.page is not None and found.page.live,
    }
    return render(request, "knowledge/contribution.html", context)


@never_cache
@login_required
@require_safe
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The example as readers will see it."""
    found = contribution_or_404(request, pk)
    page = contributing.preview_page(found)
    context = {
        "practice": page,
        "story": story_of(page),
        "contribution": found,
        "files": found.attachments.all(),
    }
    return render(request, "knowledge/preview.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw away or take back."""
    contributing.withdraw(person(request), contribution_or_404(request, pk))
    messages.success(request, _("Taken back."))
    return redirect("knowledge:mine")


@login_required
@require_POST
def attach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a file."""
    found = contribution_or_404(request, pk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            attachments.attach(person(request), found, form.cleaned_data["file"])
            messages.success(request, _("The file was added."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
    return redirect("knowledge:edit", found.pk)


@login_required
@require_POST
def detach(request: HttpRequest, pk: UUID, file_id: UUID) -> HttpResponse:
    """Take a file out."""
    found = contribution_or_404(request, pk)
    file = found.attachments.filter(pk=file_id).first()
    if file is None:
        raise Http404
    attachments.detach(person(request), file)
    messages.success(request, _("The file was removed."))
    return redirect("knowledge:edit", found.pk)


@never_cache
@require_safe
def file(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """A file: of a published example for everybody, of a contribution for its makers and POS."""
    found = Attachment.objects.select_related("page", "contribution").filter(pk=file_id).first()
    if found is None or not found.may_be_read_by(request.user):
        raise Http404
    storage: Storage = found.file.storage
    if not storage.exists(found.file.name or ""):
        raise Http404
    pictured = (found.file.name or "").rsplit(".", 1)[-1] in PICTURES
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=not pictured,
        filename=found.name,
        content_type=found.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@require_POST
def revise(request: HttpRequest, page_id: int) -> HttpResponse:
    """Begin to revise a published example, or go on with the revision that is open."""
    user, page = person(request), practice_or_404(page_id)
    open_one = (
        Contribution.objects.visible_to(user)
        .filter(page=page, state__in=["draft", "waiting", "changes"])
        .first()
    )
    if open_one is not None:
        return redirect("knowledge:edit", open_one.pk)
    own = page.organisation or (organisations[0] if (organisations := _own(user)) else None)
    if own is None:
        raise PermissionDenied
    try:
        return redirect("knowledge:edit", contributing.revise(user, page, own).pk)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(page.url or "/")


def _own(user: Any) -> list[Any]:
    from knowledge.forms import organisations_of

    return list(organisations_of(user)[:1])
