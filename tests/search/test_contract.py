"""What every engine keeps: for the database of this run, and for Elasticsearch whenever SEARCH_URL is set."""

import os

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from wagtail.models import Page, PageViewRestriction

from home import demo
from lnpo.outbox.delivery import sweep
from lnpo.search.indexing import reconcile
from lnpo.search.models import SearchEntry, SynonymGroup
from lnpo.search.service import find, suggest
from tests.search.golden import GOLDEN

VISITOR = AnonymousUser()


def titles(user=VISITOR, text="", **chosen):
    results = find(user, text, {name: tuple(values) for name, values in chosen.items()}, size=50)
    return [hit.entry.title for hit in results.hits]


class GoldenSet(TestCase):
    """The demo, loaded and indexed once."""

    @classmethod
    def setUpTestData(cls):
        demo.load()
        reconcile()

    def test_what_people_ask_is_among_the_first_three(self):
        assert len(GOLDEN) >= 60
        missed = [
            (question, wanted, titles(text=question)[:3])
            for question, wanted in GOLDEN
            if not any(wanted in title for title in titles(text=question)[:3])
        ]
        assert missed == []

    def test_counts_of_each_kind_add_up_to_the_results_for_everybody(self):
        from lnpo.accounts.models import User

        people = [VISITOR, *User.objects.filter(email__in=["anna@example.org", "els@example.org"])]
        for user in people:
            for question in ("", "verzuim", "doel"):
                results = find(user, question, {}, size=100)
                assert sum(results.facets["kind"].values()) == results.total == len(results.hits), (
                    user,
                    question,
                )


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("thuiszitter", ["Acht weken sneller terug naar school"]),
        ("verzuimen", ["Nieuwe regels voor verzuim", "Vroeg in actie bij verzuim"]),
        ("verband", ["Onze klanten"]),
        ("kinderen", ["Acht weken sneller terug naar school"]),
        ("CONSULENTEN", ["Acht weken sneller terug naar school"]),
    ],
)
def test_forms_parts_and_synonyms_of_a_word_find_the_same(site, question, fits):
    found = titles(text=question)
    assert set(fits) <= set(found)
    assert not found or fits


def test_a_group_of_synonyms_of_pos_counts_at_once(site):
    assert titles(text="schoolmijders") == []
    SynonymGroup.objects.create(terms="schoolmijder, thuiszitter")
    assert "Acht weken sneller terug naar school" in titles(text="schoolmijders")


def test_a_slip_is_asked_about(site):
    assert find(VISITOR, "consulnet", {}).meant == "consulent"
    assert find(VISITOR, "qqqqqqq", {}).meant == ""


def test_several_facets_narrow_together_and_each_counts_without_itself(site):
    results = find(VISITOR, "", {"kind": ("praktijk",), "sector": ("po",)})
    assert [hit.entry.title for hit in results.hits] == ["Acht weken sneller terug naar school"]
    assert results.facets["kind"]["doelsjabloon"] == 1
    assert results.facets["sector"] == {"po": 1}
    assert titles(kind=["praktijk", "nieuws"]) and "Vroeg in actie bij verzuim" not in titles(
        kind=["praktijk"]
    )
    assert titles(kind=["bestaat-niet"]) == []


def test_a_found_word_is_marked_and_what_somebody_wrote_stays_text(site):
    site.practice.title = "<script>alert(1)</script> & verzuim"
    site.practice.save_revision().publish()
    sweep()
    hit = find(VISITOR, "verzuim", {"kind": ("praktijk",)}).hits[0]
    assert hit.title == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; <mark>verzuim</mark>"
    assert "<mark>" in find(VISITOR, "thuiszitters", {"kind": ("praktijk",)}).hits[0].snippet


def test_titles_are_suggested_while_typing(site):
    assert [hit.entry.title for hit in suggest(VISITOR, "nieuwe reg")] == ["Nieuwe regels voor verzuim"]
    assert suggest(VISITOR, "minder thuisz") == []
    assert suggest(VISITOR, "  ") == []


def test_a_goal_is_found_by_the_members_of_its_swv_and_by_nobody_else(site, cast):
    goal = "Minder thuiszitters in onze regio"
    assert goal in titles(cast.anna, "thuiszitters")
    assert goal in [hit.entry.title for hit in suggest(cast.anna, "minder thuisz")]
    for other in (VISITOR, cast.daan, cast.els):
        results = find(other, "thuiszitters", {})
        assert goal not in [hit.entry.title for hit in results.hits]
        assert "doel" not in results.facets["kind"]


def test_whose_membership_ended_finds_the_goal_no_more(site, cast):
    cast.anna.memberships.update(revoked_at="2026-01-01T00:00:00Z")
    assert "Minder thuiszitters in onze regio" not in titles(cast.anna, "thuiszitters")


def restrict(page):
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.LOGIN
    )


HIDE = {
    "unpublished": lambda page: page.unpublish(),
    "restricted": restrict,
    "restricted above": lambda page: restrict(page.get_parent()),
    "deleted": lambda page: page.delete(),
}


@pytest.mark.parametrize("way", HIDE)
@pytest.mark.parametrize("worker", ["works", "is dead"])
def test_what_is_hidden_is_found_nowhere_also_while_the_index_is_old(site, cast, way, worker):
    title = site.practice.title
    HIDE[way](site.practice)
    if worker == "works":
        sweep()
        assert not SearchEntry.objects.filter(kind="praktijk").exists()
    for user in (VISITOR, cast.anna, cast.els):
        assert title not in titles(user, "thuiszitters")
        assert title not in [hit.entry.title for hit in suggest(user, "acht weken")]
    assert worker == "is dead" or "praktijk" not in find(VISITOR, "", {}).facets["kind"]


def test_a_draft_and_a_scheduled_page_are_not_found_until_they_are_published(site):
    site.practice.title = "Heel iets anders"
    site.practice.save_revision()
    sweep()
    assert "Heel iets anders" not in titles(text="anders")
    site.practice.save_revision().publish()
    sweep()
    assert "Heel iets anders" in titles(text="anders")


def test_comparing_mends_everything_that_was_missed_and_then_finds_nothing(site):
    assert reconcile() == 0
    SearchEntry.objects.filter(kind="nieuws").delete()
    SearchEntry.objects.filter(kind="praktijk").update(title="Oud", checksum="")
    assert reconcile() >= 2
    assert reconcile() == 0
    assert "Nieuwe regels voor verzuim" in titles(text="leerplicht")
    assert "Acht weken sneller terug naar school" in titles(text="consulent")


def test_the_order_can_be_by_date(site):
    found = find(VISITOR, "verzuim", {}, sort="newest").hits
    days = [hit.entry.published_on for hit in found if hit.entry.published_on]
    assert days == sorted(days, reverse=True)


@pytest.mark.skipif(
    not os.environ.get("SEARCH_URL"), reason="no SEARCH_URL: the shape of requests is tried instead"
)
def test_elasticsearch_answers_when_it_is_there(site):
    from lnpo.search.backends import engines

    assert engines.chosen() is not engines.own()
    assert engines.chosen().is_well()
