"""What changes in the CMS shows at once, although processes remember where the pages are."""

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from home.models import ContentPage, HomePage
from lnpo.ui import site_memory


@pytest.fixture
def site(db, settings, tmp_path, monkeypatch):
    """A site with one page below another, a memory that works, and commits that happen."""
    call_command("prepare_site")
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(site_memory, "_switched_off", lambda: False)
    monkeypatch.setattr("django.db.transaction.on_commit", lambda run, **options: run())
    site_memory.forget()
    section = ContentPage.objects.get(slug="aanbod")
    page = section.add_child(instance=ContentPage(title="Leergang", slug="leergang", intro="Samen leren"))
    page.save_revision().publish()
    yield page
    site_memory.forget()


def get(path: str = "/aanbod/leergang/"):
    return Client().get(path)


def test_a_page_is_found_again_with_one_question(site, django_assert_num_queries):
    first = get().content
    with django_assert_num_queries(1):
        assert get().content == first


def test_the_front_page_asks_nothing_the_second_time(site, django_assert_num_queries):
    get("/")
    with django_assert_num_queries(0):
        assert get("/").status_code == 200


def test_a_new_text_shows_at_once(site):
    get()
    site.intro = "Van elkaar leren"
    site.save_revision().publish()
    assert "Van elkaar leren" in get().content.decode()


def test_a_page_that_is_taken_down_is_gone_at_once(site):
    assert get().status_code == 200
    site.unpublish()
    assert get().status_code == 404


def test_a_page_that_is_removed_is_gone_at_once(site):
    assert get().status_code == 200
    site.delete()
    assert get().status_code == 404


def test_a_page_that_moves_is_found_at_its_new_place_and_the_old_address_leads_there(site):
    get()
    site.move(HomePage.objects.get(), pos="last-child")
    assert get().headers["Location"] == "/leergang/"
    moved = get("/leergang/")
    assert moved.status_code == 200
    assert "/aanbod/leergang/" not in moved.content.decode()


def test_a_new_title_of_the_page_above_shows_in_the_path_at_once(site):
    get()
    above = ContentPage.objects.get(slug="aanbod")
    above.title = "Wat we doen"
    above.save_revision().publish()
    assert "Wat we doen" in get().content.decode()


def test_a_restriction_works_at_once_and_also_on_an_alias(site):
    assert get().status_code == 200
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=site.pk), restriction_type=PageViewRestriction.LOGIN
    )
    assert get().status_code == 302
    site.create_alias(parent=HomePage.objects.get(), update_slug="kopie")
    assert get("/kopie/").status_code == 302
    restriction.delete()
    assert get().status_code == 200


def test_what_is_not_there_is_not_remembered(site):
    for number in range(3):
        assert get(f"/bestaat-niet-{number}/").status_code == 404
    assert not [key for key, _language in site_memory._values if key[0] == "route"]


def test_a_page_that_appears_is_found_at_once(site):
    assert get("/aanbod/nieuw/").status_code == 404
    page = ContentPage.objects.get(slug="aanbod").add_child(
        instance=ContentPage(title="Nieuw", slug="nieuw", intro="Nieuw")
    )
    page.save_revision().publish()
    assert get("/aanbod/nieuw/").status_code == 200
