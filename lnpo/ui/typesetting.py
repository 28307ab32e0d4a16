"""PDF made by typst: tagged for assistive technology (PDF/UA-1), in our own fonts, nothing fetched.

A document is a ``.typ`` file beside the app that it belongs to. It starts with the shared frame and reads its
content as data, so that what a member typed is text and never markup::

    #import "/lnpo/ui/typeset/frame.typ": document
    #let data = json(bytes(sys.inputs.data))
    #show: document.with(title: data.title)
"""

import json
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.text import slugify

FONTS = Path(__file__).parent / "typeset" / "fonts"


class UntypesettableError(ValueError):
    """Raised when the document cannot be made; the message is typst's and meant for the log."""


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _as_json(value: object) -> str:
    """Dates, amounts and lazy texts as text; a document formats nothing itself."""
    if isinstance(value, Decimal | Promise):
        return force_str(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    problem = f"a document takes no {type(value).__name__}"
    raise TypeError(problem)


def pdf(template: Path, data: dict[str, Any], *, at: datetime | None = None) -> bytes:
    """The document ``template`` filled with ``data`` as a PDF/UA-1 file.

    Args:
        template: a ``.typ`` file of this project.
        data: what it shows; texts, numbers, lists and dictionaries.
        at: the moment written into the file; now when left out.

    Raises:
        UntypesettableError: typst refuses, for instance because the title is empty.

    """
    content = json.dumps(data, default=_as_json, ensure_ascii=False)
    try:
        return typst.compile(  # type: ignore[no-any-return]
            str(template),
            root=str(settings.BASE_DIR),
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"data": content},
            pdf_standards=["ua-1"],
            timestamp=int((at or timezone.now()).timestamp()),
        )
    except typst.TypstError as error:
        raise UntypesettableError(str(error)) from error


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """An answer that a browser saves as ``<name>.pdf``; private, as its reader may be the only one."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "document"}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
