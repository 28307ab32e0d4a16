"""The public site: every page type, what is kept in the cache, and what a page may cost."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from home import demo
from home.models import ContentPage, HomePage, NewsIndexPage, NewsPage
from home.structure import RESERVED_SLUGS, prepare_site
from knowledge.models import PracticeIndexPage, PracticePage
from lnpo import page_cache
from lnpo.organisations.models import today
from lnpo.topics.models import Topic

SECTIONS = [
    "/",
    "/nieuws/",
    "/aanbod/",
    "/klanten/",
    "/partners/",
    "/over-ons/",
    "/contact/",
    "/privacy/",
    "/toegankelijkheid/",
    "/sessies/",
    "/kennisbank/",
    "/doelsjablonen/",
]


@pytest.fixture
def site(db):
    return prepare_site()


def practice(number, **fields):
    index = PracticeIndexPage.objects.get()
    topic = Topic.objects.get_or_create(key="doelmatigheid", title="Doelmatigheid")[0]
    for n in range(number):
        page = PracticePage(title=f"Example {n}", slug=f"example-{n}", lead="Lead", topic=topic, **fields)
        index.add_child(instance=page)


@pytest.mark.parametrize("path", SECTIONS)
def test_every_section_stands_for_everybody(site, client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert b"csrfmiddlewaretoken" not in answer.content


@pytest.mark.parametrize("path", SECTIONS)
@pytest.mark.parametrize("who", ["anna", "daan", "els"])
def test_every_section_stands_for_members_and_pos_and_is_private(cast, client_of, path, who):
    prepare_site()
    answer = client_of(getattr(cast, who)).get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_preparing_twice_changes_nothing(site):
    before = HomePage.objects.get().get_descendants().count()
    prepare_site()
    assert HomePage.objects.get().get_descendants().count() == before


def test_editors_keep_their_own_text_when_the_site_is_prepared_again(site):
    page = ContentPage.objects.get(slug="aanbod")
    page.intro = "Our own words"
    page.save_revision().publish()
    prepare_site()
    page.refresh_from_db()
    assert page.intro == "Our own words"


@pytest.mark.parametrize("path", SECTIONS)
def test_visitors_are_served_from_the_cache(site, settings, tmp_path, path):
    settings.PAGE_CACHE_ENABLED, settings.DATA_DIR = True, tmp_path
    client = Client()
    first = client.get(path)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        second = client.get(path)
    assert len(queries) == 0
    assert second.content == first.content


def test_a_published_page_is_seen_at_once(site, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.PAGE_CACHE_ENABLED, settings.DATA_DIR = True, tmp_path
    client = Client()
    assert b"Fresh title" not in client.get("/aanbod/").content
    page = ContentPage.objects.get(slug="aanbod")
    page.title = "Fresh title"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert b"Fresh title" in client.get("/aanbod/").content


def test_what_a_signed_in_person_saw_is_never_given_to_a_visitor(cast, client_of, settings, tmp_path):
    settings.PAGE_CACHE_ENABLED, settings.DATA_DIR = True, tmp_path
    prepare_site()
    assert b"Anna" in client_of(cast.anna).get("/").content
    assert b"Anna" not in Client().get("/").content


@pytest.mark.parametrize("path", ["/account/login/", "/nope/"])
def test_forms_and_error_pages_are_never_stored(site, settings, tmp_path, path):
    settings.PAGE_CACHE_ENABLED, settings.DATA_DIR = True, tmp_path
    answer = Client().get(path)
    assert not getattr(answer, "is_public_page", False)


def test_a_page_behind_a_restriction_is_never_stored(site, settings, tmp_path):
    from wagtail.models import PageViewRestriction

    settings.PAGE_CACHE_ENABLED, settings.DATA_DIR = True, tmp_path
    page = ContentPage.objects.get(slug="aanbod")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert Client().get("/aanbod/").status_code == 302


@pytest.mark.parametrize("path", ["/nieuws/draft/", "/kennisbank/draft/"])
def test_a_draft_is_a_404_and_stands_in_no_list(site, client, path):
    NewsIndexPage.objects.get().add_child(
        instance=NewsPage(title="Secret", slug="draft", intro="x", live=False)
    )
    PracticeIndexPage.objects.get().add_child(
        instance=PracticePage(title="Secret", slug="draft", lead="x", live=False)
    )
    assert client.get(path).status_code == 404
    for place in ("/", "/nieuws/", "/kennisbank/", "/sitemap.xml"):
        assert b"Secret" not in client.get(place).content
        assert b"/draft/" not in client.get(place).content


@pytest.mark.parametrize(
    "query",
    [
        "?page=-1",
        "?page=x",
        "?page=999",
        "?thema=%00",
        "?thema=' OR 1",
        "?sector=%F0%9F%98%80",
        "?q=" + "x" * 9000,
    ],
)
@pytest.mark.parametrize("path", ["/kennisbank/", "/doelsjablonen/", "/sessies/", "/nieuws/"])
def test_odd_queries_get_an_answer(site, client, path, query):
    assert client.get(path + query).status_code == 200


def test_lists_cost_the_same_for_few_and_many(site, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    practice(3)
    client.get("/kennisbank/")
    with CaptureQueriesContext(connection) as few:
        client.get("/kennisbank/")
    for page in PracticePage.objects.all():
        page.delete()
    practice(10)
    with django_assert_num_queries(len(few)):
        client.get("/kennisbank/")
    assert len(few) <= 12


def test_news_is_shown_newest_first(site, client):
    index = NewsIndexPage.objects.get()
    for days, title in ((9, "Older"), (1, "Newer")):
        index.add_child(
            instance=NewsPage(title=title, slug=title.lower(), intro="x", date=today() - timedelta(days=days))
        )
    text = client.get("/nieuws/").content.decode()
    assert text.index("Newer") < text.index("Older")


def test_no_page_takes_an_address_of_a_view(site):
    assert not RESERVED_SLUGS & set(site.get_children().values_list("slug", flat=True))


def test_the_demo_may_be_loaded_twice_and_fills_every_page(site, client):
    call_command("load_demo")
    counts = _counts()
    call_command("load_demo")
    assert _counts() == counts
    text = client.get("/").content.decode()
    assert text.count('class="date-tile"') == 3
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) <= 24


def _counts():
    from django.apps import apps

    labels = (
        "home",
        "knowledge",
        "library",
        "lnpo_sessions",
        "workspace",
        "organisations",
        "accounts",
        "topics",
    )
    return {
        m._meta.label: m._base_manager.count()
        for label in labels
        for m in apps.get_app_config(label).get_models()
    }


def test_the_demo_refuses_in_production(db, settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError):
        demo.load()


def test_robots_and_sitemap(site, client):
    assert b"Disallow: /werkruimte/" in client.get("/robots.txt").content
    assert b"/kennisbank/" in client.get("/sitemap.xml").content
    assert page_cache.current_version() >= 0
