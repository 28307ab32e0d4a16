"""Rows of a list as entries: codes and names as we write them, or a sentence that says what is wrong."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from lnpo.organisations.importing.layouts import EXAMPLES, LINKS, Layout, heading_key, known_as, layout_of
from lnpo.organisations.models import OrganisationKind
from lnpo.topics.models import Sector
from lnpo.ui.tables import Line, Table, UnreadableTableError, read_table

PATTERNS = {
    OrganisationKind.SWV: re.compile(r"(PO|VO)\d{4}", re.ASCII),
    OrganisationKind.BOARD: re.compile(r"\d{5}", re.ASCII),
    OrganisationKind.SCHOOL: re.compile(r"\d{2}[A-Z]{2}\d{2}", re.ASCII),
}
BRIN = re.compile(r"\d{2}[A-Z]{2}", re.ASCII)
KVK = re.compile(r"\d{8}", re.ASCII)
SMALL_WORDS = {"aan", "de", "den", "der", "en", "het", "in", "op", "te", "ten", "ter", "van", "bij"}
SECTORS = {"bo": "po", "sbo": "po", "so": "po", "po": "po", "vo": "vo", "pro": "vo", "vso": "vo"}
is_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Remark:
    """What there is to say about a row: in which file, which row, and what."""

    file: str
    line: int
    text: str


@dataclass(frozen=True)
class Entry:
    """One organisation as a list describes it; what the list leaves empty is left as it is."""

    file: str
    line: int
    kind: OrganisationKind
    code: str
    name: str
    place: str = ""
    website: str = ""
    sector: str = ""
    school_type: str = ""
    kvk: str = ""
    board: str = ""
    partnerships: tuple[str, ...] = ()


@dataclass(frozen=True)
class Belonging:
    """A row of a list of links: the locations of one school (or one of them) belong to a partnership."""

    file: str
    line: int
    partnership: str
    location: str


@dataclass
class Reading:
    """All that was read."""

    entries: dict[str, Entry] = field(default_factory=dict)
    belongings: list[Belonging] = field(default_factory=list)
    kinds: set[OrganisationKind] = field(default_factory=set)
    errors: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


class RowError(ValueError):
    """Raised for a row that cannot be taken in; the message says why."""


def read_all(files: Iterable[tuple[str, bytes]]) -> Reading:
    """Read every file; what is wrong with a file or a row becomes an error of the reading."""
    reading = Reading()
    for name, content in files:
        try:
            table = read_table(content)
        except UnreadableTableError as error:
            reading.errors.append(Remark(name, 0, str(error)))
            continue
        layout = layout_of(table)
        if layout is None:
            reading.errors.append(Remark(name, 0, _unknown()))
            continue
        _read(reading, name, table, layout)
    return reading


def _unknown() -> str:
    wanted = "; ".join(", ".join(layout.needed) for layout in EXAMPLES.values())
    return _("We do not recognise the columns of this list. We need at least one of: %(wanted)s.") % {
        "wanted": wanted
    }


def _read(reading: Reading, name: str, table: Table, layout: Layout) -> None:
    if not table.lines:
        reading.errors.append(Remark(name, 0, _("There are headings, but no rows below them.")))
    if layout.kind is not None:
        reading.kinds.add(layout.kind)
    columns = _columns(table, layout)
    for line in table.lines:
        values = {ours: line[theirs] for ours, theirs in columns.items()}
        try:
            if layout is LINKS:
                reading.belongings.append(_belonging(name, line, values))
            elif layout.kind is not None:
                _add(reading, _entry(name, line, layout.kind, values))
        except RowError as error:
            reading.errors.append(Remark(name, line.number, str(error)))


def _columns(table: Table, layout: Layout) -> dict[str, str]:
    """For each of our names the heading of this table that means it; of two, the one that we know best."""
    found = {}
    headings = {heading_key(heading): heading for heading in table.headings}
    for ours in layout.columns:
        match = next((headings[key] for key in known_as(layout, ours) if key in headings), None)
        if match is not None:
            found[ours] = match
    return found


def _add(reading: Reading, entry: Entry) -> None:
    """Keep the entry; the same code twice in one list is an error, in two lists they complete each other."""
    known = reading.entries.get(entry.code)
    if known is None:
        reading.entries[entry.code] = entry
        return
    if known.file == entry.file:
        raise RowError(
            _("%(code)s already stands in row %(row)s of this list. Keep one of the two.")
            % {"code": entry.code, "row": known.line}
        )
    if known.name.casefold() != entry.name.casefold():
        text = _("%(code)s has another name in “%(file)s”; we use “%(name)s”.")
        reading.remarks.append(
            Remark(
                entry.file,
                entry.line,
                text % {"code": entry.code, "file": known.file, "name": known.name},
            )
        )
    filled = {
        key: getattr(known, key) or getattr(entry, key)
        for key in ("place", "website", "sector", "school_type", "kvk", "board")
    }
    partnerships = tuple(dict.fromkeys(known.partnerships + entry.partnerships))
    reading.entries[entry.code] = replace(known, **filled, partnerships=partnerships)


def _entry(file: str, line: Line, kind: OrganisationKind, values: dict[str, str]) -> Entry:
    code = _code(kind, values)
    name = " ".join(values["name"].split())
    if not name:
        raise RowError(_("The name is empty."))
    if len(name) > 200:
        raise RowError(_("The name is longer than 200 characters."))
    school_type = " ".join(values.get("school_type", "").split())[:80]
    partnerships = [part for part in re.split(r"[,;|/]", values.get("partnership_code", "")) if part.strip()]
    board = values.get("board_number", "")
    return Entry(
        file=file,
        line=line.number,
        kind=kind,
        code=code,
        name=name,
        place=readable_place(values.get("place", ""))[:120],
        website=_website(values.get("website", "")),
        sector=_sector(kind, code, values.get("sector", ""), school_type),
        school_type=school_type,
        kvk=_kvk(values.get("kvk", "")),
        board=normal_code(OrganisationKind.BOARD, board) if board else "",
        partnerships=tuple(normal_code(OrganisationKind.SWV, part) for part in partnerships),
    )


def _code(kind: OrganisationKind, values: dict[str, str]) -> str:
    raw = values.get("code") or values.get("number") or values.get("vestigingscode") or ""
    brin = values.get("brin", "")
    if kind is OrganisationKind.SCHOOL and brin and len(_plain(raw)) <= 2:
        raw = _plain(brin) + _plain(raw).rjust(2, "0")
    return normal_code(kind, raw)


def normal_code(kind: OrganisationKind, raw: str) -> str:
    """A code as we write it: ``PO2401``, ``30156``, ``01QH01``.

    Raises:
        RowError: it cannot be such a code.

    """
    code = _plain(raw)
    if kind is OrganisationKind.BOARD and code.isascii() and code.isdigit():
        code = code.rjust(5, "0")  # spreadsheets drop noughts in front
    if not code:
        raise RowError(_("The code is empty."))
    if not PATTERNS[kind].fullmatch(code):
        example = {"swv": "PO2401", "board": "30156", "school": "01QH01"}[kind]
        raise RowError(
            _("“%(code)s” is not a code of this kind. It looks like %(example)s.")
            % {"code": raw.strip()[:40], "example": example}
        )
    return code


def _plain(raw: str) -> str:
    return re.sub(r"[\s\-_.]", "", raw).upper()


def _belonging(file: str, line: Line, values: dict[str, str]) -> Belonging:
    brin, location = _plain(values["brin"]), _plain(values.get("vestigingscode", ""))
    if not BRIN.fullmatch(brin):
        if not PATTERNS[OrganisationKind.SCHOOL].fullmatch(brin):
            raise RowError(
                _("“%(code)s” is not a code of this kind. It looks like %(example)s.")
                % {"code": values["brin"][:40], "example": "01QH"}
            )
        brin, location = brin[:4], brin
    if location and len(location) <= 2:
        location = brin + location.rjust(2, "0")
    return Belonging(
        file,
        line.number,
        normal_code(OrganisationKind.SWV, values["partnership_code"]),
        location or brin,
    )


def _sector(kind: OrganisationKind, code: str, typed: str, school_type: str) -> str:
    wanted = typed.strip().casefold().replace(" ", "")
    if wanted and wanted not in Sector.values:
        raise RowError(
            _("“%(sector)s” is not a sector. Write po, vo or po-vo.") % {"sector": typed.strip()[:40]}
        )
    if wanted or kind is OrganisationKind.BOARD:
        return wanted
    return code[:2].lower() if kind is OrganisationKind.SWV else SECTORS.get(school_type.casefold(), "")


def _kvk(typed: str) -> str:
    digits = re.sub(r"\s", "", typed)
    if not digits:
        return ""
    digits = digits.rjust(8, "0")
    if not KVK.fullmatch(digits):
        raise RowError(
            _("“%(number)s” is not a number of the Chamber of Commerce; that has eight digits.")
            % {"number": typed.strip()[:40]}
        )
    return digits


def _website(typed: str) -> str:
    address = typed.strip()
    if not address or address == "-":
        return ""
    address = address if "://" in address else f"https://{address}"
    try:
        is_url(address)
    except (ValidationError, ValueError) as error:
        raise RowError(
            _("“%(address)s” is not the address of a website.") % {"address": typed[:60]}
        ) from error
    if len(address) > 200:
        raise RowError(_("“%(address)s” is not the address of a website.") % {"address": typed[:60]})
    return address


def readable_place(typed: str) -> str:
    """``BERGEN OP ZOOM`` as ``Bergen op Zoom``; what is not all capitals stays as it is."""
    place = " ".join(typed.split())
    if place != place.upper() or not any(letter.isalpha() for letter in place):
        return place
    words = [
        word if index and word in SMALL_WORDS else "-".join(_capital(part) for part in word.split("-"))
        for index, word in enumerate(place.casefold().split(" "))
    ]
    return " ".join(words)


def _capital(word: str) -> str:
    if word == "'s":
        return word
    if word.startswith("ij"):
        return "IJ" + word[2:]
    return word[:1].upper() + word[1:]
