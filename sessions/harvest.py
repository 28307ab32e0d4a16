"""What came of a session: apps above this one say which practice they know of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sessions.models import SessionPage


@dataclass(frozen=True)
class Harvest:
    """One thing that came from a session, with its address."""

    title: str
    url: str


Source = Callable[[SessionPage, Any], Iterable[Harvest]]
"""Takes a session and who looks."""
_sources: list[Source] = []


def comes_from_sessions(source: Source) -> Source:
    """Register a function that names what came from a session, in a constant number of queries."""
    if source not in _sources:
        _sources.append(source)
    return source


def harvest_of(page: SessionPage, user: Any) -> list[Harvest]:
    """All that came from ``page`` and that ``user`` may see."""
    return [item for source in _sources for item in source(page, user)]
