"""Merge two later forms of the content of a template by their common base: pure, knows no rows.

A content is ``{"goal": {…}, "indicators": [{"uid": …}, …], "activities": […], "resources": […], …}``.
*Base* is what both started from, *mine* how it became here, *theirs* how it became in the library. Nothing
that was changed, removed or added here gives way unless somebody chooses so.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Content = dict[str, Any]
Node = dict[str, Any]

LISTS = ("indicators", "activities", "resources", "questions")
FIELDS: dict[str, tuple[str, ...]] = {
    "goal": ("title", "rationale", "strategic_objective", "legal_reference", "theme"),
    "indicators": ("name", "kind", "unit", "direction", "level", "measurement", "source", "frequency"),
    "activities": ("title", "level", "role", "period"),
    "resources": ("kind",),
    "questions": ("phase", "text"),
}
LONGEST: dict[tuple[str, str], int | None] = {
    ("goal", "title"): 255,
    ("goal", "rationale"): None,
    ("goal", "strategic_objective"): None,
    ("indicators", "name"): 255,
    ("indicators", "measurement"): None,
    ("activities", "title"): 255,
    ("activities", "period"): 120,
    ("questions", "text"): None,
}
"""Free texts, of which both can be kept, and how many characters fit (``None``: all)."""
MINE, THEIRS, BOTH = "mine", "theirs", "both"
PRESENCE, ORDER = "presence", "order"


@dataclass(frozen=True)
class Difference:
    """One thing that the library changed and that is not so here yet.

    ``field`` is a field of the node, :data:`PRESENCE` (the node is new or gone; ``None`` is "not there") or
    :data:`ORDER` (lists of uids). ``conflict`` means that it was changed here too.
    """

    kind: str
    uid: str
    field: str
    base: Any
    mine: Any
    theirs: Any
    conflict: bool

    @property
    def key(self) -> str:
        """What a choice is filed under."""
        return f"{self.kind}:{self.uid}:{self.field}"

    @property
    def default(self) -> str:
        """What happens when nobody chooses: what was done here stands, the rest follows the library."""
        return MINE if self.conflict else THEIRS

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen."""
        return (MINE, THEIRS, BOTH) if self.conflict and self.together is not None else (MINE, THEIRS)

    @property
    def together(self) -> str | None:
        """Both texts in one, mine first; ``None`` where that cannot be."""
        longest = LONGEST.get((self.kind, self.field), 0)
        if longest == 0 or not self.mine or not self.theirs:
            return None
        text = f"{self.mine}\n\n{self.theirs}" if longest is None else f"{self.mine} / {self.theirs}"
        return text if longest is None or len(text) <= longest else None


def differences(
    base: Content, mine: Content, theirs: Content, kept: Collection[str] = ()
) -> list[Difference]:
    """What the library changed since ``base`` and is not the same in ``mine``.

    ``kept`` names nodes that carry something of one's own (a measurement, an amount): the library cannot
    take them away without being told to.
    """
    found = list(_of_fields("goal", "", base["goal"], mine["goal"], theirs["goal"]))
    for kind in LISTS:
        old, own, new = (_by_uid(content[kind]) for content in (base, mine, theirs))
        for uid in dict.fromkeys([*own, *new]):
            found.extend(_of_node(kind, uid, old.get(uid), own.get(uid), new.get(uid), uid in kept))
        order = _of_order(kind, old, own, new)
        if order is not None:
            found.append(order)
    return found


def merged(
    mine: Content, theirs: Content, found: Iterable[Difference], choices: Mapping[str, str]
) -> Content:
    """``mine`` with every difference decided: as chosen, or by its default."""
    decided = {item.key: (item, _choice(item, choices)) for item in found}
    result: Content = {"goal": dict(mine["goal"])}
    for item, choice in decided.values():
        if item.kind == "goal":
            result["goal"][item.field] = _value(item, choice)
    for kind in LISTS:
        result[kind] = _merged_list(kind, mine[kind], theirs[kind], decided)
    return result


def same(mine: Content, theirs: Content) -> bool:
    """Whether both say the same, whatever else they carry."""
    if not _equal("goal", mine["goal"], theirs["goal"]):
        return False
    return all(
        [node["uid"] for node in mine[kind]] == [node["uid"] for node in theirs[kind]]
        and all(_equal(kind, one, other) for one, other in zip(mine[kind], theirs[kind], strict=True))
        for kind in LISTS
    )


def _by_uid(nodes: list[Node]) -> dict[str, Node]:
    return {node["uid"]: node for node in nodes}


def _equal(kind: str, one: Node, other: Node) -> bool:
    return all(one.get(field, "") == other.get(field, "") for field in FIELDS[kind])


def _of_fields(kind: str, uid: str, base: Node | None, mine: Node, theirs: Node) -> Iterable[Difference]:
    for field in FIELDS[kind]:
        old = base.get(field, "") if base is not None else None
        own, new = mine.get(field, ""), theirs.get(field, "")
        if new not in (old, own):
            yield Difference(kind, uid, field, old, own, new, conflict=own != old)


def _of_node(
    kind: str, uid: str, base: Node | None, mine: Node | None, theirs: Node | None, kept: bool
) -> Iterable[Difference]:
    if mine is not None and theirs is not None:
        yield from _of_fields(kind, uid, base, mine, theirs)
    elif mine is not None and base is not None:
        touched = kept or not _equal(kind, base, mine)
        yield Difference(kind, uid, PRESENCE, base, mine, None, conflict=touched)
    elif theirs is not None and base is None:
        yield Difference(kind, uid, PRESENCE, None, None, theirs, conflict=False)
    elif theirs is not None and base is not None and not _equal(kind, base, theirs):
        yield Difference(kind, uid, PRESENCE, base, None, theirs, conflict=True)


def _of_order(
    kind: str, base: dict[str, Node], mine: dict[str, Node], theirs: dict[str, Node]
) -> Difference | None:
    shared = base.keys() & mine.keys() & theirs.keys()
    old, own, new = ([uid for uid in nodes if uid in shared] for nodes in (base, mine, theirs))
    if new in (old, own):
        return None
    return Difference(kind, "", ORDER, old, own, new, conflict=own != old)


def _choice(item: Difference, choices: Mapping[str, str]) -> str:
    chosen = choices.get(item.key, "")
    return chosen if chosen in item.choices else item.default


def _value(item: Difference, choice: str) -> Any:
    if choice == BOTH:
        return item.together
    return item.theirs if choice == THEIRS else item.mine


def _merged_list(
    kind: str, mine: list[Node], theirs: list[Node], decided: dict[str, tuple[Difference, str]]
) -> list[Node]:
    nodes = {node["uid"]: dict(node) for node in mine}
    first, second = mine, theirs
    for item, choice in decided.values():
        if item.kind != kind:
            continue
        if item.field == ORDER:
            if choice == THEIRS:
                first, second = theirs, mine
        elif item.field != PRESENCE:
            nodes[item.uid][item.field] = _value(item, choice)
        elif choice == THEIRS and item.theirs is None:
            del nodes[item.uid]
        elif choice == THEIRS:
            nodes[item.uid] = dict(item.theirs)
    return [nodes[uid] for uid in _sequence(first, second) if uid in nodes]


def _sequence(first: list[Node], second: list[Node]) -> list[str]:
    """All uids in the order of ``first``; what only ``second`` has comes after what it follows there."""
    order = [node["uid"] for node in first]
    known = set(order)
    before = None
    for node in second:
        uid = node["uid"]
        if uid not in known:
            order.insert(order.index(before) + 1 if before in known else 0, uid)
            known.add(uid)
        before = uid
    return order
