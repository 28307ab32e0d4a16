"""What readers do with a published example: use it, ask, say it is right, cite it, print it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from knowledge import asking, caring, using
from knowledge.forms import CommentForm, ConfirmForm, UsageForm
from knowledge.models import Comment, GlossaryTerm, PracticePage, PracticeVersion, UsageState
from knowledge.page_context import story_of
from knowledge.pdf import practice_pdf
from knowledge.versions import as_it_was, citation
from knowledge.views.access import person, practice_or_404
from lnpo.page_cache import mark_public
from lnpo.ui.typesetting import pdf_response


def _back(page: PracticePage, anchor: str = "") -> HttpResponse:
    return redirect(f"{page.url}{anchor}")


def _say_errors(request: HttpRequest, form: Any) -> None:
    messages.error(request, " ".join(text for texts in form.errors.values() for text in texts))


@login_required
@require_POST
def use(request: HttpRequest, page_id: int) -> HttpResponse:
    """«Wij gebruiken dit»."""
    user, page = person(request), practice_or_404(page_id)
    form = UsageForm(user, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        using.say(
            user, page, data["organisation"], UsageState(data["state"]), data["experience"], data["named"]
        )
        messages.success(request, _("Thank you. Others see that this is used."))
    else:
        _say_errors(request, form)
    return _back(page, "#gebruik")


@login_required
@require_POST
def comment(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask or answer."""
    user, page = person(request), practice_or_404(page_id)
    form, number = CommentForm(request.POST), request.POST.get("question", "")
    question = None
    if number:
        known = number.isascii() and number.isdigit() and len(number) < 16
        question = (
            Comment.objects.visible_to(user).filter(page=page, pk=int(number)).first() if known else None
        )
        if question is None:
            raise Http404
    if form.is_valid():
        try:
            asking.comment(user, page, form.cleaned_data["text"], question)
            messages.success(request, _("Placed. Whoever it is for gets a mail."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        _say_errors(request, form)
    return _back(page, "#vragen")


@login_required
@require_POST
def hide(request: HttpRequest, page_id: int, comment_id: int) -> HttpResponse:
    """Take a question or answer away."""
    user, page = person(request), practice_or_404(page_id)
    if comment_id > 2**63 - 1:
        raise Http404
    found = Comment.objects.visible_to(user).filter(page=page, pk=comment_id).first()
    if found is None:
        raise Http404
    asking.hide(user, found)
    messages.success(request, _("Taken away."))
    return _back(page, "#vragen")


@login_required
@require_POST
def confirm(request: HttpRequest, page_id: int) -> HttpResponse:
    """Still right."""
    user, page = person(request), practice_or_404(page_id)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        try:
            caring.confirm(user, page, form.cleaned_data["next_on"])
            messages.success(request, _("Noted that this is still right."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        _say_errors(request, form)
    return _back(page)


@require_safe
def version(request: HttpRequest, page_id: int, number: int) -> HttpResponse:
    """An example as it was published once; its address stays valid while the example is public."""
    page = practice_or_404(page_id)
    if number > 2**31 - 1:
        raise Http404
    found = PracticeVersion.objects.filter(page=page, number=number).select_related("page").first()
    if found is None:
        raise Http404
    was = as_it_was(found)
    context = {
        "practice": was,
        "current": page,
        "story": story_of(was),
        "version": found,
        "citation": citation(was, found),
    }
    return render(request, "knowledge/version.html", context)


@require_safe
def as_pdf(request: HttpRequest, page_id: int) -> HttpResponse:
    """The example as a PDF."""
    page = practice_or_404(page_id)
    return pdf_response(practice_pdf(page), page.slug)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms."""
    response = render(
        request, "knowledge/glossary.html", {"terms": GlossaryTerm.objects.order_by(Lower("term"))}
    )
    return response if request.user.is_authenticated else mark_public(response)


@require_safe
def term(request: HttpRequest, slug: str) -> HttpResponse:
    """One term, with the public examples that use it."""
    found = GlossaryTerm.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    from django.db.models import Q

    used = Q(lead__icontains=found.term) | Q(approach__icontains=found.term) | Q(body__icontains=found.term)
    practice = PracticePage.objects.published().filter(used | Q(title__icontains=found.term))[:5]
    response = render(request, "knowledge/term.html", {"term": found, "practice": practice})
    return response if request.user.is_authenticated else mark_public(response)
