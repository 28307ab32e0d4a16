"""Pages of a member around one session: register, cancel, change the answers; and the calendar file."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lnpo.accounts.models import User
from lnpo.organisations.permissions import is_member
from lnpo.page_cache import mark_public
from sessions import calendar
from sessions.enums import RegistrationState
from sessions.forms import AnswersForm, RegistrationForm
from sessions.models import Registration, SessionPage
from sessions.questions import replies_of
from sessions.refusals import RegistrationRefusedError
from sessions.registration import cancel, change_answers, register
from sessions.standing import own_registrations, standing

form_page = require_http_methods(["GET", "HEAD", "POST"])


def session_or_404(request: HttpRequest, slug: str) -> SessionPage:
    """The published session, or 404."""
    page = SessionPage.objects.visible_to(request.user).with_seats().filter(slug=slug).first()
    if page is None:
        raise Http404
    return cast(SessionPage, page)


def own_registration_or_404(user: User, page: SessionPage) -> Registration:
    """The own live registration.

    Raises:
        Http404: there is none.

    """
    registration = own_registrations([page], user).get(page.pk)
    if registration is None:
        raise Http404
    registration.page = page
    return registration


def refused(request: HttpRequest, page: SessionPage, reason: str) -> HttpResponse:
    """Why it is not possible, on a page of its own."""
    context = {
        "page": page,
        "page_address": page.get_url(request),
        "standing": standing(page),
        "reason": reason,
    }
    return render(request, "lnpo_sessions/registration_refused.html", context, status=409)


def _say_result(request: HttpRequest, registration: Registration, created: bool) -> None:
    if not created:
        messages.info(request, _("You are already registered."))
    elif registration.state == RegistrationState.CONFIRMED:
        messages.success(request, _("You are registered. The confirmation is on its way to your mailbox."))
    else:
        messages.success(request, _("You are on the waiting list. We mail you when a seat comes free."))


@form_page
@login_required
def registration_create(request: HttpRequest, slug: str) -> HttpResponse:
    """One page on which a member registers; known data is filled in."""
    user, page = cast(User, request.user), session_or_404(request, slug)
    context = {"page": page, "page_address": page.get_url(request)}
    if not is_member(user):
        return render(request, "lnpo_sessions/registration_members_only.html", context, status=403)
    mine = own_registrations([page], user).get(page.pk)
    if mine is not None:
        messages.info(request, _("You are already registered."))
        return redirect(page.get_url(request))
    page_standing = standing(page)
    form = RegistrationForm(request.POST if request.method == "POST" else None, user=user, page=page)
    if request.method == "POST" and form.is_valid():
        try:
            registration, created = register(
                user, page, form.chosen_organisation(), form.answers(), form.chosen_form()
            )
        except RegistrationRefusedError as refusal:
            return refused(request, page, str(refusal))
        _say_result(request, registration, created)
        return redirect(page.get_url(request))
    if not page_standing.takes_registrations:
        return refused(request, page, "")
    return render(
        request, "lnpo_sessions/registration_create.html", context | {"form": form, "standing": page_standing}
    )


@form_page
@login_required
def registration_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether somebody really cannot come, and cancel."""
    user, page = cast(User, request.user), session_or_404(request, slug)
    registration = own_registrations([page], user).get(page.pk)
    if registration is None:
        messages.info(request, _("You are not registered for this session."))
        return redirect(page.get_url(request))
    registration.page = page
    if request.method == "POST":
        try:
            cancel(user, registration)
        except RegistrationRefusedError as refusal:
            return refused(request, page, str(refusal))
        messages.success(request, _("Your registration is cancelled. You get a mail that confirms this."))
        return redirect(page.get_url(request))
    context = {
        "page": page,
        "page_address": page.get_url(request),
        "registration": registration,
        "standing": standing(page, registration),
    }
    return render(request, "lnpo_sessions/registration_cancel.html", context)


@form_page
@login_required
def registration_update(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the learning question and the consents."""
    user, page = cast(User, request.user), session_or_404(request, slug)
    registration = own_registration_or_404(user, page)
    form = AnswersForm(
        request.POST if request.method == "POST" else None,
        instance=registration,
        page=page,
        given=replies_of(registration),
    )
    if request.method == "POST" and form.is_valid():
        change_answers(user, Registration.objects.get(pk=registration.pk), form.answers())
        messages.success(request, _("Your changes are saved."))
        return redirect(page.get_url(request))
    context = {
        "page": page,
        "page_address": page.get_url(request),
        "form": form,
        "registration": registration,
    }
    return render(request, "lnpo_sessions/registration_update.html", context)


@require_safe
def session_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The session as a calendar file; with the meeting link only for who is confirmed."""
    page = session_or_404(request, slug)
    registration = own_registrations([page], request.user).get(page.pk)
    content = calendar.session_event(page, calendar.PUBLISH, registration)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.ics"'
    return response if request.user.is_authenticated else mark_public(response)
