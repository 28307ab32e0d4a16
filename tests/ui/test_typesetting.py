"""PDF files that everybody can read, also by ear."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader

from lnpo.ui.typesetting import UntypesettableError, pdf, pdf_response

DOCUMENT = """#import "/lnpo/ui/typeset/frame.typ": document
#let data = json(bytes(sys.inputs.data))
#show: document.with(title: data.title)
= #data.title
#data.text
#table(columns: 2, table.header[Doel][Bedrag], [#data.goal], [#data.amount])
"""


@pytest.fixture
def template():
    """A document beside the frame: typst reads nothing outside the project."""
    path = Path(settings.BASE_DIR) / "lnpo" / "ui" / "typeset" / f"test-{id(object())}.typ"
    path.write_text(DOCUMENT, encoding="utf-8")
    yield path
    path.unlink()


def content(**more: object) -> dict[str, object]:
    return {"title": "Voortgang", "text": "Goed.", "goal": "Thuisnabij", "amount": Decimal("1.50"), **more}


def test_a_document_is_tagged_titled_and_in_dutch(template: Path):
    reader = PdfReader(io.BytesIO(pdf(template, content())))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("nl")
    assert reader.metadata.title == "Voortgang"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert "Thuisnabij" in reader.pages[0].extract_text()


def test_what_a_member_typed_is_text_and_never_markup(template: Path):
    typed = '#read("/lnpo/settings/base.py") = Kop *vet* $x$ \\ #panic("x")'
    text = PdfReader(io.BytesIO(pdf(template, content(text=typed)))).pages[0].extract_text()
    assert '#read("/lnpo/settings/base.py")' in " ".join(text.split()).replace("”", '"').replace("“", '"')
    assert "*vet*" in text


def test_a_document_without_a_title_is_refused(template: Path):
    with pytest.raises(UntypesettableError):
        pdf(template, content(title=""))


def test_the_file_has_a_plain_name_and_is_kept_nowhere():
    response = pdf_response(b"%PDF-", "Bewijs: Één & ander")
    assert response["Content-Disposition"] == 'attachment; filename="bewijs-een-ander.pdf"'
    assert "no-store" in response["Cache-Control"]
