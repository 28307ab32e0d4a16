"""Spreadsheets that leave the product: nothing that somebody typed is ever run as a formula."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
MOST_CHARACTERS = 32_767
"""What one cell of a workbook can hold."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Row = Sequence[Any]


def as_text(value: str) -> str:
    """The text with a quote before it, when a spreadsheet would take it for a formula."""
    return f"'{value}" if value.startswith(RISKY) else value


def cell_value(value: object) -> Any:
    """What stands in a cell: figures and dates as such, everything else as safe text.

    A moment is Dutch time without its zone, which a workbook cannot hold.
    """
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or isinstance(value, bool | int | Decimal | float | date | time):
        return value
    text = str(value) if isinstance(value, str | Promise) else f"{value}"
    return as_text(ILLEGAL_CHARACTERS_RE.sub("", text)[:MOST_CHARACTERS])


def workbook(sheets: Mapping[str, tuple[Row, Iterable[Row]]]) -> bytes:
    """An XLSX file with one sheet per entry: its name, headings and rows, which may come one by one."""
    book = Workbook(write_only=True)
    for name, (header, rows) in sheets.items():
        sheet = book.create_sheet(_sheet_name(name))
        sheet.freeze_panes = "A2"
        for number, heading in enumerate(header, start=1):
            letter = _column_letter(number)
            sheet.column_dimensions[letter].width = min(60, max(12, len(str(heading)) + 4))
        sheet.append([_bold(sheet, heading) for heading in header])
        for row in rows:
            sheet.append([cell_value(value) for value in row])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _column_letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)


def _sheet_name(name: str) -> str:
    """At most 31 characters, and none of those that a workbook refuses in a name."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in str(name))[:31].strip("' ") or "1"


def _bold(sheet: Any, heading: object) -> Any:
    cell = WriteOnlyCell(sheet, value=cell_value(heading))
    cell.font = Font(bold=True)
    return cell


def xlsx_response(name: str, sheets: Mapping[str, tuple[Row, Iterable[Row]]]) -> HttpResponse:
    """The workbook as a file to keep, named ``<name>.xlsx``."""
    return _as_file(HttpResponse(workbook(sheets), content_type=XLSX), name, "xlsx")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def csv_lines(header: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Lines of a CSV file that Dutch spreadsheets open as they are: semicolons, and a mark for UTF-8."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([_csv_value(value) for value in header])
    for row in rows:
        yield writer.writerow([_csv_value(value) for value in row])


def _csv_value(value: object) -> str:
    """Figures with a decimal comma, moments to the minute; empty stays empty, nought stays nought."""
    ready = cell_value(value)
    if ready is None:
        return ""
    if isinstance(ready, bool):
        return str(int(ready))
    if isinstance(ready, Decimal | float):
        return f"{ready}".replace(".", ",")
    if isinstance(ready, datetime):
        return f"{ready:%Y-%m-%d %H:%M}"
    return str(ready)


def csv_response(name: str, header: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    """The rows as a file to keep, named ``<name>.csv``, sent while they are read."""
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    return _as_file(response, name, "csv")


def _as_file(response: Any, name: str, extension: str) -> Any:
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "lijst"}.{extension}"'
    response["Cache-Control"] = "private, no-store"
    return response
