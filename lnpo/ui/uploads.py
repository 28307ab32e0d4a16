"""Files that people send: judged by what is in them, not by what they are called.

A kind is allowed when its extension and its content agree. Macros, scripts, SVG and HTML are never allowed;
pictures are drawn anew, so that where and when a photo was taken does not travel with it.
"""

import io
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_PIXELS = 40_000_000
MOST_UNPACKED = 300 * MEGABYTE
HIGHEST_RATIO = 150
"""How much smaller a part of a packed file may be than what it unpacks to; text packs about 1 to 10."""

PICTURES = ("jpg", "jpeg", "png", "webp")
DOCUMENTS = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp")
OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    **{extension: value.decode() for extension, value in OPEN_DOCUMENT.items()},
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


@dataclass(frozen=True)
class CheckedUpload:
    """A file that may be kept: under a name nobody can guess, and with a type derived from its content."""

    stored_name: str
    shown_name: str
    content_type: str
    content: ContentFile[bytes]


def check_upload(
    file: Any, kinds: Iterable[str] = (*DOCUMENTS, *PICTURES), *, most_bytes: int = MOST_BYTES
) -> CheckedUpload:
    """Judge an uploaded file and hand back what may be stored.

    Args:
        file: what a form received.
        kinds: the extensions that are welcome here.
        most_bytes: the largest size.

    Raises:
        ValidationError: too large, empty, of another kind, with macros, damaged; a sentence for its sender.

    """
    allowed = tuple(kinds)
    if file.size > most_bytes:
        raise ValidationError(
            _("This file is too large: at most %(megabytes)s MB.") % {"megabytes": most_bytes // MEGABYTE},
            code="too_large",
        )
    if not file.size:
        raise ValidationError(_("This file is empty."), code="empty")
    shown = PurePath(str(file.name).replace("\\", "/").replace("\x00", "")).name[-150:]
    extension = PurePath(shown).suffix.lower().lstrip(".")
    if extension not in allowed:
        raise _other_kind(allowed)
    file.seek(0)
    content = file.read()
    if extension in PICTURES:
        clean = clean_image(io.BytesIO(content), extension)
        return CheckedUpload(clean.name or "", shown, CONTENT_TYPES[extension], clean)
    if not _is_what_it_says(extension, content):
        raise _other_kind(allowed)
    name = f"{uuid4().hex}.{extension}"
    return CheckedUpload(name, shown, CONTENT_TYPES[extension], ContentFile(content, name=name))


def _other_kind(kinds: tuple[str, ...]) -> ValidationError:
    listed = ", ".join(kind for kind in kinds if kind != "jpeg")
    return ValidationError(
        _("This kind of file cannot be added, or it is not what its name says. Welcome are: %(kinds)s.")
        % {"kinds": listed},
        code="kind",
    )


def _is_what_it_says(extension: str, content: bytes) -> bool:
    if extension == "pdf":
        return content[:5] == b"%PDF-"
    return _office_file(extension, content)


def _office_file(extension: str, content: bytes) -> bool:
    """A packed office file of this kind, without macros, that unpacks to a bearable size.

    Raises:
        ValidationError: it carries macros, or unpacks to far too much.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            names = [entry.filename for entry in entries]
            _refuse_bombs(entries)
            _refuse_macros(names)
            if extension in OFFICE:
                return "[Content_Types].xml" in names and any(
                    name.startswith(OFFICE[extension]) for name in names
                )
            return packed.read("mimetype").strip() == OPEN_DOCUMENT[extension]
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError):
        return False


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    dense = any(
        entry.file_size > MEGABYTE and entry.file_size > HIGHEST_RATIO * max(1, entry.compress_size)
        for entry in entries
    )
    if dense or unpacked > MOST_UNPACKED:
        raise ValidationError(_("This file unpacks to far more than a document holds."), code="bomb")


def _refuse_macros(names: list[str]) -> None:
    risky = ("vbaproject.bin", "vbadata.xml", "activex", "macrosheets/", "basic/", "scripts/")
    if any(mark in name.lower() for name in names for mark in risky):
        raise ValidationError(
            _("This file carries macros. Save it without macros and send it again."), code="macros"
        )


def clean_image(
    file: Any, extension: str = "", *, longest_side: int = 2400, square: int | None = None
) -> ContentFile[bytes]:
    """The picture drawn anew: turned as it was meant, no larger than needed, without its EXIF and comments.

    Args:
        file: an open file.
        extension: what its name says; the content must agree. Any of :data:`PICTURES` when left out.
        longest_side: pixels; larger pictures are made smaller.
        square: cut to a square of so many pixels, for portraits.

    Raises:
        ValidationError: no picture, damaged, another kind than its name says, or far too many pixels.

    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            file.seek(0)
            picture: Any = Image.open(file, formats=("JPEG", "PNG", "WEBP"))
            kind = str(picture.format).lower()
            _refuse_other_pictures(picture, {"jpg": "jpeg"}.get(extension, extension))
            picture = ImageOps.exif_transpose(picture)
            if square:
                picture = ImageOps.fit(picture, (square, square))
            picture.thumbnail((longest_side, longest_side))
    except ValidationError:
        raise
    except Exception as error:  # Pillow raises many kinds for a damaged picture
        raise _no_picture() from error
    return _drawn_anew(picture, kind)


def _no_picture() -> ValidationError:
    return ValidationError(
        _("This picture cannot be read. Send a JPG, PNG or WebP file."), code="not_a_picture"
    )


def _refuse_other_pictures(picture: Any, kind: str) -> None:
    if kind and kind != str(picture.format).lower():
        raise _no_picture()
    if picture.width * picture.height > MOST_PIXELS:
        raise ValidationError(_("This picture has too many pixels."), code="too_many_pixels")


def _drawn_anew(picture: Any, kind: str) -> ContentFile[bytes]:
    """The pixels on a canvas of their own, so that nothing else of the old file comes along."""
    mode = "RGBA" if kind != "jpeg" and ("A" in picture.mode or "transparency" in picture.info) else "RGB"
    canvas = Image.new(mode, picture.size)
    canvas.paste(picture.convert(mode))
    stream = io.BytesIO()
    canvas.save(stream, format=kind.upper(), **({} if kind == "png" else {"quality": 85}))
    return ContentFile(stream.getvalue(), name=f"{uuid4().hex}.{'jpg' if kind == 'jpeg' else kind}")
