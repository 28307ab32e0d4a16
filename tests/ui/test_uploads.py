"""What people may send: a corpus of files that are what they say, and of files that are not."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lnpo.ui.uploads import check_upload, clean_image


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind, **options)
    return stream.getvalue()


def packed(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    return packed(**{"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": b"<x/>", **more})


PDF = b"%PDF-1.7\n%%EOF"
ODT = packed(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"})

WELCOME = {
    "plan.pdf": PDF,
    "PLAN.PDF": PDF,
    "verslag.docx": office("word"),
    "cijfers.xlsx": office("xl"),
    "presentatie.pptx": office("ppt"),
    "verslag.odt": ODT,
    "foto.jpg": picture(),
    "foto.jpeg": picture(),
    "schema.png": picture("PNG"),
    "schema.webp": picture("WEBP"),
}
REFUSED = {
    "leeg.pdf": b"",
    "page.html": b"<script>alert(1)</script>",
    "tekening.svg": b"<svg onload='alert(1)'/>",
    "programma.exe": b"MZ",
    "html.pdf": b"<html></html>",
    "svg.png": b"<svg/>",
    "jpg.png": picture(),
    "html.jpg": b"GIF89a<script>",
    "kapot.jpg": picture()[:60],
    "zonder-extensie": PDF,
    "dubbel.pdf.exe": PDF,
    "macro.docm": office("word", **{"word/vbaProject.bin": b"x"}),
    "macro.docx": office("word", **{"word/vbaProject.bin": b"x"}),
    "macro.xlsx": office("xl", **{"xl/macrosheets/sheet1.xml": b"x"}),
    "macro.odt": packed(
        mimetype=b"application/vnd.oasis.opendocument.text", **{"Basic/Standard/Module1.xml": b"x"}
    ),
    "gewone-zip.docx": packed(**{"a.txt": b"x"}),
    "xlsx-als.docx": office("xl"),
    "geen-zip.docx": b"PK\x03\x04",
    "bom.docx": office("word", **{"word/media/a.bin": b"\0" * 30_000_000}),
    "archief.zip": packed(a=b"x"),
}


@pytest.mark.parametrize("name", WELCOME)
def test_a_file_that_is_what_it_says_is_welcome(name: str):
    kept = check_upload(SimpleUploadedFile(name, WELCOME[name]))
    assert kept.shown_name == name
    assert kept.stored_name != name
    assert kept.stored_name.rsplit(".", 1)[1] in {"pdf", "docx", "xlsx", "pptx", "odt", "jpg", "png", "webp"}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(name: str):
    with pytest.raises(ValidationError) as told:
        check_upload(SimpleUploadedFile(name, REFUSED[name]))
    assert told.value.messages[0].endswith(".")


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(ValidationError):
        check_upload(SimpleUploadedFile("plan.pdf", PDF + b"x" * 2000), most_bytes=1000)


def test_where_and_when_a_photo_was_taken_does_not_travel_with_it():
    exif = Image.Exif()
    exif[0x010E] = "Basisschool De Vlier, lokaal 4"
    exif[0x0112] = 6  # turned a quarter
    kept = check_upload(SimpleUploadedFile("foto.jpg", picture(exif=exif.tobytes(), comment=b"secret")))
    content = kept.content.read()
    stored = Image.open(io.BytesIO(content))
    assert dict(stored.getexif()) == {}
    assert b"secret" not in content
    assert stored.size == (20, 40)


def test_a_portrait_is_square_and_a_large_picture_is_made_smaller():
    assert Image.open(clean_image(io.BytesIO(picture()), square=16)).size == (16, 16)
    assert Image.open(clean_image(io.BytesIO(picture(size=(3000, 30))))).size == (2400, 24)


def test_a_picture_with_far_too_many_pixels_is_not_even_drawn():
    with pytest.raises(ValidationError):
        clean_image(io.BytesIO(picture("PNG", (9000, 9000))))


def test_a_path_in_a_file_name_goes_nowhere():
    assert check_upload(SimpleUploadedFile("..\\..\\etc\\plan.pdf", PDF)).shown_name == "plan.pdf"
