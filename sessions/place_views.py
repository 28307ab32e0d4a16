"""What somebody does with a place: say yes to an offer, switch, hand it over, take it over."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lnpo.accounts.models import User
from sessions.enums import AttendanceForm, RegistrationState
from sessions.handing_over import link_for, may_hand_over, offer_to_colleague, take_over, withdraw
from sessions.models import HandOver, SessionPage
from sessions.moving import may_switch, switch_form
from sessions.offers import accept_offer
from sessions.refusals import NoSeatThereError, OfferEndedError, RegistrationRefusedError
from sessions.standing import standing
from sessions.views import form_page, own_registration_or_404, refused, session_or_404


def _context(request: HttpRequest, page: SessionPage) -> dict[str, object]:
    return {"page": page, "page_address": page.get_url(request)}


@form_page
@login_required
def offer_accept(request: HttpRequest, slug: str) -> HttpResponse:
    """Yes to the seat that is offered; who says no cancels."""
    user, page = cast(User, request.user), session_or_404(request, slug)
    registration = own_registration_or_404(user, page)
    if registration.state == RegistrationState.CONFIRMED:
        return redirect(page.get_url(request))
    if registration.state != RegistrationState.OFFERED:
        return refused(request, page, str(OfferEndedError()))
    if request.method == "POST":
        try:
            accept_offer(user, registration)
        except RegistrationRefusedError as refusal:
            return refused(request, page, str(refusal))
        messages.success(request, _("The seat is yours. The confirmation is on its way to your mailbox."))
        return redirect(page.get_url(request))
    context = _context(request, page) | {"registration": registration}
    return render(request, "lnpo_sessions/offer_accept.html", context)


@form_page
@login_required
def place_switch(request: HttpRequest, slug: str) -> HttpResponse:
    """Take part online in place of on site, or the other way round."""
    user, page = cast(User, request.user), session_or_404(request, slug)
    registration = own_registration_or_404(user, page)
    others = [pool for pool in page.all_pools if pool.pk != registration.pool_id]
    if not others or not may_switch(page):
        raise Http404
    other = others[0]
    if request.method == "POST":
        try:
            switch_form(user, registration, AttendanceForm(other.form))
        except NoSeatThereError as refusal:
            messages.info(request, str(refusal))
            return redirect(page.get_url(request))
        except RegistrationRefusedError as refusal:
            return refused(request, page, str(refusal))
        messages.success(request, _("You switched. A mail with how it is now is on its way."))
        return redirect(page.get_url(request))
    context = _context(request, page) | {"registration": registration, "other": other}
    return render(request, "lnpo_sessions/place_switch.html", context)


@never_cache
@form_page
@login_required
def place_hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link for a colleague, or take it back."""
    user, page = cast(User, request.user), session_or_404(request, slug)
    registration = own_registration_or_404(user, page)
    if not may_hand_over(registration):
        raise Http404
    if request.method == "POST":
        if "withdraw" in request.POST:
            withdraw(user, registration)
            messages.success(request, _("The link does not work any more. You keep your seat."))
        else:
            offer_to_colleague(user, registration)
        return redirect("sessions:hand_over", slug=page.slug)
    link = HandOver.objects.filter(registration=registration).first()
    address = ""
    if link is not None:
        path = reverse("sessions:take_over", args=[link.pk, link.token])
        address = request.build_absolute_uri(path)
    context = _context(request, page) | {"registration": registration, "address": address}
    return render(request, "lnpo_sessions/place_hand_over.html", context)


@never_cache
@form_page
@login_required
def place_take_over(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """Take over the seat of a colleague; for people of that organisation only."""
    user = cast(User, request.user)
    link = link_for(user, key, token)
    if link is None:
        raise Http404
    giver = link.registration
    page = session_or_404(request, giver.page.slug)
    if giver.user_id == user.pk:
        return redirect("sessions:hand_over", slug=page.slug)
    if request.method == "POST":
        try:
            take_over(user, link)
        except RegistrationRefusedError as refusal:
            return refused(request, page, str(refusal))
        messages.success(request, _("The seat is yours. The confirmation is on its way to your mailbox."))
        return redirect(page.get_url(request))
    context = _context(request, page) | {"giver": giver, "standing": standing(page)}
    return render(request, "lnpo_sessions/place_take_over.html", context)
