"""Ask for access, confirm the address, and decide."""

from typing import Any
from uuid import UUID

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lnpo.accounts.models import User
from lnpo.organisations import joining
from lnpo.organisations.entry_forms import AskForm, DecideForm, JoinForm
from lnpo.organisations.models import AccessRole, JobRole, JoinRequest
from lnpo.organisations.permissions import access_role, is_member, may_decide_on_requests
from lnpo.organisations.views.access import (
    WRITE,
    member_page,
    organisation_or_404,
    person,
    refused,
    show,
)

SESSION_KEY = "join_request"
LIMITS = {"join": "10/h/ip"}
"""How often one network address may ask; the answer to the eleventh is 429."""
PER_PAGE = 30


@never_cache
@require_http_methods(WRITE)
def join(request: HttpRequest) -> HttpResponse:
    """Ask for access without an account, or with one that has no access yet.

    The answer is the same for every address.
    """
    user = request.user
    if isinstance(user, User) and is_member(user):
        return redirect("network:directory")
    known = {name: getattr(user, name, "") for name in ("first_name", "last_name", "email")}
    form = JoinForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST":
        if not ratelimit.consume(request, app="lnpo", action="join", config=LIMITS):
            return ratelimit.respond_429(request)
        if form.is_valid():
            joining.ask(form.asker(), form.cleaned_data["organisation"])
            return redirect("network:join_sent")
    return render(request, "organisations/join.html", {"form": form})


@require_safe
def join_sent(request: HttpRequest) -> HttpResponse:
    """Look in your mail."""
    return render(request, "organisations/join_sent.html")


@never_cache
@require_safe
def request_open(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address."""
    try:
        joining.find(token)
    except joining.RequestGoneError:
        return render(request, "organisations/invitation_gone.html", {"asked": True}, status=410)
    request.session[SESSION_KEY] = token
    response = redirect("network:request_confirm")
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_http_methods(WRITE)
def request_confirm(request: HttpRequest) -> HttpResponse:
    """Confirm with a click; a mail scanner that only looks confirms nothing."""
    try:
        asked = joining.find(str(request.session.get(SESSION_KEY, "")))
        if request.method == "POST":
            joining.confirm(asked)
            request.session.pop(SESSION_KEY, None)
            return render(request, "organisations/request_confirm.html", {"asked": asked, "done": True})
    except joining.RequestGoneError:
        request.session.pop(SESSION_KEY, None)
        return render(request, "organisations/invitation_gone.html", {"asked": True}, status=410)
    return render(request, "organisations/request_confirm.html", {"asked": asked})


@require_http_methods(WRITE)
@member_page
def ask(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Ask for access as a member of the network."""
    organisation = organisation_or_404(request, organisation_id)
    user = person(request)
    if access_role(user, organisation) is not None:
        return redirect("network:organisation", organisation.pk)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            joining.ask_as(
                user, organisation, JobRole(form.cleaned_data["job_role"]), form.cleaned_data["note"]
            )
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(
                request, _("Your request is on its way. You get a mail as soon as somebody decides.")
            )
            return redirect("network:mine")
    return show(
        request,
        organisation,
        "organisations/form_page.html",
        "organisation",
        form=form,
        heading=_("Ask for access to %(name)s") % {"name": organisation.name},
        lead=_("The manager of the organisation decides, or POS when there is none."),
        submit=_("Ask for access"),
    )


@require_safe
@member_page
def queue(request: HttpRequest) -> HttpResponse:
    """The requests on which I may decide, oldest first."""
    page = Paginator(joining.queue_of(person(request)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "organisations/requests.html", {"page_obj": page})


@require_http_methods(WRITE)
@member_page
def request_decide(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Approve with a role, or refuse with a reason."""
    user = person(request)
    asked = JoinRequest.objects.filter(pk=request_id).select_related("organisation", "user").first()
    if asked is None or asked.state == "unconfirmed" or not may_decide_on_requests(user, asked.organisation):
        raise Http404
    if asked.state != "waiting":
        messages.info(request, _("Somebody decided on this request already."))
        return redirect("network:requests")
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        pick=asked.organisation is None,
        refusing="refuse" in request.POST,
    )
    if request.method == "POST" and form.is_valid() and _decided(request, asked, form):
        return redirect("network:requests")
    return render(request, "organisations/request_decide.html", {"asked": asked, "form": form})


def _decided(request: HttpRequest, asked: JoinRequest, form: Any) -> bool:
    data = form.cleaned_data
    try:
        if "refuse" in request.POST:
            joining.refuse(person(request), asked, data["reason"])
            messages.success(request, _("The request was refused. The person reads your reason."))
        else:
            joining.approve(
                person(request),
                asked,
                AccessRole(data["access_role"]),
                data["ends_on"],
                data.get("organisation"),
            )
            messages.success(request, _("The request was approved. The person gets a mail."))
    except joining.RequestGoneError:
        messages.info(request, _("Somebody decided on this request already."))
    except ValidationError as error:
        refused(form, error)
        return False
    return True


@require_POST
@member_page
def request_withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take one's own request back."""
    asked = JoinRequest.objects.filter(pk=request_id, user=person(request)).first()
    if asked is None:
        raise Http404
    try:
        joining.withdraw(person(request), asked)
    except joining.RequestGoneError:
        messages.info(request, _("Somebody decided on this request already."))
    else:
        messages.success(request, _("Your request was withdrawn."))
    return redirect("network:mine")
