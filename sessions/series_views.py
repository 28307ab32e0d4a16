"""The page of a series: choose a date."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lnpo.page_cache import mark_public
from sessions.models import SessionPage, SessionSeries
from sessions.standing import attach_standing


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """A theme with all its dates; a series without a published date does not exist for the public."""
    found = get_object_or_404(SessionSeries, slug=slug)
    pages = SessionPage.objects.visible_to(request.user).filter(series=found)
    upcoming, past = list(pages.upcoming()), list(pages.past())
    if not upcoming and not past:
        raise Http404
    attach_standing([*upcoming, *past], request.user)
    context = {"series": found, "upcoming": upcoming, "past": past}
    response = render(request, "lnpo_sessions/series.html", context)
    return response if request.user.is_authenticated else mark_public(response)
