"""The start page of a member, and what robots may read."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledge.models import PracticePage
from lnpo.accounts.models import User
from lnpo.organisations.models import memberships_of
from lnpo.ui.waiting import waiting_for_me
from sessions.models import Registration, SessionPage
from sessions.standing import attach_standing
from templates.workspace.overview import workspaces_of

PRIVATE = ("/account/", "/beheer/", "/mijn/", "/organisaties/", "/werkruimte/")


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Mijn LNPO: my coming sessions, what waits for me, my workspaces, and what is new."""
    user = request.user
    assert isinstance(user, User)
    mine = list(Registration.objects.upcoming_of(user))
    taken = {registration.page_id for registration in mine}
    others = SessionPage.objects.upcoming().exclude(pk__in=taken).with_seats()[:2]
    context = {
        "registrations": mine,
        "memberships": memberships_of(user),
        "tasks": waiting_for_me(user),
        "workspaces": workspaces_of(user),
        "sessions": attach_standing(list(others), user),
        "practice": list(PracticePage.objects.published()[:2]),
    }
    return render(request, "home/start.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The public site may be found; what is for members may not."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in PRIVATE),
    ]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
