"""Texts of members: plain text in, a small safe subset of HTML out.

A member writes plain text: an empty line makes a paragraph, ``## `` a subheading, ``- `` a list. What reaches
a page is always cleaned on write, also when it comes through the CMS.
"""

import re
from html import escape
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import nh3
from wagtail.fields import RichTextField

MEMBER_FEATURES = ["h3", "bold", "italic", "ul", "ol", "link"]
TAGS = {"p", "br", "h3", "ul", "ol", "li", "strong", "b", "em", "i", "a"}
ATTRIBUTES = {"a": {"href", "linktype", "id"}, "p": {"data-block-key"}, "h3": {"data-block-key"}}
SCHEMES = {"http", "https", "mailto"}
ADDRESS = re.compile(r"https?://[^\s<>\"']{3,300}[^\s<>\"'.,;:!?)]")


def clean(html: str) -> str:
    """The HTML without anything that can run, load or imitate: only text, lists, emphasis and links."""
    return nh3.clean(
        html.replace("\x00", ""),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        clean_content_tags={"script", "style"},
        link_rel="noopener noreferrer nofollow",
    )


def plain(text: str) -> str:
    """One line or more of a member without characters that no database or mail takes."""
    kept = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32)
    return kept.replace("\r", "").strip()


def as_html(text: str) -> str:
    """What a member wrote as HTML of a page; markup that was typed is shown as text."""
    parts: list[str] = []
    for block in re.split(r"\n\s*\n", plain(text)):
        parts.extend(_block(block))
    return clean("".join(parts))


def _block(block: str) -> list[str]:
    out: list[str] = []
    lines: list[str] = []
    items: list[str] = []

    def flush() -> None:
        if items:
            out.append(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")
        if lines:
            out.append(f"<p>{'<br>'.join(lines)}</p>")
        items.clear()
        lines.clear()

    for line in filter(None, (line.strip() for line in block.split("\n"))):
        if line.startswith("## "):
            flush()
            out.append(f"<h3>{_inline(line[3:])}</h3>")
        elif line.startswith(("- ", "* ", "• ")):
            if lines:
                flush()
            items.append(_inline(line[2:]))
        else:
            if items:
                flush()
            lines.append(_inline(line))
    flush()
    return out


def _inline(text: str) -> str:
    """Escaped, with complete web addresses as links."""
    pieces, end = [], 0
    for found in ADDRESS.finditer(text):
        address = escape(found.group())
        pieces += [escape(text[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    return "".join([*pieces, escape(text[end:])])


class _Plain(HTMLParser):
    """Turns our small HTML back into what a member can edit."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        marks = {"h3": "\n\n## ", "li": "\n- ", "p": "\n\n", "br": "\n", "ul": "\n", "ol": "\n"}
        self.parts.append(marks.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def as_plain(html: str) -> str:
    """The reverse of :func:`as_html`, for revising what was published."""
    parser = _Plain()
    parser.feed(html)
    return re.sub(r"\n{3,}", "\n\n", "".join(parser.parts)).strip()


def is_uuid(value: str) -> bool:
    """Whether a text of an address can be the id of an organisation."""
    try:
        UUID(value)
    except ValueError:
        return False
    return len(value) == 36


class MemberHTMLField(RichTextField):
    """Rich text that is cleaned whenever it is written."""

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Clean just before it reaches the database."""
        value = clean(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value
