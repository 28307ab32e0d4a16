"""What came from a session: the practice that names it."""

from collections.abc import Iterable
from typing import Any

from knowledge.models import PracticePage
from sessions.harvest import Harvest, comes_from_sessions
from sessions.models import SessionPage


@comes_from_sessions
def practice_of_session(page: SessionPage, user: Any) -> Iterable[Harvest]:
    """Published practice, newest first."""
    found = PracticePage.objects.published().filter(session=page.pk)[:20]
    return [Harvest(practice.title, practice.get_url() or "") for practice in found]
