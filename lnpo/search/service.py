"""Search as everybody asks it: choose an engine, look again who may see what, and say what helps."""

import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lnpo.organisations.models import memberships_of
from lnpo.search.analysis import common, fold, nearest, question_terms, stem, words
from lnpo.search.backends import engines, patience
from lnpo.search.backends.base import Answer, EngineAwayError, Question
from lnpo.search.models import MOST_EMPTY, EmptySearch, SearchEntry, SearchWord
from lnpo.search.sources import sources
from lnpo.search.synonyms import synonyms

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User

    Person = User | AnonymousUser

logger = logging.getLogger(__name__)

LONGEST_QUESTION = 200
"""Characters of a question that are looked at."""
SNIPPET = 220


@dataclass(frozen=True)
class Hit:
    """One result as it is shown."""

    entry: SearchEntry
    label: str
    icon: str
    title: SafeString
    snippet: SafeString


@dataclass
class Results:
    """What somebody gets to see.

    ``meant`` is another question that finds more; ``corrected`` says that these are its results already.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    meant: str = ""
    corrected: bool = False
    reduced: bool = False


def find(
    user: "Person",
    text: str,
    chosen: dict[str, tuple[str, ...]],
    sort: str = "",
    start: int = 0,
    size: int = 10,
    *,
    literal: bool = False,
    note: bool = True,
) -> Results:
    """Find what ``user`` may see. Whatever engine runs, an answer comes within two seconds.

    Args:
        user: who asks; decides what can be found.
        text: the question; only the first :data:`LONGEST_QUESTION` characters count.
        chosen: per facet the values of which one must hold.
        sort: ``newest``, or the best first.
        start: how many results to pass over.
        size: how many to return.
        literal: these very words, also when others would find more.
        note: whether POS hears of it when nothing is found.

    """
    text = " ".join(text.replace("\x00", " ").split())[:LONGEST_QUESTION]
    question = Question(text, chosen, _own_organisations(user), sort, start, size)
    answer, reduced = _ask(question)
    hits = _shown(user, answer.ids, text)
    results = Results(hits, answer.total - (len(answer.ids) - len(hits)), answer.facets, reduced=reduced)
    if text and not results.total and note and start == 0 and not any(chosen.values()):
        _note_empty(text)
    if text and (answer.some or not results.total):
        return _corrected(user, question, results, literal)
    return results


def _corrected(user: "Person", question: Question, results: Results, literal: bool) -> Results:
    """Offer what was meant, only where it finds this person something; with nothing else, show that."""
    meant = meant_by(question.text)
    if not meant:
        return results
    better = _proven(user, replace(question, text=meant))
    if better is None and any(question.chosen.values()) and not results.total:
        unfiltered = Question(meant, {}, question.organisations, size=question.size)
        results.meant = meant if _proven(user, unfiltered) else ""
    elif better is not None:
        results.meant = meant
        if not results.total and not literal:
            better.meant, better.corrected = meant, True
            return better
    return results


def _proven(user: "Person", question: Question) -> Results | None:
    """What a question finds for this person with all its words; ``None`` for nothing."""
    answer, reduced = _ask(question)
    hits = [] if answer.some else _shown(user, answer.ids, question.text)
    total = answer.total - (len(answer.ids) - len(hits))
    return Results(hits, total, answer.facets, reduced=reduced) if hits else None


def suggest(user: "Person", text: str, size: int = 6) -> list[Hit]:
    """Things whose title fits what somebody is typing."""
    ids = engines.own().suggest(text[:LONGEST_QUESTION].replace("\x00", " "), _own_organisations(user), size)
    return _shown(user, ids, "")


def _own_organisations(user: "Person") -> tuple[Any, ...]:
    return tuple(sorted({row.organisation_id for row in memberships_of(user)}, key=str))


def _ask(question: Question) -> tuple[Answer, bool]:
    """The answer, and whether our own engine had to answer for another one."""
    engine = engines.chosen()
    if engine is engines.own():
        return engine.search(question), False
    if not patience.rests():
        try:
            return patience.in_time(lambda: engine.search(question)), False
        except EngineAwayError as error:
            patience.let_rest()
            logger.warning("search engine away, our own answers: %s", error)
    return engines.own().search(question), True


def is_well() -> bool:
    """Whether the chosen engine answers; for the health page."""
    engine = engines.chosen()
    if engine is engines.own():
        return True
    try:
        return not patience.rests() and patience.in_time(engine.is_well)
    except EngineAwayError:
        return False


def _shown(user: "Person", ids: list[int], text: str) -> list[Hit]:
    """The entries that ``user`` may see now, in the order found; one question per kind."""
    found = SearchEntry.objects.in_bulk(ids)
    entries = [found[pk] for pk in ids if pk in found]
    allowed: dict[str, set[str]] = {}
    for kind in {entry.kind for entry in entries}:
        source = sources().get(kind)
        of_kind = [entry.object_id for entry in entries if entry.kind == kind]
        allowed[kind] = source.visible(user, of_kind) if source else set()
    marks = _marks(text)
    hits = []
    for entry in entries:
        if entry.object_id in allowed[entry.kind]:
            source = sources()[entry.kind]
            hits.append(
                Hit(
                    entry,
                    str(source.label),
                    source.icon,
                    highlight(entry.title, marks),
                    highlight(_snippet(entry.text, marks), marks),
                )
            )
    return hits


def _marks(text: str) -> frozenset[str]:
    """The stems that are marked in results: those of the question and of its synonyms."""
    return frozenset(
        term for group in question_terms(text, synonyms()) for alternative in group for term in alternative
    )


def _pieces(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each a word or what stands between two words."""
    pieces: list[tuple[str, bool]] = []
    current, is_word = "", False
    for sign in text:
        if sign.isalnum() is is_word:
            current += sign
        else:
            if current:
                pieces.append((current, is_word))
            current, is_word = sign, sign.isalnum()
    return [*pieces, (current, is_word)] if current else pieces


