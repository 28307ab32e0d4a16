"""Tables as people send them."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from lnpo.ui.tables import UnreadableTableError, read_table

ALIASES = {"name": ["naam", "volledige naam"], "email": ["e-mail", "e-mailadres"]}


@pytest.mark.parametrize(
    "content",
    [
        "Naam;E-mail\nZoë;zoe@example.org\n".encode(),
        "\ufeffNaam,E-mail\r\nZoë,zoe@example.org\r\n".encode(),
        "naam\te-mailadres\rZoë\tzoe@example.org\r".encode(),
        "NAAM;E-MAIL\nZoë;zoe@example.org".encode("cp1252"),
        "Volledige_naam;E-mail\n\n ;\n  Zoë  ; zoe@example.org \n".encode(),
        "Naam;E-mail\nZoë;zoe@example.org\n".encode("utf-16"),
        '"Naam";"E-mail"\n"Zoë";"zoe@example.org"\n'.encode(),
    ],
)
def test_every_way_of_saving_gives_the_same_row(content: bytes):
    table = read_table(SimpleUploadedFile("lijst.csv", content), aliases=ALIASES)
    assert [line.cells for line in table.lines] == [{"name": "Zoë", "email": "zoe@example.org"}]


def test_rows_are_numbered_as_their_sender_counts_them():
    table = read_table("naam\n\nAn\n\nBo")
    assert [(line.number, line["naam"], line["iets anders"]) for line in table.lines] == [
        (3, "An", ""),
        (5, "Bo", ""),
    ]


def test_a_workbook_reads_like_a_csv_file():
    book = Workbook()
    book.active.append(["Naam", "Aantal", "Aandeel"])
    book.active.append(["Zoë", 12, 0.5])
    stream = io.BytesIO()
    book.save(stream)
    table = read_table(SimpleUploadedFile("lijst.xlsx", stream.getvalue()))
    assert table.lines[0].cells == {"naam": "Zoë", "aantal": "12", "aandeel": "0,5"}


def packed(name: str, content: bytes = b"x") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n \n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        packed("scholen.csv"),
        packed("xl/workbook.xml"),
        b"PK\x03\x04 and nothing more",
        b"naam;naam\nAn;Bo",
        b'naam\n"' + b"x" * 200_000,
        b"a" + b";a" * 200,
        b"naam\n" + b"An\n" * 20_001,
    ],
)
def test_what_is_no_table_is_told_in_a_sentence(content: bytes):
    with pytest.raises(UnreadableTableError) as told:
        read_table(SimpleUploadedFile("lijst.csv", content))
    assert str(told.value).endswith(".") or str(told.value).endswith("?")


def test_a_file_that_is_too_large_is_not_even_read():
    class Large:
        size = 11 * 1024 * 1024

    with pytest.raises(UnreadableTableError):
        read_table(Large())


def test_a_pasted_table_without_headings_gets_those_that_belong_to_it():
    table = read_table("An\tan@example.org\nBo\tbo@example.org", headings=["name", "email"])
    assert [line["email"] for line in table.lines] == ["an@example.org", "bo@example.org"]
