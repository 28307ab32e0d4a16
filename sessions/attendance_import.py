"""Read the attendance list that a meeting programme saves (Teams, Zoom, Meet) and find who is who."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lnpo.ui.tables import Line, UnreadableTableError, normalised, read_table
from sessions.attendance import check_in_list
from sessions.models import Registration, SessionPage

ALIASES = {
    "name": (
        "naam",
        "full name",
        "volledige naam",
        "name (original name)",
        "naam (oorspronkelijke naam)",
        "participant",
        "deelnemer",
    ),
    "email": (
        "e-mail",
        "e-mailadres",
        "user email",
        "email address",
        "gebruikers-e-mail",
        "e-mail van gebruiker",
    ),
}
KNOWN = {normalised(word) for name, others in ALIASES.items() for word in (name, *others)}
MOST_BYTES = 2 * 1024 * 1024
MOST_PEOPLE = 5000
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass
class Preview:
    """What a list would do: nothing is written while there are ``errors``."""

    present: list[Registration] = field(default_factory=list)
    already: list[Registration] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def preview(page: SessionPage, source: Any) -> Preview:
    """Match every row of ``source`` with a confirmed registration: by address, otherwise by name.

    Args:
        page: the session.
        source: an uploaded CSV or XLSX file, or its text.

    Raises:
        UnreadableTableError: it is no table, or it has neither names nor addresses.

    """
    source, skipped = _without_preamble(source)
    table = read_table(source, aliases=ALIASES, most_rows=MOST_PEOPLE)
    if not {"name", "email"} & set(table.headings):
        raise UnreadableTableError(_("There is no column with names and none with e-mail addresses."))
    expected = list(check_in_list(page))
    by_email = {registration.user.email.casefold(): registration for registration in expected}
    by_name: dict[str, list[Registration]] = defaultdict(list)
    for registration in expected:
        by_name[_plain_name(registration.user.get_full_name())].append(registration)
    result, seen = Preview(), set()
    for line in table.lines:
        found = _who(line, line.number + skipped, by_email, by_name, result)
        if found is not None and found.pk not in seen:
            seen.add(found.pk)
            (result.already if hasattr(found, "attendance") else result.present).append(found)
    return result


def _who(
    line: Line,
    number: int,
    by_email: dict[str, Registration],
    by_name: dict[str, list[Registration]],
    result: Preview,
) -> Registration | None:
    """The registration of one row; otherwise a sentence in the preview says why there is none."""
    name, email = line["name"], line["email"].casefold()
    if not name and not email:
        result.errors.append(_("Row %(row)s has no name and no e-mail address.") % {"row": number})
        return None
    if email and not ADDRESS.fullmatch(email):
        shown = {"row": number, "address": email[:80]}
        result.errors.append(_("Row %(row)s: “%(address)s” is not an e-mail address.") % shown)
        return None
    if email in by_email:
        return by_email[email]
    same = by_name.get(_plain_name(name), []) if name else []
    if len(same) == 1:
        return same[0]
    shown = {"row": number, "name": (name or email)[:80]}
    if same:
        result.unknown.append(
            _("Row %(row)s: %(name)s occurs more than once; tick who it was on the list.") % shown
        )
    else:
        result.unknown.append(_("Row %(row)s: %(name)s has no confirmed registration.") % shown)
    return None


def _plain_name(name: str) -> str:
    """``"Blom, Hanneke (Guest)"`` as ``hanneke blom``."""
    bare = " ".join(re.sub(r"\(.*?\)", "", name).split()).casefold()
    last, comma, first = bare.partition(", ")
    return f"{first} {last}" if comma else bare


def _without_preamble(source: Any) -> tuple[Any, int]:
    """The part of the list that is the table of people, and how many lines stand before it.

    Some programmes put a summary above the table, and what everybody did during the meeting below it.
    """
    if isinstance(source, str):
        text = source
    else:
        if source.size > MOST_BYTES:
            raise UnreadableTableError(_("This is too large for a list of people."))
        source.seek(0)
        content = source.read()
        if content[:4] == b"PK\x03\x04":
            return content, 0
        text = _decoded(content)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, row in enumerate(lines):
        if {normalised(cell) for cell in re.split(r"[;\t,|]", row)} & KNOWN:
            people = lines[number:]
            end = next((at for at, line in enumerate(people) if re.match(r'"?3\. ', line)), len(people))
            return "\n".join(people[:end]), number
    return text, 0


def _decoded(content: bytes) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise UnreadableTableError(_("This is not a table. Save it as CSV or XLSX and try again."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
