"""The search page: answers to every question, works without JavaScript, keeps what somebody wants to keep."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import PracticeIndexPage, PracticePage
from lnpo.outbox.delivery import sweep
from lnpo.search.models import EmptySearch, SavedSearch, SearchEntry
from lnpo.search.saved import MOST_SAVED, tell_what_is_new
from tests.mailbox import sent_mails


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=verzuim",
        "?q=%00",
        "?q='",
        '?q="',
        "?q=*",
        "?q=(",
        "?q=a AND OR NOT NEAR",
        "?q=title:verzuim",
        "?q=-verzuim",
        "?q=:*&!|",
        "?q=<script>alert(1)</script>",
        "?q=verzuim&page=-1",
        "?q=verzuim&page=99999999999999999999",
        "?q=verzuim&page=%C2%B2",
        "?q=verzuim&page=x",
        "?soort=%00&thema='&sector=<b>&jaar=9999999999999999999999",
        "?volgorde=x",
        "?" + "&".join(f"thema=t{n}" for n in range(200)),
        "?q=" + "verzuim " * 1300,
        "?q=" + "x" * 10_000,
    ],
)
def test_every_question_gets_an_answer(site, client, query):
    assert client.get(f"/zoeken/{query}").status_code == 200
    assert client.get(f"/zoeken/suggesties/{query}").status_code == 200


def test_a_visitor_finds_narrows_and_clears(site, client):
    page = client.get("/zoeken/?q=verzuim").content.decode()
    assert "resultaten voor “verzuim”" in page
    assert 'name="soort" value="praktijk"' in page
    narrowed = client.get("/zoeken/?q=verzuim&soort=nieuws").content.decode()
    assert "1 resultaat voor “verzuim”" in narrowed
    assert 'aria-label="Verwijder filter Nieuws"' in narrowed
    assert 'href="/zoeken/?q=verzuim"' in narrowed
    assert "checked" in narrowed


def test_nothing_found_helps_on(site, client):
    page = client.get("/zoeken/?q=consulnet&soort=nieuws").content.decode()
    assert "Bedoelde je:" in page
    assert "/zoeken/?q=consulent" in page
    assert "Zoek opnieuw zonder filters" in page


def test_what_was_asked_in_vain_is_counted_without_what_may_be_a_person(site, client):
    for question in ("zwemles", "Zwemles", "jan@example.org", "0612345678", "zwemles&soort=nieuws"):
        client.get(f"/zoeken/?q={question}")
    assert [(row.text, row.times) for row in EmptySearch.objects.all()] == [("zwemles", 2)]


def test_the_page_costs_the_same_however_much_is_found(site, client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/zoeken/?q=verzuim&sector=po").status_code == 200
        return len(queries)

    few = cost()
    index = PracticeIndexPage.objects.get()
    for number in range(30):
        page = index.add_child(
            instance=PracticePage(
                title=f"Verzuim {number}", slug=f"v-{number}", lead="x", topic=site.topic, sector="po"
            )
        )
        page.save_revision().publish()
    sweep()
    assert cost() <= few


def test_a_member_keeps_a_question_and_hears_once_what_is_new(site, cast, client_of):
    client = client_of(cast.anna)
    for _turn in range(2):
        client.post("/zoeken/bewaren/", {"question": "q=verzuim&soort=praktijk"})
    saved = SavedSearch.objects.get()
    assert saved.title == "“verzuim”, Praktijkvoorbeelden"
    assert tell_what_is_new() == 0
    page = PracticeIndexPage.objects.get().add_child(
        instance=PracticePage(title="Verzuim in beeld", slug="in-beeld", lead="x", topic=site.topic)
    )
    page.save_revision().publish()
    sweep()
    assert tell_what_is_new() == 1
    assert tell_what_is_new() == 0
    (message,) = [mail for mail in sent_mails() if mail.to == [cast.anna.email]]
    assert "Verzuim in beeld" in message.body
    assert "/kennisbank/in-beeld/" in message.body


def test_news_that_is_hidden_before_the_mail_goes_is_not_mailed(site, cast, client_of):
    client_of(cast.anna).post("/zoeken/bewaren/", {"question": "q=verzuim"})
    page = PracticeIndexPage.objects.get().add_child(
        instance=PracticePage(title="Verzuim in beeld", slug="in-beeld", lead="x", topic=site.topic)
    )
    page.save_revision().publish()
    sweep()
    tell_what_is_new()
    page.unpublish()
    assert [mail for mail in sent_mails() if mail.to == [cast.anna.email]] == []


def test_a_kept_question_belongs_to_one_person(site, cast, client_of):
    client_of(cast.anna).post("/zoeken/bewaren/", {"question": "q=verzuim"})
    saved = SavedSearch.objects.get()
    assert client_of(cast.daan).post(f"/zoeken/bewaard/{saved.pk}/weg/").status_code == 404
    assert client_of(cast.anna).post(f"/zoeken/bewaard/{saved.pk}/weg/").status_code == 302
    assert not SavedSearch.objects.exists()


def test_nobody_keeps_more_than_one_person_may_nor_nothing(site, cast, client_of):
    client = client_of(cast.anna)
    client.post("/zoeken/bewaren/", {"question": ""})
    client.post("/zoeken/bewaren/", {"question": "soort=%00"})
    assert not SavedSearch.objects.exists()
    for number in range(MOST_SAVED + 2):
        client.post("/zoeken/bewaren/", {"question": f"q=vraag{number}"})
    assert SavedSearch.objects.count() == MOST_SAVED


def test_the_index_is_made_anew_by_a_command_that_tells_how_far_it_is(site):
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    total = SearchEntry.objects.count()
    assert total >= 5
    assert f"{total}/{total}" in out.getvalue()
    assert f"{total} entries in" in out.getvalue()


def test_pos_keeps_synonyms_and_sees_what_was_asked_in_vain(site, cast, client_of):
    client = client_of(cast.els)
    client.get("/zoeken/?q=zwemles")
    assert b"zwemles" not in client.get("/beheer/empty_searches/").content
    for _turn in range(2):
        client.get("/zoeken/?q=zwemles")
    assert b"zwemles" in client.get("/beheer/empty_searches/").content
    answer = client.post("/beheer/synonyms/new/", {"terms": "zwemles, zwemmen"})
    assert answer.status_code == 302
    assert b"zwemles, zwemmen" in client.get("/beheer/synonyms/").content


def test_a_visitor_who_wants_to_keep_a_question_signs_in_first(site, client):
    for path in ("/zoeken/bewaren/", "/zoeken/bewaard/1/weg/"):
        assert client.post(path, {"question": "q=x"})["Location"].startswith("/account/login/")
        assert client.get(path).status_code == 405


def test_the_page_shows_what_somebody_keeps_and_nobody_else_sees_it(site, cast, client_of):
    client_of(cast.anna).post("/zoeken/bewaren/", {"question": "q=verzuim"})
    assert "Zoekvragen die je bewaart" in client_of(cast.anna).get("/zoeken/").content.decode()
    assert "Zoekvragen die je bewaart" not in client_of(cast.daan).get("/zoeken/").content.decode()
