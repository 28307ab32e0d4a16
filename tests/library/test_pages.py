"""The library and its templates as visitors, members and editors see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from templates.library.adoptions import adopted_by
from templates.workspace.adoption import adopt
from templates.workspace.editing import remove_goal
from tests.library.factories import make_library, make_template
from tests.workspace.factories import make_plan

pytestmark = pytest.mark.django_db


def titles(response) -> set[str]:
    assert response.status_code == 200
    return {page.title for page in response.context["page_obj"]}


@pytest.fixture
def some():
    make_template(title="Attendance po", topic="thuiszitters", sector="po")
    make_template(title="Attendance vo", topic="thuiszitters", sector="vo")
    make_template(title="Money", topic="doelmatigheid", sector="po-vo")
    make_template(title="Draft", topic="doelmatigheid", publish=False)
    return make_library()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Attendance po", "Attendance vo", "Money"}),
        ("thema=thuiszitters", {"Attendance po", "Attendance vo"}),
        ("sector=po", {"Attendance po", "Money"}),
        ("thema=thuiszitters&sector=vo", {"Attendance vo"}),
    ],
)
def test_theme_and_sector_narrow_the_list(some, client_of, query, expected):
    assert titles(client_of(None).get(f"{some.url}?{query}")) == expected


GARBAGE = [
    "x",
    "%00",
    "%FF",
    "'",
    "<script>",
    "a" * 5000,
    "1e999",
    "%F0%9F%98%80",
    "-1",
    "0",
    "999999999999",
    "",
]


@pytest.mark.parametrize("value", GARBAGE, ids=range(len(GARBAGE)))
@pytest.mark.parametrize("name", ["thema", "sector", "page", "onbekend"])
def test_a_choice_that_makes_no_sense_narrows_nothing(some, client_of, name, value):
    assert len(titles(client_of(None).get(f"{some.url}?{name}={value}"))) == 3


def test_a_theme_that_begins_like_another_is_not_that_theme(some, client_of):
    from lnpo.topics.models import Topic

    Topic.objects.create(key="t" * 50, title="Long")
    assert len(titles(client_of(None).get(f"{some.url}?thema={'t' * 51}"))) == 3


@pytest.mark.parametrize("person", [None, "anna"])
def test_twenty_templates_cost_no_more_queries_than_three(cast, client_of, person):
    client = client_of(person and getattr(cast, person))

    def asked() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{url}?sector=po")
        return len(captured)

    for _number in range(3):
        make_template()
    url = make_library().url
    few = asked()
    for _number in range(17):
        make_template()
    from lnpo.page_cache import bump

    bump()
    assert asked() == few


def test_the_counts_are_of_organisations_and_forget_removed_goals(cast, client_of):
    page = make_template()
    version = page.versions.get()
    assert adopted_by([page.template_uid]) == {}
    goal = adopt(cast.anna, version, make_plan(cast.swv))
    adopt(cast.bram, version, make_plan(cast.swv, title="Second plan"))
    adopt(cast.daan, version, make_plan(cast.other_swv))
    assert adopted_by([page.template_uid]) == {page.template_uid: 2}
    response = client_of(cast.rita).get(make_library().url)
    assert response.context["counts"] == {page.template_uid: 2}
    assert client_of(cast.rita).get(page.url).context["adopted"] == 2
    remove_goal(cast.anna, goal)
    assert adopted_by([page.template_uid]) == {page.template_uid: 2}
    for other in goal.plan.__class__.objects.unscoped("test").filter(organisation=cast.swv):
        for row in other.goals.current():
            remove_goal(cast.anna, row)
    assert adopted_by([page.template_uid]) == {page.template_uid: 1}


@pytest.mark.parametrize("person", [None, "anna", "rita", "carla", "daan", "els"])
def test_everybody_reads_a_template_without_names_of_who_adopted_it(cast, client_of, person):
    page = make_template()
    adopt(cast.daan, page.versions.get(), make_plan(cast.other_swv))
    response = client_of(person and getattr(cast, person)).get(page.url)
    assert response.status_code == 200
    text = response.content.decode()
    assert page.title in text
    assert "Share of pupils at school" in text
    if person != "daan":
        assert cast.other_swv.name not in text


def test_a_draft_is_not_found_and_its_preview_works(some, editor, client_of):
    from templates.library.models import GoalTemplatePage

    draft = GoalTemplatePage.objects.get(title="Draft")
    assert client_of(None).get(f"{some.url}{draft.slug}/").status_code == 404
    url = reverse("wagtailadmin_pages:view_draft", args=[draft.pk])
    response = editor.get(url)
    assert response.status_code == 200
    assert "Draft" in response.content.decode()
    assert client_of(None).get(url).status_code in (302, 404)


def test_an_empty_template_and_an_empty_library_open(client_of):
    index = make_library()
    assert titles(client_of(None).get(index.url)) == set()
    empty = make_template(indicators=[], activities=[], resources=[], questions=[], topic="leeg")
    assert client_of(None).get(empty.url).status_code == 200
