"""Pages of the library beside Wagtail's: proposals, and two versions beside each other."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lnpo.accounts.models import User
from lnpo.organisations.models import Organisation
from lnpo.organisations.permissions import is_member
from lnpo.ui.pages import only_public
from templates.library import proposing
from templates.library.enums import ProposalState
from templates.library.forms import AnswerForm, WholeTemplate
from templates.library.merging import LISTS, Content, differences
from templates.library.models import GoalTemplatePage, GoalTemplateVersion, TemplateProposal
from templates.library.wording import NOUNS, name_of, said

WRITE = ["GET", "HEAD", "POST"]
PER_PAGE = 30


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def outline(content: Content) -> list[tuple[str, list[str]]]:
    """The tree of a content as headings with names."""
    return [
        (str(NOUNS[kind]), [name_of(kind, node) for node in content[kind]]) for kind in LISTS if content[kind]
    ]


@require_safe
def compare(request: HttpRequest, template_uid: UUID) -> HttpResponse:
    """Two versions of a template beside each other: what is new, gone and different."""
    page = only_public(GoalTemplatePage.objects.filter(template_uid=template_uid)).first()
    if page is None:
        raise Http404
    versions = {str(row.number): row for row in page.versions.order_by("number")}
    if not versions:
        raise Http404
    numbers = list(versions)
    old = versions.get(request.GET.get("van", ""), versions[numbers[max(0, len(numbers) - 2)]])
    new = versions.get(request.GET.get("naar", ""), versions[numbers[-1]])
    found = differences(old.content, old.content, new.content)
    context = {
        "page": page,
        "versions": list(versions.values()),
        "old": old,
        "new": new,
        "rows": [said(item) for item in found],
    }
    return render(request, "library/compare.html", context)


@require_safe
@login_required
def proposals(request: HttpRequest) -> HttpResponse:
    """One's own proposals; for POS the queue too."""
    user = _person(request)
    rows = TemplateProposal.objects.visible_to(user).select_related("organisation", "proposer", "version")
    queue = rows.waiting() if user.is_pos else rows.none()
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "library/proposals.html", {"queue": queue, "page_obj": shown})


@require_http_methods(WRITE)
@login_required
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a goal template."""
    user = _person(request)
    if not is_member(user):
        raise PermissionDenied
    organisation = Organisation.objects.of_member(user).first()
    credit = f"{user.get_full_name()}, {organisation}" if organisation else user.get_full_name()
    whole = WholeTemplate(request.POST if request.method == "POST" else None, initial={"credit": credit})
    if request.method == "POST" and whole.is_valid():
        data = whole.form.cleaned_data
        proposal = proposing.propose(
            user,
            whole.content(),
            sector=data["sector"],
            explanation=data["explanation"],
            credit=data["credit"],
            organisation=organisation,
        )
        messages.success(request, _("Thank you. POS looks at it and answers you here and by mail."))
        return redirect("library:proposal", proposal.pk)
    return render(request, "library/propose.html", {"whole": whole})


def _proposal_or_404(user: User, proposal_id: UUID) -> TemplateProposal:
    rows = TemplateProposal.objects.visible_to(user)
    return get_object_or_404(rows.select_related("organisation", "proposer", "version__page"), pk=proposal_id)


@require_http_methods(WRITE)
@login_required
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Read a proposal and what was answered; POS answers here."""
    user = _person(request)
    shown = _proposal_or_404(user, proposal_id)
    answers = user.is_pos and shown.state == ProposalState.WAITING
    if request.method == "POST" and not user.is_pos:
        raise PermissionDenied
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            proposing.answer(user, shown, form.cleaned_data["state"], form.cleaned_data["remarks"])
        except ValidationError as error:
            form.add_error(None, error.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("Answered. The proposer gets a mail."))
            return redirect("library:proposals")
    base = None
    if shown.template_uid:
        base = GoalTemplateVersion.objects.filter(
            template_uid=shown.template_uid, number=shown.base_version or 0
        ).first()
    rows = [said(item) for item in differences(base.content, base.content, shown.content)] if base else []
    context = {
        "proposal": shown,
        "base": base,
        "rows": rows,
        "outline": outline(shown.content),
        "form": form if answers else None,
        "is_mine": shown.proposer_id == user.pk,
    }
    return render(request, "library/proposal.html", context)


@require_http_methods(WRITE)
@login_required
def proposal_edit(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Adjust a proposal that came back, and send it again."""
    user = _person(request)
    shown = _proposal_or_404(user, proposal_id)
    if shown.proposer_id != user.pk or shown.template_uid or shown.state != ProposalState.RETURNED:
        raise PermissionDenied
    known = {"sector": shown.sector, "explanation": shown.explanation, "credit": shown.credit}
    whole = WholeTemplate(request.POST if request.method == "POST" else None, shown.content, known)
    if request.method == "POST" and whole.is_valid():
        data = whole.form.cleaned_data
        proposing.send_again(user, shown, whole.content(), data["explanation"], data["credit"])
        messages.success(request, _("Sent again. POS looks at it and answers you here and by mail."))
        return redirect("library:proposal", shown.pk)
    return render(request, "library/propose.html", {"whole": whole, "proposal": shown})


@require_POST
@login_required
def proposal_withdraw(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    user = _person(request)
    try:
        proposing.withdraw(user, _proposal_or_404(user, proposal_id))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your proposal was withdrawn."))
    return redirect("library:proposals")
