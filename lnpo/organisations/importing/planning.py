"""What a list would change: new, changed and no longer there; and what is left to POS."""

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lnpo.organisations.directory import SCHEME_OF_KIND
from lnpo.organisations.importing.reading import Entry, Reading, Remark
from lnpo.organisations.models import (
    AccessRole,
    CodeScheme,
    Membership,
    Organisation,
    OrganisationCode,
    OrganisationKind,
    OrganisationLink,
    today,
)

FIELDS = ["name", "place", "website", "sector", "school_type"]


@dataclass
class Change:
    """What a list says differently about an organisation that we have."""

    organisation: Organisation
    entry: Entry
    fields: dict[str, tuple[str, str]]
    kvk: str = ""


@dataclass(frozen=True)
class Link:
    """A link that begins: codes of both; ``replaces`` is the board at which the school was until now."""

    parent: str
    child: str
    replaces: str = ""


@dataclass
class Plan:
    """The preview. It is carried out as a whole, and only when it has no errors."""

    new: list[Entry] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    gone: list[Organisation] = field(default_factory=list)
    left: list[Remark] = field(default_factory=list)
    errors: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    same: int = 0

    @property
    def does_nothing(self) -> bool:
        """Whether everything in the list is known already."""
        return not (self.new or self.changed or self.links)

    def fingerprint(self) -> str:
        """The same for two plans that do the same."""
        parts = [
            [asdict(entry) for entry in self.new],
            [[str(c.organisation.pk), c.fields, c.kvk] for c in self.changed],
            [asdict(link) for link in self.links],
            [asdict(remark) for remark in self.errors],
        ]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def counts(self) -> dict[str, int]:
        """How many of each, for the record of the import."""
        names = ("new", "changed", "links", "gone", "left", "errors")
        return {name: len(getattr(self, name)) for name in names} | {"same": self.same}


class Known:
    """What the network knows, read at once: three queries, whatever the length of the list."""

    def __init__(self) -> None:
        self.organisations = {organisation.pk: organisation for organisation in Organisation.objects.all()}
        self.by_code: dict[str, Organisation] = {}
        self.codes: dict[Any, set[str]] = defaultdict(set)
        self.kvk: set[str] = set()
        self.with_kvk: set[Any] = set()
        for scheme, value, pk in OrganisationCode.objects.values_list("scheme", "value", "organisation"):
            if scheme == CodeScheme.KVK:
                self.kvk.add(value)
                self.with_kvk.add(pk)
            else:
                self.by_code[value] = self.organisations[pk]
                self.codes[pk].add(value)
        self.parents: dict[Any, set[Any]] = defaultdict(set)
        self.children: dict[Any, set[Any]] = defaultdict(set)
        for parent, child in OrganisationLink.objects.current().values_list("parent", "child"):
            self.parents[child].add(parent)
            self.children[parent].add(child)

    def below(self, organisation: Organisation) -> set[Any]:
        """Everything that belongs to ``organisation``, directly or through a board."""
        first = self.children[organisation.pk]
        return first | {child for board in first for child in self.children[board]}

    def partnerships_of(self, pk: Any) -> set[Any]:
        """The samenwerkingsverbanden to which an organisation belongs, directly or through its board."""
        above = self.parents[pk] | {top for parent in self.parents[pk] for top in self.parents[parent]}
        return {one for one in above if self.organisations[one].kind == OrganisationKind.SWV}

    def code_of(self, pk: Any) -> str:
        """One code of an organisation, or its name when it has none."""
        return min(self.codes[pk], default=self.organisations[pk].name)


