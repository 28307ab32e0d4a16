"""Answer an invitation: with one click when signed in, with a password when new."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lnpo.accounts.models import User
from lnpo.organisations import invitations
from lnpo.organisations.entrance import account_of, may_become, verified_addresses
from lnpo.organisations.invite_forms import NewcomerForm
from lnpo.organisations.models import Invitation
from lnpo.organisations.tokens import hash_of
from lnpo.organisations.views.access import WRITE, member_page, person

SESSION_KEY = "invitation"


def _gone(request: HttpRequest) -> HttpResponse:
    """One answer, whatever is wrong with the link."""
    request.session.pop(SESSION_KEY, None)
    return render(request, "organisations/invitation_gone.html", status=410)


@never_cache
@require_safe
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, so that it stays out of logs of others and out of the Referer."""
    try:
        invitations.find(token)
    except invitations.InvitationGoneError:
        return _already_in(request, token) or _gone(request)
    request.session[SESSION_KEY] = token
    response = redirect("network:invitation_answer")
    response["Referrer-Policy"] = "no-referrer"
    return response


def _already_in(request: HttpRequest, token: str) -> HttpResponse | None:
    """Whoever accepted before and clicks again comes where they want to be."""
    if not isinstance(request.user, User):
        return None
    own = Invitation.objects.filter(token_hash=hash_of(token), accepted_by=request.user).first()
    if own is None:
        return None
    messages.info(request, _("You accepted this invitation before."))
    return redirect("network:mine")


@never_cache
@require_http_methods(WRITE)
def invitation_answer(request: HttpRequest) -> HttpResponse:
    """The page behind the link: accept, sign in first, or make an account."""
    try:
        invitation = invitations.find(str(request.session.get(SESSION_KEY, "")))
    except invitations.InvitationGoneError:
        return _gone(request)
    user = request.user
    if isinstance(user, User):
        return _answer_as(request, user, invitation)
    known = account_of(invitation.email)
    if known is not None and not may_become(known):
        login = f"{reverse('account_login')}?next={reverse('network:invitation_answer')}"
        return _page(request, invitation, login_url=login)
    return _answer_as_newcomer(request, invitation)


def _answer_as(request: HttpRequest, user: User, invitation: Invitation) -> HttpResponse:
    mine = invitation.email in verified_addresses(user)
    if request.method == "POST":
        try:
            invitations.accept(user, invitation)
        except invitations.OtherAddressError:
            return _page(request, invitation, other_address=True, status=403)
        except invitations.InvitationGoneError:
            return _gone(request)
        return _welcome(request, invitation)
    return _page(request, invitation, other_address=not mine)


def _answer_as_newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = NewcomerForm(request.POST if request.method == "POST" else None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = invitations.accept_as_newcomer(
                invitation, data["first_name"], data["last_name"], data["password"]
            )
        except invitations.InvitationGoneError:
            return _gone(request)
        except invitations.SignInFirstError:
            return redirect("network:invitation_answer")
        request.session.pop(SESSION_KEY, None)
        messages.success(
            request,
            _("Welcome! You now take part on behalf of %(name)s.") % {"name": invitation.organisation},
        )
        login = Login(user=user, redirect_url=reverse("home:start"))
        return perform_password_login(request, {"email": user.email}, login)  # type: ignore[no-any-return]
    return _page(request, invitation, form=form)


def _welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    request.session.pop(SESSION_KEY, None)
    messages.success(
        request, _("You now take part on behalf of %(name)s.") % {"name": invitation.organisation}
    )
    return redirect("network:organisation", invitation.organisation_id)


def _page(request: HttpRequest, invitation: Invitation, status: int = 200, **context: Any) -> HttpResponse:
    response = render(
        request, "organisations/invitation.html", {"invitation": invitation, **context}, status=status
    )
    response["Referrer-Policy"] = "same-origin"
    return response


@never_cache
@require_http_methods(WRITE)
@member_page
def own_invitation(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """An invitation to one of one's own confirmed addresses, found on the start page: no link needed."""
    user = person(request)
    invitation = (
        Invitation.objects.usable()
        .filter(pk=invitation_id, email__in=verified_addresses(user))
        .select_related("organisation", "invited_by")
        .first()
    )
    if invitation is None:
        raise Http404
    return _answer_as(request, user, invitation)
