"""Elasticsearch 8.19 through ``elasticsearch.dsl``: its own Dutch analysis, the same answers.

The name of an index carries the moment it was made; an alias says which one answers, so that a new one takes
over in one step. A write that fails is mended by the nightly comparison. Timeouts are short: search answers
within two seconds, also when this engine does not. The client's floor for Elasticsearch 9 is
``elasticsearch>=9``; nothing else changes here, because ``elasticsearch.dsl`` is part of it.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError, helpers
from elasticsearch.dsl import A, Q, Search

from lnpo.search.analysis import override_lines, part_words
from lnpo.search.backends import patience
from lnpo.search.backends.base import FACETS, NEWEST, Answer, EngineAwayError, Question, facets_of
from lnpo.search.models import SearchEntry
from lnpo.search.synonyms import synonym_lines

logger = logging.getLogger(__name__)

ALIAS = "lnpo-search"
TIMEOUT = 1.2
"""Seconds for one question; the rest of the two seconds is for our own engine."""
WRITE_TIMEOUT = 5.0
MOST_VALUES = 60
AWAY = (ApiError, TransportError)


def _leave_alone(error: Exception) -> None:
    """A node that does not answer a write is left alone too; one that refuses a document is well."""
    if isinstance(error, TransportError):
        patience.let_rest()


def index_body() -> dict[str, Any]:
    """Settings and mapping: Dutch with overrides, parts of long words, and synonyms in questions."""
    keep = ["swv", "lnpo", "tlv", "opp", "opr", "po", "vo", "sbo", "vso", "lwoo"]
    filters = {
        "keep": {"type": "keyword_marker", "keywords": keep},
        "parts": {
            "type": "dictionary_decompounder",
            "word_list": part_words(),
            "min_subword_size": 4,
            "only_longest_match": True,
        },
        "overrides": {"type": "stemmer_override", "rules": override_lines()},
        "stems": {"type": "stemmer", "language": "dutch"},
        "synonyms": {"type": "synonym_graph", "synonyms": synonym_lines(), "lenient": True},
    }
    ends = ["overrides", "stems"]
    analyzers = {
        "dutch_text": ["lowercase", "asciifolding", "keep", "parts", *ends],
        "dutch_question": ["lowercase", "asciifolding", "keep", "synonyms", *ends],
    }
    text = {"type": "text", "analyzer": "dutch_text", "search_analyzer": "dutch_question"}
    return {
        "settings": {
            "number_of_shards": 1,
            "analysis": {
                "filter": filters,
                "analyzer": {
                    name: {"type": "custom", "tokenizer": "standard", "filter": chain}
                    for name, chain in analyzers.items()
                },
            },
        },
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "title": {**text, "fields": {"typed": {"type": "search_as_you_type"}}},
                "text": text,
                "organisation": {"type": "keyword"},
                "published_on": {"type": "date"},
                "entry": {"type": "long"},
                "checksum": {"type": "keyword"},
                **{name: {"type": "keyword"} for name in FACETS},
            },
        },
    }


def document(entry: SearchEntry, facets: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What is kept of one entry."""
    values: dict[str, Any] = {
        "title": entry.title,
        "text": entry.text,
        "organisation": str(entry.organisation) if entry.organisation else None,
        "published_on": entry.published_on.isoformat() if entry.published_on else None,
        "entry": entry.pk,
        "checksum": entry.checksum,
    }
    for name, value in facets:
        if name in FACETS:
            values.setdefault(name, []).append(value)
    return values


def allowed(organisations: tuple[UUID, ...]) -> Any:
    """Public things, and those of these organisations."""
    public = Q("bool", must_not=[Q("exists", field="organisation")])
    if not organisations:
        return public
    own = Q("terms", organisation=[str(pk) for pk in organisations])
    return Q("bool", should=[public, own], minimum_should_match=1)


def search_request(question: Question) -> Any:
    """The request for a question: narrowed after counting, so that each facet leaves out its own choice."""
    chosen = {name: list(values) for name, values in question.chosen.items() if values}
    request = Search(index=ALIAS).filter(allowed(question.organisations)).source(fields=["entry"])
    if question.text:
        request = request.query(_text_query(question.text))
    for name in FACETS:
        others = [Q("terms", **{other: values}) for other, values in chosen.items() if other != name]
        counted = A("filter", filter=Q("bool", filter=others))
        counted.bucket("values", "terms", field=name, size=MOST_VALUES)
        request.aggs.bucket(name, counted)
    if chosen:
        narrowed = [Q("terms", **{name: values}) for name, values in chosen.items()]
        request = request.post_filter(Q("bool", filter=narrowed))
    if question.sort == NEWEST or not question.text:
        order: list[Any] = [{"published_on": {"order": "desc", "missing": "_last"}}, {"entry": "desc"}]
        request = request.sort(*order)
    request = request.extra(track_total_hits=True, timeout=f"{int(TIMEOUT * 1000)}ms")
    return request[question.start : question.start + question.size]


def _text_query(text: str) -> Any:
    """All words in title and text together, or all but for a slip; more for a phrase, and for what is new."""
    fields = ["title^6", "text"]
    exact = Q("multi_match", query=text, fields=fields, type="cross_fields", operator="and")
    slips = Q(
        "multi_match", query=text, fields=fields, operator="and", fuzziness="AUTO", prefix_length=1, boost=0.3
    )
    phrase = Q("match_phrase", title={"query": text, "boost": 4, "slop": 1})
    recent = Q("distance_feature", field="published_on", origin="now", pivot="365d", boost=0.5)
    return Q("bool", must=[Q("dis_max", queries=[exact, slips])], should=[phrase, recent])


