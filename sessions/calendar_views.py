"""Calendars to subscribe to: one of all sessions for everybody, and a private one per member."""

from datetime import timedelta
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lnpo.accounts.models import User
from lnpo.page_cache import mark_public
from sessions import calendar
from sessions.feeds import feed_of, renew_feed, revoke_feed
from sessions.models import CalendarFeed, Registration, SessionPage
from sessions.views import form_page

LOOK_BACK = timedelta(days=60)
MIME = "text/calendar; charset=utf-8"


@require_safe
def public_calendar(request: HttpRequest) -> HttpResponse:
    """All published sessions, from two months ago on."""
    since = timezone.now() - LOOK_BACK
    pages = SessionPage.objects.visible_to(request.user).upcoming(since).prefetch_related(None)
    response = HttpResponse(calendar.public_feed(pages), content_type=MIME)
    return response if request.user.is_authenticated else mark_public(response)


@never_cache
@require_safe
def private_calendar(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """The sessions of the one person whose secret address this is, for a calendar program."""
    feed = CalendarFeed.objects.select_related("user").filter(pk=key, user__is_active=True).first()
    if feed is None or not feed.is_token(token):
        raise Http404
    mine = Registration.objects.in_calendar_of(feed.user, timezone.now() - LOOK_BACK)
    return HttpResponse(calendar.private_feed(mine), content_type=MIME)


@never_cache
@form_page
@login_required
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Get a secret address for a calendar program, renew it, or take it away."""
    user = cast(User, request.user)
    if request.method == "POST":
        if "revoke" in request.POST:
            revoke_feed(user)
            messages.success(request, _("The address does not work any more."))
        else:
            renew_feed(user)
            messages.success(request, _("This is your new address. An earlier one does not work any more."))
        return redirect("sessions:my_calendar")
    feed = feed_of(user)
    address = ""
    if feed is not None:
        path = reverse("sessions:private_calendar", args=[feed.pk, feed.token])
        address = request.build_absolute_uri(path)
    context = {
        "address": address,
        "public_address": request.build_absolute_uri(reverse("sessions:public_calendar")),
    }
    return render(request, "lnpo_sessions/my_calendar.html", context)
