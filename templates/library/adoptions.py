"""How many organisations adopted a template: asked of the workspace, which the library does not know."""

from collections.abc import Callable, Iterable
from uuid import UUID

Counter = Callable[[list[UUID]], dict[UUID, int]]
_counters: list[Counter] = []


def register_adoption_counter(counter: Counter) -> Counter:
    """Let ``counter`` answer, for a list of template uids, how many organisations adopted each."""
    if counter not in _counters:
        _counters.append(counter)
    return counter


def adopted_by(template_uids: Iterable[UUID]) -> dict[UUID, int]:
    """Per template uid the number of organisations; a template nobody adopted is left out."""
    uids = list(template_uids)
    totals: dict[UUID, int] = {}
    for counter in _counters:
        for uid, number in counter(uids).items():
            totals[uid] = totals.get(uid, 0) + number
    return totals