def suggest_request(text: str, organisations: tuple[UUID, ...], size: int) -> Any:
    """The request for titles that fit what is being typed."""
    fields = ["title.typed", "title.typed._2gram", "title.typed._3gram"]
    query = Q("multi_match", query=text, type="bool_prefix", fields=fields)
    return Search(index=ALIAS).filter(allowed(organisations)).query(query).source(fields=["entry"])[:size]


class ElasticEngine:
    """See the module docstring.

    Args:
        url: where Elasticsearch answers.
        client: another client; for tests.

    """

    def __init__(self, url: str, client: Elasticsearch | None = None) -> None:
        self.client = client or Elasticsearch(
            url, request_timeout=TIMEOUT, max_retries=0, retry_on_timeout=False
        )

    def write(self, entries: list[SearchEntry]) -> None:
        """Keep these entries; a failure is left to the nightly comparison, so that saving always works."""
        prefetch_related_objects(entries, "facets")
        try:
            self._bulk(ALIAS, entries)
        except (*AWAY, helpers.BulkIndexError) as error:
            _leave_alone(error)
            logger.warning("not indexed in Elasticsearch, the comparison mends it: %s", type(error).__name__)

    def _bulk(self, index: str, entries: Iterable[SearchEntry]) -> None:
        actions = (
            {
                "_op_type": "index",
                "_index": index,
                "_id": str(entry.pk),
                "_source": document(entry, facets_of(entry)),
            }
            for entry in entries
        )
        client = self.client.options(request_timeout=WRITE_TIMEOUT)
        helpers.bulk(client, actions, require_alias=index == ALIAS)

    def remove(self, ids: list[int]) -> None:
        """Forget these entries."""
        actions = ({"_op_type": "delete", "_index": ALIAS, "_id": str(pk)} for pk in ids)
        try:
            helpers.bulk(self.client.options(request_timeout=WRITE_TIMEOUT), actions, raise_on_error=False)
        except AWAY as error:
            _leave_alone(error)
            logger.warning(
                "not removed from Elasticsearch, the comparison mends it: %s", type(error).__name__
            )

    def search(self, question: Question) -> Answer:
        """Find.

        Raises:
            EngineAwayError: no answer in time.

        """
        try:
            found = search_request(question).using(self.client).execute()
        except AWAY as error:
            raise EngineAwayError(type(error).__name__) from error
        if found.timed_out:
            raise EngineAwayError("timed out")
        facets = {
            name: {
                str(bucket.key): int(bucket.doc_count)
                for bucket in found.aggregations[name]["values"].buckets
            }
            for name in FACETS
        }
        return Answer([int(hit.entry) for hit in found], int(found.hits.total.value), facets)

    def suggest(self, text: str, organisations: tuple[UUID, ...], size: int) -> list[int]:
        """Entries whose title fits what somebody is typing.

        Raises:
            EngineAwayError: no answer in time.

        """
        try:
            found = suggest_request(text, organisations, size).using(self.client).execute()
        except AWAY as error:
            raise EngineAwayError(type(error).__name__) from error
        return [int(hit.entry) for hit in found]

    def _new_index(self) -> str:
        name = f"{ALIAS}-{time.time_ns()}"
        self.client.options(request_timeout=WRITE_TIMEOUT).indices.create(index=name, **index_body())
        return name

    @contextmanager
    def rebuilding(self) -> Iterator[Callable[[Iterable[SearchEntry]], None]]:
        """Fill a new index beside the old one; when the block ends well, the alias moves in one step."""
        name = self._new_index()
        try:
            yield lambda entries: self._bulk(name, entries)
        except BaseException:
            self.client.indices.delete(index=name)
            raise
        self.client.indices.refresh(index=name)
        self.client.indices.update_aliases(
            actions=[
                *({"remove_index": {"index": old}} for old in self._indices_behind_the_alias()),
                {"add": {"index": name, "alias": ALIAS}},
            ]
        )
        self.repair()  # what was written to the old index meanwhile

    def _indices_behind_the_alias(self) -> list[str]:
        try:
            return list(self.client.indices.get_alias(name=ALIAS))
        except NotFoundError:
            return []

    def repair(self) -> int:
        """Make the index equal to the projection; say how many entries were missing, old or too many."""
        try:
            return self._fill() if not self._indices_behind_the_alias() else self._mend()
        except (*AWAY, helpers.BulkIndexError) as error:
            _leave_alone(error)
            logger.warning("Elasticsearch cannot be compared: %s", type(error).__name__)
            return 0

    def _fill(self) -> int:
        """The very first index answers only when it is complete."""
        with self.rebuilding() as write:
            write(SearchEntry.objects.prefetch_related("facets").iterator(chunk_size=200))
        return SearchEntry.objects.count()

    def _mend(self) -> int:
        self.client.indices.refresh(index=ALIAS)
        there = {
            int(hit["_id"]): hit["_source"].get("checksum", "")
            for hit in helpers.scan(self.client, index=ALIAS, _source=["checksum"])
        }
        wanted = dict(SearchEntry.objects.values_list("pk", "checksum"))
        missing = sorted(pk for pk, checksum in wanted.items() if there.get(pk) != checksum)
        too_many = sorted(there.keys() - wanted.keys())
        for start in range(0, len(missing), 200):
            part = missing[start : start + 200]
            self._bulk(ALIAS, SearchEntry.objects.filter(pk__in=part).prefetch_related("facets"))
        if too_many:
            self.remove(too_many)
        return len(missing) + len(too_many)

    def is_well(self) -> bool:
        """Whether it answers a ping."""
        return bool(self.client.ping())
