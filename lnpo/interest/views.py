"""Pages of the interest list: fill in, look in your mail, confirm, stop."""

from allauth.core.internal import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from lnpo.interest import subscribing

LIMITS = {"interest": "10/h/ip"}
"""How often one network address may fill in the form."""


class InterestForm(forms.Form):
    """One address."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a link there. You are on the list once you have clicked it."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Fill in an address. The answer is the same for every address."""
    form = InterestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not ratelimit.consume(request, app="lnpo", action="interest", config=LIMITS):
            return ratelimit.respond_429(request)  # type: ignore[no-any-return]
        if form.is_valid():
            subscribing.ask(form.cleaned_data["email"], get_language() or "nl")
            return redirect("interest:sent")
    return render(request, "interest/subscribe.html", {"form": form})


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Look in your mail."""
    return render(request, "interest/sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm with a click; a mail scanner that only looks confirms nothing."""
    one = subscribing.to_confirm(token)
    if one is None:
        return _quiet(render(request, "interest/gone.html", status=410))
    if request.method == "POST":
        subscribing.confirm(one)
    done = request.method == "POST"
    return _quiet(render(request, "interest/confirm.html", {"email": one.email, "done": done}))


@csrf_exempt  # a mail program posts here by itself (RFC 8058); the token in the address is the right to do it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Leave the list with one click. Who has left already reads the same."""
    if request.method == "POST":
        subscribing.stop(token)
        return _quiet(render(request, "interest/stop.html", {"done": True}))
    return _quiet(render(request, "interest/stop.html", {"done": subscribing.to_stop(token) is None}))


def _quiet(response: HttpResponse) -> HttpResponse:
    """The address of this page is a key: it goes nowhere else."""
    response["Referrer-Policy"] = "no-referrer"
    return response
