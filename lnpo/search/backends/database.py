"""Our own engine: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL, one analyser for both.

The terms lie in a table of their own, ``search_index``. Ranking prefers titles, then rare words, then what
stands together and what is new; the first two by the database, the rest over the best :data:`RERANKED`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from lnpo.search.analysis import Alternative, index_terms, question_terms, stem, words
from lnpo.search.backends.base import NEWEST, Answer, Question
from lnpo.search.models import SearchEntry
from lnpo.search.synonyms import synonyms

RERANKED = 100
MOST_TEXT = 200_000
"""Characters of a text that count: PostgreSQL refuses a tsvector of more than a megabyte."""
IN_TITLE, PHRASE, WHOLE_TITLE, RECENT = 5.0, 3.0, 6.0, 1.0
"""What is added to a rank between 0 and 10: the very words (no synonyms) in the title, words that stand
together there, a title that is the question, and something of today (half of it after a year)."""


class DatabaseEngine:
    """See the module docstring."""

    def write(self, entries: list[SearchEntry]) -> None:
        """Keep the terms of these entries."""
        self._write(entries)

    def _write(self, entries: Iterable[SearchEntry]) -> None:
        entries = list(entries)
        if not entries:
            return
        rows = [
            (entry.pk, index_terms(entry.title), index_terms(entry.text[:MOST_TEXT])[:MOST_TEXT])
            for entry in entries
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            self._delete(cursor, [row[0] for row in rows])
            if connection.vendor == "sqlite":
                cursor.executemany("INSERT INTO search_index (rowid, title, body) VALUES (%s, %s, %s)", rows)
            else:
                cursor.executemany(
                    "INSERT INTO search_index (entry, terms) VALUES (%s, "
                    "setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'D'))",
                    rows,
                )
            for entry in entries:
                entry.indexed_as = entry.checksum
            SearchEntry.objects.bulk_update(entries, ["indexed_as"])

    def remove(self, ids: list[int]) -> None:
        """Forget these entries."""
        with connection.cursor() as cursor:
            self._delete(cursor, ids)

    @staticmethod
    def _delete(cursor: Any, ids: list[int]) -> None:
        column = "rowid" if connection.vendor == "sqlite" else "entry"
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"DELETE FROM search_index WHERE {column} IN ({marks})", part)  # noqa: S608

    def search(self, question: Question) -> Answer:
        """Find entries with all words; without any, entries with some of them."""
        groups = question_terms(question.text, synonyms())
        if question.text.strip() and not groups:
            return Answer()
        answer = self._find(question, groups, together=True)
        if not answer.total and len(groups) > 1:
            answer = self._find(question, groups, together=False)
            answer.some = True
        return answer

    def _find(self, question: Question, groups: list[list[Alternative]], together: bool) -> Answer:
        match = _match(groups, together)
        found = _Found(question, match)
        answer = Answer(total=found.count(), facets=found.facets())
        if not answer.total:
            return answer
        if not match or question.sort == NEWEST:
            answer.ids = found.newest(question.start, question.size)
        elif question.start + question.size <= RERANKED:
            best = _reranked(found.best(0, RERANKED), question.text)
            answer.ids = best[question.start : question.start + question.size]
        else:
            answer.ids = [pk for pk, *_rest in found.best(question.start, question.size)]
        return answer

    def suggest(self, text: str, organisations: tuple[UUID, ...], size: int) -> list[int]:
        """Entries whose title has words that begin like these."""
        typed = words(text)
        if not typed:
            return []
        *whole, last = typed
        found = _Found(
            Question(organisations=organisations), _title_match([stem(word) for word in whole], last)
        )
        return [pk for pk, *_rest in found.best(0, size)]

    @contextmanager
    def rebuilding(self) -> Iterator[Callable[[Iterable[SearchEntry]], None]]:
        """Write every entry once more; readers see each old row until its new one is there."""
        yield self._write
        self.repair()

    def repair(self) -> int:
        """Make the index equal to the projection; say how many rows were missing, old or too many."""
        column = "rowid" if connection.vendor == "sqlite" else "entry"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM search_index")  # noqa: S608
            there = {row[0] for row in cursor.fetchall()}
        wanted = set(SearchEntry.objects.values_list("pk", flat=True))
        old = set(SearchEntry.objects.exclude(indexed_as=F("checksum")).values_list("pk", flat=True))
        missing = sorted((wanted - there) | old)
        for start in range(0, len(missing), 200):
            self._write(SearchEntry.objects.filter(pk__in=missing[start : start + 200]))
        self.remove(sorted(there - wanted))
        return len((wanted ^ there) | old)

    def is_well(self) -> bool:
        """As well as the database."""
        return True


def _match(groups: list[list[Alternative]], together: bool) -> str:
    """The question in the language of the database; terms are letters and digits only."""
    sqlite = connection.vendor == "sqlite"
    both, either = (" AND ", " OR ") if sqlite else (" & ", " | ")

    def one(alternative: Alternative) -> str:
        terms = [f'"{term}"' for term in alternative] if sqlite else alternative
        return f"({both.join(terms)})"

    return (both if together else either).join(
        f"({either.join(one(alternative) for alternative in group)})" for group in groups
    )


def _title_match(whole: list[str], beginning: str) -> str:
    if connection.vendor == "sqlite":
        last = f'(title : "{beginning}"* OR title : "{stem(beginning)}")'
        return " AND ".join([*(f'title : "{term}"' for term in whole), last])
    return " & ".join([*(f"{term}:A" for term in whole), f"({beginning}:A* | {stem(beginning)}:A)"])


class _Found:
    """The entries that fit, as SQL that is counted, grouped and ordered."""

    def __init__(self, question: Question, match: str) -> None:
        self.question, self.match = question, match
        self.sqlite = connection.vendor == "sqlite"

    def _from(self, leave_out: str = "") -> tuple[str, list[Any]]:
        """FROM and WHERE, without the choice in one facet."""
        sql, values = "FROM search_searchentry e", []
        where = ["e.organisation IS NULL"]
        if self.question.organisations:
            marks = ", ".join(["%s"] * len(self.question.organisations))
            where = [f"(e.organisation IS NULL OR e.organisation IN ({marks}))"]
            values += [pk.hex if self.sqlite else pk for pk in self.question.organisations]
        if self.match:
            sql += f" JOIN search_index i ON i.{'rowid' if self.sqlite else 'entry'} = e.id"
            where.append("search_index MATCH %s" if self.sqlite else "i.terms @@ to_tsquery('simple', %s)")
            values.append(self.match)
        for name, chosen in self.question.chosen.items():
            if name == leave_out or not chosen:
                continue
            marks = ", ".join(["%s"] * len(chosen))
            one_of = f"f.name = %s AND f.value IN ({marks})"
            where.append(f"e.id IN (SELECT f.entry_id FROM search_searchfacet f WHERE {one_of})")  # noqa: S608
            values += [name, *chosen]
        return f"{sql} WHERE {' AND '.join(where)}", values

    def _rows(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

    def count(self) -> int:
        sql, values = self._from()
        return int(self._rows(f"SELECT COUNT(*) {sql}", values)[0][0])

    def facets(self) -> dict[str, dict[str, int]]:
        """Counts per value: one question for all facets without a choice, one for each with one."""
        chosen = [name for name, values in self.question.chosen.items() if values]
        counts: dict[str, dict[str, int]] = {}
        for leave_out in ["", *chosen]:
            sql, values = self._from(leave_out)
            counted = "f.name = %s" if leave_out else "1 = 1"
            rows = self._rows(
                f"SELECT f.name, f.value, COUNT(*) FROM search_searchfacet f "  # noqa: S608  # marks only
                f"WHERE f.entry_id IN (SELECT e.id {sql}) AND {counted} GROUP BY f.name, f.value",
                [*values, *([leave_out] if leave_out else [])],
            )
            for name, value, number in rows:
                if leave_out or name not in chosen:
                    counts.setdefault(name, {})[value] = number
        return counts

    def newest(self, start: int, size: int) -> list[int]:
        sql, values = self._from()
        order = "e.published_on IS NULL, e.published_on DESC, e.id DESC"
        rows = self._rows(f"SELECT e.id {sql} ORDER BY {order} LIMIT %s OFFSET %s", [*values, size, start])
        return [row[0] for row in rows]

    def best(self, start: int, size: int) -> list[tuple[int, float, str, date | None]]:
        """Ids with their rank (higher is better), title and date."""
        sql, values = self._from()
        if self.sqlite:
            rank, first = "-bm25(search_index, 10.0, 1.0)", []
        else:
            rank, first = (
                "10 * ts_rank('{0.1, 0.1, 0.1, 1.0}', i.terms, to_tsquery('simple', %s), 1)",
                [self.match],
            )
        rows = self._rows(
            f"SELECT e.id, {rank} AS score, e.title, e.published_on {sql} "
            f"ORDER BY score DESC, e.id LIMIT %s OFFSET %s",
            [*first, *values, size, start],
        )
        return [(pk, float(score), title, published) for pk, score, title, published in rows]


def _reranked(rows: list[tuple[int, float, str, date | None]], text: str) -> list[int]:
    """The best rows once more in order: a title that is asked for, words that stand together, what is new."""
    from lnpo.organisations.models import today

    asked = index_terms(text)
    own = {stem(word) for word in words(text)}
    now = today()
    highest = max((score for _pk, score, *_rest in rows), default=0.0) or 1.0
    scored = []
    for order, (pk, score, title, published) in enumerate(rows):
        terms = index_terms(title)
        value = 10 * score / highest
        if own:
            value += IN_TITLE * len(own & set(terms.split())) / len(own)
        if asked and asked == terms:
            value += WHOLE_TITLE
        elif asked and f" {asked} " in f" {terms} ":
            value += PHRASE
        if published:
            value += RECENT / (1 + max(0, (now - _day(published)).days) / 365)
        scored.append((-value, order, pk))
    return [pk for _value, _order, pk in sorted(scored)]


def _day(value: date | str) -> date:
    """SQLite hands over a date of a plain question as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
