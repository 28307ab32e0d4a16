"""What waits for somebody, from all apps, on the start page of a member.

An app announces itself with :func:`waits_for_me` in ``AppConfig.ready``; the start page knows none of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

MOST = 12
"""How many things the start page shows; each app says the rest on pages of its own."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody, with the link that does it.

    ``action`` is a verb ("Report"), ``text`` names the thing, ``about`` says to what it belongs;
    ``due`` is the last day on which it is on time, ``late_days`` how long ago that was.
    """

    text: str
    about: str
    url: str
    action: str
    due: date | None = None
    late_days: int = 0


Source = Callable[[Any], Iterable[Waiting]]
"""Takes a user."""
_sources: list[Source] = []


def waits_for_me(source: Source) -> Source:
    """Register a function that names what waits for a person, in a constant number of queries."""
    if source not in _sources:
        _sources.append(source)
    return source


def waiting_for_me(user: Any) -> list[Waiting]:
    """Everything that waits for ``user``: what is due first comes first, what has no date last."""
    found = [item for source in _sources for item in source(user)]
    return sorted(found, key=lambda item: item.due or date.max)[:MOST]
