"""What was taken down leaves at once, also from counts and corrections; what was missed is mended."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from knowledge.models import PracticeIndexPage, PracticePage
from lnpo.audit.models import AuditEntry
from lnpo.outbox.delivery import sweep
from lnpo.search import indexing
from lnpo.search.backends import engines, patience
from lnpo.search.backends.base import EngineAwayError
from lnpo.search.indexing import reconcile
from lnpo.search.models import EmptySearch, SavedSearch, SearchEntry, SearchWord
from lnpo.search.saved import tell_what_is_new
from lnpo.search.service import find
from lnpo.search.tasks import forget_empty

VISITOR = AnonymousUser()


def restrict(page):
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.LOGIN
    )


@pytest.mark.parametrize(
    "hide",
    [lambda page: page.unpublish(), restrict, lambda page: restrict(page.get_parent()), lambda p: p.delete()],
)
def test_nothing_counts_what_was_taken_down_also_without_a_worker(site, hide):
    before = find(VISITOR, "", {}).total
    hide(site.practice)
    results = find(VISITOR, "", {})
    assert "praktijk" not in results.facets["kind"]
    assert results.total == before - 1 == len(find(VISITOR, "", {}, size=50).hits)


def test_a_deleted_goal_leaves_the_counts_at_once(site, cast):
    assert find(cast.anna, "thuiszitters", {}).facets["kind"]["doel"] == 1
    site.goal.delete()
    assert "doel" not in find(cast.anna, "thuiszitters", {}).facets["kind"]


def test_a_page_with_another_address_is_found_there(site):
    site.practice.slug = "ander-adres"
    site.practice.save()
    sweep()
    assert SearchEntry.objects.get(kind="praktijk").url == "/kennisbank/ander-adres/"


def test_words_of_what_was_taken_down_are_offered_to_nobody(site):
    assert find(VISITOR, "consulnet", {}).meant == "consulent"
    site.practice.unpublish()
    assert find(VISITOR, "consulnet", {}).meant == ""
    assert SearchWord.objects.filter(word="consulent").exists()
    reconcile()
    assert not SearchWord.objects.filter(word="consulent").exists()


def test_words_are_counted_anew_and_not_on_top(site):
    before = dict(SearchWord.objects.values_list("word", "times"))
    site.news.title = "Nieuwe regels voor verzuim!"
    site.news.save_revision().publish()
    sweep()
    reconcile()
    assert dict(SearchWord.objects.values_list("word", "times")) == before


def test_what_the_worker_indexed_during_the_comparison_stays(site):
    def publish_meanwhile(done):
        if not PracticePage.objects.filter(slug="meanwhile").exists():
            page = PracticeIndexPage.objects.get().add_child(
                instance=PracticePage(title="Tussendoor", slug="meanwhile", lead="x", topic=site.topic)
            )
            page.save_revision().publish()
            indexing.index_object("praktijk", str(page.pk))

    indexing.reconcile_source(indexing.sources()["praktijk"], publish_meanwhile)
    assert SearchEntry.objects.filter(title="Tussendoor").exists()


def test_all_strays_leave(site):
    SearchEntry.objects.bulk_create(
        SearchEntry(kind="weg", object_id=str(n), url="/", title="x") for n in range(indexing.BATCH + 5)
    )
    reconcile()
    assert not SearchEntry.objects.filter(kind="weg").exists()
    assert reconcile() == 0


def test_an_index_row_with_old_terms_is_mended(site):
    entry = SearchEntry.objects.get(kind="nieuws")
    engines.own().write([entry])
    SearchEntry.objects.filter(pk=entry.pk).update(indexed_as="old")
    assert engines.own().repair() == 1
    assert engines.own().repair() == 0


def test_a_text_of_several_megabytes_is_kept(site):
    entry = SearchEntry.objects.get(kind="nieuws")
    entry.text = " ".join(f"w{number}" for number in range(400_000))
    engines.own().write([entry])
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM search_index")
        assert cursor.fetchone()[0] == SearchEntry.objects.count()


def test_a_node_that_drips_bytes_is_given_up_in_time():
    started = time.monotonic()
    with pytest.raises(EngineAwayError):
        patience.in_time(lambda: time.sleep(1.6))
    assert time.monotonic() - started < 1.5
    assert patience.in_time(lambda: 7) == 7


def test_results_of_a_correction_say_so_and_the_very_words_can_be_asked(site, client):
    page = client.get("/zoeken/?q=consulnet").content.decode()
    assert "Resultaten voor <b>consulent</b>" in page
    assert site.practice.title in page
    assert "letterlijk=1" in page
    assert site.practice.title not in client.get("/zoeken/?q=consulnet&letterlijk=1").content.decode()


def test_a_slip_among_several_words_is_asked_about_although_something_was_found(site, client):
    results = find(VISITOR, "leerplict verandert", {})
    assert results.meant == "leerplicht verandert"
    assert not results.corrected
    assert "Bedoelde je:" in client.get("/zoeken/?q=leerplict verandert").content.decode()


def test_news_for_a_kept_question_notes_nothing(site, cast):
    SavedSearch.objects.create(user=cast.anna, query="q=zwemles", title="zwemles")
    tell_what_is_new()
    assert not EmptySearch.objects.exists()


def test_what_few_people_asked_in_vain_is_forgotten_after_a_month(db):
    long_ago = timezone.localdate() - timedelta(days=31)
    EmptySearch.objects.create(text="vaak", times=3, last_on=long_ago)
    EmptySearch.objects.create(text="eens", times=2, last_on=long_ago)
    EmptySearch.objects.create(text="pas", times=1)
    forget_empty()
    assert {row.text for row in EmptySearch.objects.all()} == {"vaak", "pas"}


def test_a_question_that_is_too_long_to_keep_is_refused_with_words(site, cast, client_of):
    question = "&".join(f"organisatie={'o' * 55}{n}" for n in range(10))
    answer = client_of(cast.anna).post("/zoeken/bewaren/", {"question": question}, follow=True)
    assert "te lang om te bewaren" in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_keeping_and_forgetting_stand_in_the_trail(site, cast, client_of):
    client = client_of(cast.anna)
    client.post("/zoeken/bewaren/", {"question": "q=verzuim"})
    client.post(f"/zoeken/bewaard/{SavedSearch.objects.get().pk}/weg/")
    actions = list(
        AuditEntry.objects.filter(action__startswith="saved_search").values_list("action", flat=True)
    )
    assert sorted(actions) == ["saved_search.forgotten", "saved_search.kept"]


def test_newest_first_stays_when_somebody_asks_again(site, client):
    assert 'type="hidden" name="volgorde" value="nieuwste"' in (
        client.get("/zoeken/?q=verzuim&volgorde=nieuwste").content.decode()
    )
    assert 'type="hidden" name="volgorde"' not in client.get("/zoeken/?q=verzuim").content.decode()
