"""Icons: SVGs of lucide (ISC licence), inlined so that they take the colour of the text."""

import re
from functools import cache
from pathlib import Path

from django.template import TemplateSyntaxError
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "static" / "ui" / "icons"


@cache
def icon(name: str) -> SafeString:
    """The icon ``name`` as SVG, hidden from screen readers: the word beside it says the same.

    Raises:
        TemplateSyntaxError: there is no such icon.

    """
    path = FOLDER / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.exists():
        message = f"unknown icon {name!r}"
        raise TemplateSyntaxError(message)
    body = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    inner = re.sub(r"\s+", " ", re.search(r"<svg[^>]*>(.*)</svg>", body, flags=re.DOTALL).group(1)).strip()  # type: ignore[union-attr]
    return mark_safe(  # noqa: S308  # our own files, chosen by a checked name
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round"'
        f' stroke-linejoin="round" aria-hidden="true">{inner}</svg>'
    )
