"""How long a web session lives: it ends when nobody uses it, and after a fixed time in any case."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

IDLE = timedelta(hours=8)
"""A session that is not used for so long has ended."""
LONGEST = timedelta(days=14)
"""A session of a member ends after this time, however much it is used."""
LONGEST_STAFF = timedelta(hours=12)
"""The same for POS staff, who can change the site."""
NOTED_EVERY = timedelta(minutes=10)
"""How exactly use is noted; each note is a write."""
BEGAN, SEEN = "session_began", "session_seen"


class SessionLimitsMiddleware:
    """End sessions that are over, before anything is shown to whoever holds the cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the session of a signed-in person only."""
        user: Any = request.user
        if user.is_authenticated:
            now = timezone.now().timestamp()
            began = request.session.setdefault(BEGAN, now)
            seen = request.session.get(SEEN, began)
            longest = LONGEST_STAFF if user.is_pos else LONGEST
            if now - seen > IDLE.total_seconds() or now - began > longest.total_seconds():
                logout(request)
                messages.info(request, _("You were signed out because some time has passed. Sign in again."))
            elif SEEN not in request.session or now - seen > NOTED_EVERY.total_seconds():
                request.session[SEEN] = now
        return self.get_response(request)
