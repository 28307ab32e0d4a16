"""What leaves as a spreadsheet: safe, Dutch, and read back by what people use."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from lnpo.ui.spreadsheets import csv_response, workbook, xlsx_response

PAYLOADS = ["=1+1", "+31 6", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_somebody_typed_is_never_a_formula_in_a_workbook(payload: str):
    book = load_workbook(io.BytesIO(workbook({"Lijst": (["Naam"], [[payload]])})))
    cell = book["Lijst"]["A2"]
    assert cell.data_type != "f"
    assert str(cell.value).startswith("'")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_somebody_typed_is_never_a_formula_in_a_csv_file(payload: str):
    content = b"".join(csv_response("lijst", ["Naam"], [[payload]])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))[1][0] == f"'{payload}"


def test_figures_and_dates_stay_figures_and_dates():
    moment = datetime(2026, 7, 1, 10, 30, tzinfo=UTC)
    rows = [[Decimal("1234.50"), 0, None, date(2026, 8, 1), moment, True]]
    book = load_workbook(io.BytesIO(workbook({"Lijst": (list("abcdef"), rows)})))
    values = [cell.value for cell in book["Lijst"][2]]
    assert values[:3] == [1234.5, 0, None]
    assert values[4] == datetime(2026, 7, 1, 12, 30)  # noqa: DTZ001  # Dutch time, a workbook knows no zone
    line = b"".join(csv_response("lijst", list("abcdef"), rows)).decode().splitlines()[1]
    assert line == "1234,50;0;;2026-08-01;2026-07-01 12:30;1"


def test_signs_that_a_workbook_cannot_hold_are_left_out():
    sheets = {
        "Alles: [2026] / een veel te lange naam voor een blad": (["A"], [["a\x00b\x0bc" + "x" * 40_000]])
    }
    book = load_workbook(io.BytesIO(workbook(sheets)))
    assert book.worksheets[0]["A2"].value.startswith("abcx")
    assert len(book.worksheets[0]["A2"].value) == 32_767


def test_the_file_is_kept_nowhere_and_has_a_plain_name():
    response = xlsx_response('Sessie "één" /../x', {"Lijst": (["A"], [])})
    assert response["Content-Disposition"] == 'attachment; filename="sessie-een-x.xlsx"'
    assert "no-store" in response["Cache-Control"]
