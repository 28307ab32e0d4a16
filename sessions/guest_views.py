"""Pages of a guest: fill in, look in your mail, confirm, cancel."""

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sessions import guests
from sessions.forms import GuestForm
from sessions.models import SessionPage
from sessions.refusals import RegistrationRefusedError
from sessions.standing import standing

LIMITS = {"guest": "10/h/ip"}
"""How often one network address may fill in the form."""


def _open_session(request: HttpRequest, slug: str) -> SessionPage:
    """A public session that guests may come to.

    Raises:
        Http404: there is none.

    """
    page: SessionPage | None = (
        SessionPage.objects.visible_to(request.user).with_seats().filter(slug=slug).first()
    )
    if page is None or not guests.is_open(page):
        raise Http404
    return page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Fill in who comes. The answer is the same for every address."""
    page = _open_session(request, slug)
    address = page.get_url(request)
    if not standing(page).takes_registrations:
        return redirect(address)
    form = GuestForm(request.POST if request.method == "POST" else None, page=page)
    if request.method == "POST":
        if not ratelimit.consume(request, app="lnpo", action="guest", config=LIMITS):
            return ratelimit.respond_429(request)  # type: ignore[no-any-return]
        if form.is_valid():
            guests.ask(page, form.guest(), get_language() or "nl")
            return redirect("sessions:guest_sent", page.slug)
    return render(
        request, "lnpo_sessions/guest_ask.html", {"form": form, "page": page, "page_address": address}
    )


@require_safe
def guest_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Look in your mail."""
    page = _open_session(request, slug)
    return render(
        request, "lnpo_sessions/guest_sent.html", {"page": page, "page_address": page.get_url(request)}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm or cancel with a click; a mail scanner that only looks does neither."""
    asked = guests.find(token)
    if asked is None:
        return _quiet(render(request, "lnpo_sessions/guest_gone.html", status=410))
    refusal, status = "", 200
    if request.method == "POST":
        try:
            if request.POST.get("action") == "cancel":
                guests.cancel_as_guest(asked)
            else:
                guests.confirm(asked)
        except guests.MembersRegisterError:
            status = 409
        except RegistrationRefusedError as error:
            refusal, status = str(error), 409
        else:
            return _quiet(redirect("sessions:guest_answer", token))
    registration = asked.registration
    live = registration is not None and registration.is_live
    context = {
        "asked": asked,
        "registration": registration,
        "refusal": refusal,
        "is_member": not live and guests.is_member_address(asked.email),
    }
    return _quiet(render(request, "lnpo_sessions/guest_answer.html", context, status=status))


def _quiet(response: HttpResponse) -> HttpResponse:
    """The address of this page is a key: it goes nowhere else."""
    response["Referrer-Policy"] = "no-referrer"
    return response