def _is_meant(word: str, marks: frozenset[str]) -> bool:
    folded = fold(word)
    return folded not in common() and stem(folded) in marks


def highlight(text: str, marks: frozenset[str]) -> SafeString:
    """The text, safe as HTML, with the words that were asked for marked."""
    return mark_safe(  # noqa: S308  # every piece is escaped
        "".join(
            f"<mark>{escape(piece)}</mark>" if is_word and _is_meant(piece, marks) else escape(piece)
            for piece, is_word in _pieces(text)
        )
    )


def _snippet(text: str, marks: frozenset[str]) -> str:
    """The part of the text where the first word that was asked for stands."""
    if len(text) <= SNIPPET:
        return text
    at = position = 0
    for piece, is_word in _pieces(text[:20_000]) if marks else []:
        if is_word and _is_meant(piece, marks):
            at = position
            break
        position += len(piece)
    begin = max(0, at - SNIPPET // 3)
    begin = text.rfind(" ", 0, begin) + 1 if begin else 0
    part = text[begin : begin + SNIPPET]
    end = part.rfind(" ") if begin + SNIPPET < len(text) else len(part)
    return f"{'… ' if begin else ''}{part[:end]}{' …' if begin + SNIPPET < len(text) else ''}"


def meant_by(text: str) -> str:
    """The question with unknown words replaced by known ones that look like them; empty when none do."""
    asked = words(text)[:8]
    known = set(SearchWord.objects.filter(word__in=asked).values_list("word", flat=True))
    replaced = []
    for word in asked:
        if word in known or len(word) < 4:
            replaced.append(word)
            continue
        better = _known_word_like(word)
        if better is None:
            return ""
        replaced.append(better)
    return " ".join(replaced) if replaced != asked else ""


def _known_word_like(word: str) -> str | None:
    """Words that begin alike first; a slip in the first letters is looked for among all that end alike."""
    for condition in (
        {"word__startswith": word[:2]},
        {"word__endswith": word[-3:]},
        {"word__startswith": word[0]},
    ):
        rows = SearchWord.objects.filter(**condition).values_list("word", "times")[:5000]
        found = nearest(word, rows)
        if found:
            return found
    return None


def _note_empty(text: str) -> None:
    """Keep what found nothing, so that POS sees what is missing; never what may be a name or an address."""
    kept = " ".join(words(text))[:100]
    if not kept or "@" in text or any(word.isdigit() and len(word) > 4 for word in kept.split()):
        return
    asked = EmptySearch.objects.filter(text=kept)
    again = asked.update(times=F("times") + 1, last_on=timezone.localdate())
    if not again and EmptySearch.objects.count() < MOST_EMPTY:
        EmptySearch.objects.bulk_create([EmptySearch(text=kept)], ignore_conflicts=True)
