"""How Dutch text becomes the terms that are compared: the same for what is found and what is asked.

One analyser in Python feeds SQLite and PostgreSQL alike, so that both find the same. Words are folded (no
accents, lower case), long words give up the parts that people look for, forms of one word come together by
the Snowball stemmer and a short list of what it does not know. Synonyms are added to the question only.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer

DATA = Path(__file__).parent / "data"
WORD = re.compile(r"[a-z0-9]+")
MOST_WORDS = 12
"""Words of a question that count; more make no better question."""
LONGEST_WORD = 40
SHORTEST_COMPOUND, SHORTEST_REST = 8, 4
Alternative = tuple[str, ...]
"""Terms that must all occur."""


@cache
def common() -> frozenset[str]:
    """Words that say nothing about a subject."""
    return frozenset(_lines("common.txt"))


def fold(text: str) -> str:
    """``"Coördinator"`` as ``"coordinator"``."""
    plain = unicodedata.normalize("NFKD", text.replace("\x00", " "))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def words(text: str) -> list[str]:
    """The words of a text as they are compared, common ones and overlong ones left out."""
    return [word for word in WORD.findall(fold(text)) if word not in common() and len(word) <= LONGEST_WORD]


def _lines(name: str) -> Iterator[str]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@cache
def _overrides() -> dict[str, str]:
    return dict(line.split(" > ") for line in _lines("overrides.txt"))


@cache
def _parts() -> tuple[str, ...]:
    """Longest first: "samenwerkings" before "samenwerking"."""
    return tuple(sorted(_lines("parts.txt"), key=len, reverse=True))


def part_words() -> list[str]:
    """The parts of long words that people look for, for an engine that analyses by itself."""
    return sorted(_lines("parts.txt"))


def override_lines() -> list[str]:
    """``form => stem`` for what a stemmer does not bring together, likewise."""
    return [f"{form} => {known}" for form, known in _overrides().items()]


_snowball = snowballstemmer.stemmer("dutch")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The form under which all forms of a folded word are kept."""
    known = _overrides().get(word)
    if known:
        return known
    return str(_snowball.stemWord(word)) if not word.isdigit() and len(word) > 3 else word


@lru_cache(maxsize=50_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """Stems of the known parts at the begin and the end of a long word."""
    if len(word) < SHORTEST_COMPOUND:
        return ()
    found = []
    for part in _parts():
        if len(word) - len(part) < SHORTEST_REST - 1:
            continue
        if word.endswith(part) or word.startswith(part):
            found.append(stem(part))
    return tuple(dict.fromkeys(term for term in found if term != stem(word)))


def index_terms(text: str) -> str:
    """The terms of a text, in its order, as one string: what the engines keep."""
    terms: list[str] = []
    for word in words(text):
        terms.append(stem(word))
        terms.extend(compound_parts(word))
    return " ".join(terms)


def read_synonyms(lines: Iterable[str]) -> dict[Alternative, list[Alternative]]:
    """What else a word or a phrase may be called, from lines of terms separated by commas."""
    meanings: dict[Alternative, list[Alternative]] = {}
    for line in lines:
        group = [tuple(stem(word) for word in words(term)) for term in line.split(",")]
        group = [term for term in dict.fromkeys(group) if term]
        for term in group:
            known = meanings.setdefault(term, [])
            known.extend(other for other in group if other != term and other not in known)
    return meanings


@cache
def own_synonyms() -> tuple[str, ...]:
    """The groups that come with the product."""
    return tuple(_lines("synonyms.txt"))


def question_terms(
    text: str, synonyms: dict[Alternative, list[Alternative]] | None = None
) -> list[list[Alternative]]:
    """What must occur: for each word or known phrase of a question, alternatives of which one will do."""
    stems = [stem(word) for word in words(text)][:MOST_WORDS]
    meanings = synonyms or {}
    longest = max((len(term) for term in meanings), default=1)
    groups: list[list[Alternative]] = []
    at = 0
    while at < len(stems):
        length = next(
            (
                size
                for size in range(min(longest, len(stems) - at), 1, -1)
                if tuple(stems[at : at + size]) in meanings
            ),
            1,
        )
        own = tuple(stems[at : at + length])
        groups.append(_without_repetition([own, *meanings.get(own, [])]))
        at += length
    return groups


def _without_repetition(alternatives: list[Alternative]) -> list[Alternative]:
    """An alternative that asks for more than another one adds nothing."""
    kept: list[Alternative] = []
    for alternative in alternatives:
        if not any(set(other) <= set(alternative) for other in kept):
            kept.append(alternative)
    return kept


def nearest(word: str, candidates: Iterable[tuple[str, int]]) -> str | None:
    """The known word that somebody probably meant: one slip for short words, two for long ones."""
    allowed = 1 if len(word) < 7 else 2
    best: tuple[int, int, str] | None = None
    for candidate, times in candidates:
        distance = _slips(word, candidate, allowed)
        if distance is not None and (best is None or (distance, -times) < best[:2]):
            best = (distance, -times, candidate)
    return best[2] if best else None


def _slips(one: str, other: str, allowed: int) -> int | None:
    """How many letters were missed, added, replaced or swapped; ``None`` for more than ``allowed``."""
    if abs(len(one) - len(other)) > allowed:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, right in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > allowed:
            return None
    return row[-1] if row[-1] <= allowed else None