class Planner:
    """Compares a reading with what is known, within what the sender may change."""

    def __init__(self, reading: Reading, partnership: Organisation | None) -> None:
        self.reading, self.partnership = reading, partnership
        self.known, self.plan = Known(), Plan(errors=list(reading.errors), remarks=list(reading.remarks))
        self.own = self.known.below(partnership) if partnership else set()
        managing = Membership.objects.current().filter(access_role=AccessRole.MANAGER)
        self.independent = set(managing.values_list("organisation", flat=True)) if partnership else set()
        self.left: set[str] = set()

    def make(self) -> Plan:
        """The whole plan."""
        order = [OrganisationKind.SWV, OrganisationKind.BOARD, OrganisationKind.SCHOOL]
        for kind in order:
            for entry in self.reading.entries.values():
                if entry.kind is kind:
                    self._weigh(entry)
        for belonging in self.reading.belongings:
            self._belong(belonging)
        self.plan.links = list(dict.fromkeys(self.plan.links))
        self._find_gone()
        return self.plan

    def _error(self, row: Any, text: str) -> None:
        self.plan.errors.append(Remark(row.file, row.line, text))

    def _leave(self, entry: Entry, text: str) -> None:
        self.left.add(entry.code)
        self.plan.left.append(Remark(entry.file, entry.line, f"{entry.name} ({entry.code}): {text}"))

    def _weigh(self, entry: Entry) -> None:
        organisation = self.known.by_code.get(entry.code)
        if organisation is not None and organisation.kind != entry.kind:
            self._error(entry, _("%(code)s belongs to another kind of organisation.") % {"code": entry.code})
            return
        if organisation is not None and organisation.has_ended:
            self._leave(entry, _("this organisation has ended; it stays as it is."))
            return
        if not self._may(entry, organisation) or not self._parents_are_known(entry):
            return
        if organisation is None:
            self.plan.new.append(entry)
        else:
            self._compare(organisation, entry)
        self._link(entry, organisation)

    def _may(self, entry: Entry, organisation: Organisation | None) -> bool:
        """Whether the sender may add or change this; POS may all."""
        if self.partnership is None:
            return True
        if entry.kind is OrganisationKind.SWV:
            if organisation == self.partnership:
                return True
            self._error(entry, _("Only POS adds or changes a samenwerkingsverband."))
            return False
        others = set(entry.partnerships) - self.known.codes[self.partnership.pk]
        if others:
            self._error(
                entry,
                _("%(code)s is not your samenwerkingsverband.") % {"code": ", ".join(sorted(others))},
            )
            return False
        if entry.board in self.left:
            self._leave(entry, _("its board is left to POS, so the school is as well."))
            return False
        if organisation is None:
            return True
        if organisation.pk not in self.own:
            self._leave(entry, _("already in the network, but not linked to you. POS makes that link."))
            return False
        shared = self.known.partnerships_of(organisation.pk) - {self.partnership.pk}
        if (shared or organisation.pk in self.independent) and self._differs(organisation, entry):
            self._leave(entry, _("is also of others, or describes itself. It stays as it is."))
            return False
        return True

    def _parents_are_known(self, entry: Entry) -> bool:
        unknown = [code for code in entry.partnerships if not self._exists(code, OrganisationKind.SWV)]
        if entry.board and not self._exists(entry.board, OrganisationKind.BOARD):
            unknown.append(entry.board)
        for code in unknown:
            self._error(entry, _("%(code)s stands neither in your list nor in the network.") % {"code": code})
        if entry.board and self.partnership and not unknown:
            board = self.known.by_code.get(entry.board)
            if board is not None and board.pk not in self.own:
                self._leave(entry, _("its board is not linked to you. POS makes that link."))
                return False
        return not unknown

    def _exists(self, code: str, kind: OrganisationKind) -> bool:
        entry, organisation = self.reading.entries.get(code), self.known.by_code.get(code)
        return (entry is not None and entry.kind is kind) or (
            organisation is not None and organisation.kind == kind
        )

    def _differs(self, organisation: Organisation, entry: Entry) -> bool:
        """Whether the list says something else about what we know; links with the own SWV apart."""
        parents = {code for pk in self.known.parents[organisation.pk] for code in self.known.codes[pk]}
        return bool(_differences(organisation, entry)) or bool(entry.board and entry.board not in parents)

    def _compare(self, organisation: Organisation, entry: Entry) -> None:
        fields = _differences(organisation, entry)
        lacks = organisation.pk not in self.known.with_kvk and entry.kvk not in self.known.kvk
        kvk = entry.kvk if lacks else ""
        if fields or kvk:
            self.plan.changed.append(Change(organisation, entry, fields, kvk))
        else:
            self.plan.same += 1

    def _link(self, entry: Entry, organisation: Organisation | None) -> None:
        parents = self.known.parents[organisation.pk] if organisation else set()
        wanted = list(entry.partnerships)
        if self.partnership and entry.kind is not OrganisationKind.SWV and not wanted:
            wanted = [self.known.code_of(self.partnership.pk)]
        for code in wanted:
            parent = self.known.by_code.get(code)
            if parent is None or parent.pk not in parents:
                self.plan.links.append(Link(code, entry.code))
        if entry.kind is OrganisationKind.SCHOOL:
            self._link_board(entry, parents)

    def _link_board(self, entry: Entry, parents: set[Any]) -> None:
        boards = [pk for pk in parents if self.known.organisations[pk].kind == OrganisationKind.BOARD]
        if not entry.board:
            if not boards:
                self.plan.remarks.append(
                    Remark(entry.file, entry.line, _("This school has no board in the list."))
                )
            return
        board = self.known.by_code.get(entry.board)
        if board is None or board.pk not in boards:
            replaces = self.known.code_of(boards[0]) if boards else ""
            self.plan.links.append(Link(entry.board, entry.code, replaces))

    def _belong(self, row: Any) -> None:
        own = self.known.codes[self.partnership.pk] if self.partnership else {row.partnership}
        if row.partnership not in own:
            self._error(row, _("%(code)s is not your samenwerkingsverband.") % {"code": row.partnership})
            return
        if not self._exists(row.partnership, OrganisationKind.SWV):
            self._error(
                row,
                _("%(code)s stands neither in your list nor in the network.") % {"code": row.partnership},
            )
            return
        schools = [code for code in self._school_codes() if code.startswith(row.location)]
        if not schools:
            self._error(
                row, _("%(code)s stands neither in your list nor in the network.") % {"code": row.location}
            )
        parent = self.known.by_code.get(row.partnership)
        for code in schools:
            school = self.known.by_code.get(code)
            linked = school is not None and parent is not None and parent.pk in self.known.parents[school.pk]
            foreign = self.partnership is not None and school is not None and school.pk not in self.own
            if foreign or code in self.left:
                self.plan.left.append(
                    Remark(row.file, row.line, _("%(code)s: POS makes this link.") % {"code": code})
                )
            elif not linked:
                self.plan.links.append(Link(row.partnership, code))

    def _school_codes(self) -> list[str]:
        if not hasattr(self, "_schools"):
            known = [c for c, o in self.known.by_code.items() if o.kind == OrganisationKind.SCHOOL]
            listed = [c for c, e in self.reading.entries.items() if e.kind is OrganisationKind.SCHOOL]
            self._schools = sorted({*known, *listed})
        return self._schools

    def _find_gone(self) -> None:
        """What we have of these kinds and the list does not: shown, and left as it is."""
        day = today()
        for organisation in self.known.organisations.values():
            if organisation.kind not in self.reading.kinds or organisation.kind == OrganisationKind.OTHER:
                continue
            if self.partnership is not None and organisation.pk not in self.own:
                continue
            alive = organisation.ends_on is None or organisation.ends_on >= day
            codes = self.known.codes[organisation.pk]
            if alive and codes and not codes & self.reading.entries.keys():
                self.plan.gone.append(organisation)
        self.plan.gone.sort(key=lambda one: (one.kind, one.name))


def _differences(organisation: Organisation, entry: Entry) -> dict[str, tuple[str, str]]:
    found = {}
    for name in FIELDS:
        old, new = getattr(organisation, name), getattr(entry, name)
        if new and new != old and not (name == "place" and new.casefold() == old.casefold()):
            found[name] = (old, new)
    return found


def scheme_of(kind: OrganisationKind) -> CodeScheme:
    """The register from which codes of this kind come."""
    return SCHEME_OF_KIND[kind]
