"""Tables that come in: an uploaded CSV or XLSX file, or rows pasted from a spreadsheet.

People send what their spreadsheet saves: a byte order mark or none, UTF-8 or Windows-1252, a comma, a
semicolon or a tab. What cannot be read gets one clear sentence.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_UNPACKED = 200 * 1024 * 1024
"""A workbook is a packed file; what unpacks to more than this is not a list of people or schools."""
DELIMITERS = ";\t,|"


class UnreadableTableError(ValueError):
    """Raised when something is no table that we can read; the message is a sentence for its sender."""


@dataclass(frozen=True)
class Line:
    """One row with the number by which its sender knows it: the first row, of headings, is 1."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, heading: str) -> str:
        """The trimmed text under a heading; empty when the row or the table has none."""
        return self.cells.get(heading, "")


@dataclass(frozen=True)
class Table:
    """Headings, normalised by :func:`normalised`, and the rows that are not empty."""

    headings: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)


def normalised(heading: str) -> str:
    """``" E-mail adres "`` as ``e-mail adres``: how headings are compared."""
    return " ".join(heading.replace("_", " ").split()).strip("\ufeff\"' ").casefold()


def read_table(
    source: Any,
    *,
    aliases: Mapping[str, Iterable[str]] | None = None,
    headings: Iterable[str] | None = None,
    most_rows: int = MOST_ROWS,
) -> Table:
    """Read what somebody uploaded or pasted.

    Args:
        source: an uploaded file, bytes or text.
        aliases: for each name that the caller uses, other headings that people write.
        headings: the names of the columns of a table that has no row of headings.
        most_rows: more rows are refused.

    Raises:
        UnreadableTableError: empty, too large, no text and no workbook, or a heading that occurs twice.

    """
    content = _bytes_of(source)
    raw = _rows_of_workbook(content) if content[:4] == b"PK\x03\x04" else _rows_of_text(_decoded(content))
    return _as_table(raw, aliases or {}, headings, most_rows)


def _bytes_of(source: Any) -> bytes:
    if isinstance(source, str):
        content = source.encode()
    elif isinstance(source, bytes):
        content = source
    else:
        if source.size > MOST_BYTES:
            raise UnreadableTableError(_too_large())
        source.seek(0)
        content = source.read()
    if len(content) > MOST_BYTES:
        raise UnreadableTableError(_too_large())
    if not content.strip():
        raise UnreadableTableError(_("This is empty: there are no rows in it."))
    return content


def _too_large() -> str:
    return _("This is too large: at most %(megabytes)s MB.") % {"megabytes": MOST_BYTES // 1024 // 1024}


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, otherwise Windows-1252 as old registers write it."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise UnreadableTableError(_("This is not a table. Save it as CSV or XLSX and try again."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows_of_text(text: str) -> Iterator[list[str]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    # csv.Error: a cell beyond the library's limit, or a quote that is never closed.
    try:
        yield from csv.reader(
            io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter=delimiter
        )
    except csv.Error as error:
        raise UnreadableTableError(
            _("This is not a table that we can read. Is there a quote that is not closed?")
        ) from error


def _rows_of_workbook(content: bytes) -> Iterator[list[str]]:
    """The first sheet; a packed file that is no workbook, or that unpacks to far too much, is refused."""
    from openpyxl import load_workbook

    try:
        _refuse_other_packed_files(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_as_written(value) for value in row]
    except UnreadableTableError:
        raise
    except Exception as error:  # openpyxl raises many kinds for a damaged file
        raise UnreadableTableError(
            _("This workbook cannot be read. Save it once more as XLSX or CSV and try again.")
        ) from error


def _refuse_other_packed_files(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
            raise UnreadableTableError(_too_large())
        if "xl/workbook.xml" not in packed.namelist():
            raise UnreadableTableError(
                _("This is a packed file (ZIP), not a table. Unpack it and send the CSV or XLSX file in it.")
            )


def _as_written(value: object) -> str:
    """A cell as its reader sees it: ``0134`` cannot be told from 134 here, a date is written as ISO."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if (value.hour, value.minute) == (0, 0) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return str(value)


def _as_table(
    raw: Iterator[list[str]],
    aliases: Mapping[str, Iterable[str]],
    headings: Iterable[str] | None,
    most_rows: int,
) -> Table:
    names = {normalised(other): name for name, others in aliases.items() for other in (name, *others)}
    titles: list[str] = list(headings or ())
    lines: list[Line] = []
    for number, row in enumerate(raw, start=1):
        cells = [value.replace("\x00", "").strip() for value in row]
        if not any(cells):
            continue
        if not titles:
            titles = _titles(cells, names)
            continue
        if len(lines) == most_rows:
            raise UnreadableTableError(
                _("There are more than %(rows)s rows. Send them in parts.") % {"rows": most_rows}
            )
        lines.append(Line(number, dict(zip(titles, cells, strict=False))))
    if not titles:
        raise UnreadableTableError(_("This is empty: there are no rows in it."))
    return Table(tuple(titles), lines)


def _titles(cells: list[str], names: Mapping[str, str]) -> list[str]:
    if len(cells) > MOST_COLUMNS:
        raise UnreadableTableError(_("There are more than %(columns)s columns.") % {"columns": MOST_COLUMNS})
    titles = [names.get(normalised(cell), normalised(cell)) for cell in cells]
    filled = [title for title in titles if title]
    for title in filled:
        if filled.count(title) > 1:
            raise UnreadableTableError(_("The heading “%(heading)s” occurs twice.") % {"heading": title})
    return titles
