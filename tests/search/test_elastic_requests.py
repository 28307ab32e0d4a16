"""Elasticsearch: the shape of what is sent, and what happens when it is away. No node answers here, so these
tests say nothing about what it finds; the contract does, whenever SEARCH_URL is set."""

import json
import time
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from elastic_transport import ConnectionTimeout
from elasticsearch import Elasticsearch

from lnpo.search import service
from lnpo.search.backends import engines, patience
from lnpo.search.backends.base import FACETS, NEWEST, Question
from lnpo.search.backends.elastic import ElasticEngine, index_body, search_request, suggest_request
from lnpo.search.indexing import reconcile

OWN = UUID(int=7)


def test_a_question_asks_for_what_may_be_seen_and_counts_each_facet_without_itself():
    question = Question(
        "verzuim", {"sector": ("po",), "kind": ("praktijk", "nieuws")}, (OWN,), start=10, size=10
    )
    body = search_request(question).to_dict()
    json.dumps(body)
    allowed = body["query"]["bool"]["filter"][0]["bool"]
    assert allowed["should"][1] == {"terms": {"organisation": [str(OWN)]}}
    assert set(body["aggs"]) == set(FACETS)
    assert body["aggs"]["sector"]["filter"]["bool"]["filter"] == [{"terms": {"kind": ["praktijk", "nieuws"]}}]
    assert len(body["aggs"]["topic"]["filter"]["bool"]["filter"]) == 2
    assert len(body["post_filter"]["bool"]["filter"]) == 2
    assert (body["from"], body["size"]) == (10, 10)
    assert "fuzziness" in json.dumps(body)
    assert "distance_feature" in json.dumps(body)


def test_a_visitor_is_asked_only_for_public_things():
    body = json.dumps(search_request(Question("verzuim")).to_dict())
    assert '"must_not": [{"exists": {"field": "organisation"}}]' in body
    assert "terms" in body
    assert str(OWN) not in body


def test_without_words_or_by_date_the_newest_come_first():
    for question in (Question(), Question("verzuim", sort=NEWEST)):
        assert "published_on" in search_request(question).to_dict()["sort"][0]


def test_suggestions_look_at_the_beginnings_of_words_in_titles():
    body = suggest_request("thuisz", (OWN,), 6).to_dict()
    assert body["query"]["bool"]["must"][0]["multi_match"]["type"] == "bool_prefix"
    assert body["size"] == 6


def test_an_index_analyses_dutch_and_takes_nothing_that_it_does_not_know(db):
    body = index_body()
    analysis = body["settings"]["analysis"]
    assert "parts" in analysis["analyzer"]["dutch_text"]["filter"]
    assert "parts" not in analysis["analyzer"]["dutch_question"]["filter"]
    assert "synonyms" in analysis["analyzer"]["dutch_question"]["filter"]
    assert body["mappings"]["dynamic"] == "strict"
    assert set(FACETS) <= set(body["mappings"]["properties"])


@pytest.fixture
def away(settings, monkeypatch):
    """An Elasticsearch that hangs until the client gives up."""

    class Hanging(Elasticsearch):
        calls = 0

        def perform_request(self, *args, **kwargs):
            Hanging.calls += 1
            raise ConnectionTimeout("no answer")

    client = Hanging("http://127.0.0.1:1")
    monkeypatch.setattr(client, "options", lambda **kwargs: client)
    engine = ElasticEngine("", client)
    monkeypatch.setattr(engines, "chosen", lambda: engine)
    patience.wake()
    yield Hanging
    patience.wake()


def test_while_it_is_away_saving_works_and_our_own_engine_answers_with_a_notice(site, client, away):
    site.practice.title = "Verzuim opnieuw bekeken"
    site.practice.save_revision().publish()
    reconcile()
    started = time.monotonic()
    page = client.get("/zoeken/?q=verzuim").content.decode()
    assert time.monotonic() - started < 2
    assert "opnieuw bekeken" in page
    assert "Zoeken werkt even op halve kracht" in page
    assert client.get("/").status_code == 200
    assert "search" in client.get("/readyz").json()["degraded"]


def test_an_engine_that_did_not_answer_is_left_alone_for_a_while(site, client, away):
    client.get("/zoeken/?q=verzuim")
    before = away.calls
    client.get("/zoeken/?q=verzuim")
    assert away.calls == before


def test_a_real_address_where_nothing_listens_answers_within_two_seconds(site, settings, monkeypatch):
    engine = ElasticEngine("http://127.0.0.1:9")
    monkeypatch.setattr(engines, "chosen", lambda: engine)
    patience.wake()
    started = time.monotonic()
    results = service.find(AnonymousUser(), "verzuim", {})
    assert time.monotonic() - started < 2
    assert results.reduced
    assert results.total
    patience.wake()
