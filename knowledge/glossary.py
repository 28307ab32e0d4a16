"""The glossary: words of the field, linked at first use in an article, and synonyms for search."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from django.utils.html import escape
from django.utils.text import slugify

from knowledge.models import GlossaryTerm
from lnpo.ui.site_memory import remembered

CONTENT = Path(__file__).parent / "site_content" / "glossary.yaml"
NOT_IN = {"a", "h2", "h3", "script", "style"}


def prepare_terms() -> None:
    """Fill an empty glossary with the words of the field; POS goes on from there."""
    if GlossaryTerm.objects.exists():
        return
    rows = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))["terms"]
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(
            slug=slugify(row["term"]),
            term=row["term"],
            abbreviation=row.get("abbr") or "",
            explanation=row["explanation"],
            synonyms="\n".join(str(word) for word in row["syn"]),
            links=row.get("links", True),
        )
        for row in rows
    )


def synonym_groups() -> list[list[str]]:
    """Words that mean the same, for search: per term the word itself, its abbreviation and its synonyms."""
    groups = []
    for term in GlossaryTerm.objects.all():
        words = dict.fromkeys(filter(None, [term.term, term.abbreviation, *term.other_words]))
        if len(words) > 1:
            groups.append(list(words))
    return groups


def _index() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]] | None:
    """The pattern of all words that link, and where each leads: (address, term).

    Abbreviations link as they are written only: "OP" is a plan, "op" is just a word.
    """
    places: dict[str, tuple[str, str]] = {}
    abbreviations: set[str] = set()
    for term in GlossaryTerm.objects.filter(links=True).exclude(explanation=""):
        place = (term.get_absolute_url(), term.term)
        places.setdefault(term.term.lower(), place)
        if term.abbreviation:
            places.setdefault(term.abbreviation, place)
            abbreviations.add(term.abbreviation)
    if not places:
        return None
    longest_first = sorted(places, key=len, reverse=True)
    words = "|".join(
        re.escape(word) if word in abbreviations else f"(?i:{re.escape(word)})" for word in longest_first
    )
    pattern = re.compile(rf"(?<![\w-])({words})(?![\w-])")
    return pattern, places


class _Linker(HTMLParser):
    """Copies HTML and links the first use of each term outside links and headings."""

    def __init__(self, index: Any, seen: set[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.pattern, self.places = index
        self.seen = seen
        self.out: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.out.append(self.get_starttag_text() or "")
        if tag in NOT_IN:
            self.within.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if tag in self.within:
            self.within.remove(tag)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_data(self, data: str) -> None:
        self.out.append(data if self.within else self.pattern.sub(self._link, data))

    def _link(self, found: re.Match[str]) -> str:
        word = found.group()
        address, term = self.places.get(word) or self.places[word.lower()]
        if term in self.seen:
            return found.group()
        self.seen.add(term)
        return f'<a class="term" href="{escape(address)}">{found.group()}</a>'


def with_links(htmls: Iterable[str]) -> list[str]:
    """Pieces of one article with each term linked once, at its first use."""
    index = remembered("glossary", _index)
    pieces = list(htmls)
    if index is None:
        return pieces
    seen: set[str] = set()
    linked = []
    for piece in pieces:
        linker = _Linker(index, seen)
        linker.feed(piece)
        linker.close()
        linked.append("".join(linker.out))
    return linked
