"""What an engine is asked, and what it answers."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from lnpo.search.models import SearchEntry

BEST, NEWEST = "best", "newest"
FACETS = ("kind", "topic", "area", "sector", "level", "role", "evidence", "organisation", "year")
"""The properties by which results can be narrowed, in the order of the page."""


class EngineAwayError(Exception):
    """Raised when an engine does not answer in time; another one answers then."""


@dataclass(frozen=True)
class Question:
    """What somebody asks.

    ``organisations`` are those whose own things this person may find beside what is public; ``chosen`` maps
    the name of a facet to the values of which one must hold.
    """

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    organisations: tuple[UUID, ...] = ()
    sort: str = BEST
    start: int = 0
    size: int = 10


@dataclass
class Answer:
    """What an engine found: ids of entries in their order, how many there are, and counts per facet.

    The counts of a facet leave out what was chosen in that facet itself, so that a second value can be added.
    """

    ids: list[int] = field(default_factory=list)
    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    some: bool = False
    """Nothing has all words; these have some of them."""


class Engine(Protocol):
    """Finds entries. What it returns is only a proposal: the service looks again who may see it."""

    def write(self, entries: list[SearchEntry]) -> None:
        """Keep the terms of these entries."""

    def remove(self, ids: list[int]) -> None:
        """Forget these entries."""

    def search(self, question: Question) -> Answer:
        """Find.

        Raises:
            EngineAwayError: no answer in time.

        """

    def suggest(self, text: str, organisations: tuple[UUID, ...], size: int) -> list[int]:
        """Entries whose title fits what somebody is typing."""

    def rebuilding(self) -> AbstractContextManager[Callable[[Iterable[SearchEntry]], None]]:
        """Fill a new index beside the old one; it takes over when the block ends well."""

    def repair(self) -> int:
        """Make the index equal to the projection; say how many entries were missing or too many."""

    def is_well(self) -> bool:
        """Whether it answers."""


def facets_of(entry: SearchEntry) -> list[tuple[str, str]]:
    """Names and values of an entry; uses what was prefetched."""
    rows: Any = entry.facets.all()
    return [(facet.name, facet.value) for facet in rows]
