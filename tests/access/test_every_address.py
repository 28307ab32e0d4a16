"""Every address, every method, as everybody: nothing is unclassified and nothing leaks."""

import re
import uuid
from decimal import Decimal

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from home.structure import prepare_site
from lnpo.organisations.models import today
from templates.library.models import GoalTemplateVersion
from templates.workspace.models import Activity, Deployment, Goal, Indicator, Plan
from tests.access.classification import (
    CLASSES,
    PREFIXES,
    SIGNED_IN,
    WORKSPACE_READ,
    WORKSPACE_WRITE,
)

METHODS = ["get", "head", "post", "put", "patch", "delete"]
OWN_NAMESPACES = (
    "library",
    "home",
    "interest",
    "network",
    "people",
    "search",
    "knowledge",
    "sessions",
    "workspace",
)
CANARY = "KANARIE-7f3a"


def own_patterns():
    """Names of our patterns, and the prefixes of the urlconfs that are not ours."""
    names, prefixes = [], []
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLPattern):
            names.append(entry.name)
        elif isinstance(entry, URLResolver) and entry.namespace in OWN_NAMESPACES:
            names += [f"{entry.namespace}:{pattern.name}" for pattern in entry.url_patterns]
        else:
            prefixes.append(str(entry.pattern))
    return names, prefixes


def test_every_pattern_is_classified():
    names, prefixes = own_patterns()
    assert set(names) == set(CLASSES)
    assert set(prefixes) == set(PREFIXES)


@pytest.fixture
def workspace(cast):
    """One of everything in Anna's workspace, each with a canary in its text."""
    plan = Plan(organisation=cast.swv, title=f"Plan {CANARY}", first_year=today().year - 1, years=4)
    plan.save()
    goal = Goal(plan=plan, title=f"Goal {CANARY}", owner=cast.anna)
    goal.save()
    indicator = Indicator(goal=goal, name=f"Indicator {CANARY}")
    indicator.save()
    activity = Activity(goal=goal, title=f"Activity {CANARY}", organisation=cast.swv)
    activity.save()
    deployment = Deployment(
        plan=plan,
        goal=goal,
        resource="scholing",
        giver=cast.swv,
        receiver=cast.swv,
        school_year=plan.first_year,
        amount=Decimal("1234.56"),
        note=CANARY,
    )
    deployment.save()
    return {
        "organisation_id": cast.swv.pk,
        "goal_id": goal.pk,
        "indicator_id": indicator.pk,
        "activity_id": activity.pk,
        "deployment_id": deployment.pk,
    }


def address(name, ids):
    """The address of a workspace pattern with these ids."""
    for pattern in next(
        e for e in get_resolver().url_patterns if getattr(e, "namespace", "") == "workspace"
    ).url_patterns:
        if pattern.name == name.split(":")[1]:
            wanted = pattern.pattern.converters
            return reverse(name, kwargs={key: ids[key] for key in wanted})
    raise AssertionError(name)


WORKSPACE = sorted(name for name, kind in CLASSES.items() if kind in (WORKSPACE_READ, WORKSPACE_WRITE))
READ = sorted(name for name, kind in CLASSES.items() if kind is WORKSPACE_READ)
WRITE = sorted(name for name, kind in CLASSES.items() if kind is WORKSPACE_WRITE)
POST_ONLY = {"workspace:goal_newer_undo", "workspace:deployment_remove"}


def without_number(body):
    return re.sub(rb"<code>[0-9a-f]{8}</code>", b"", body)


@pytest.mark.parametrize("name", WORKSPACE)
@pytest.mark.parametrize("who", ["daan", "els"])
def test_an_outsider_gets_the_404_of_what_does_not_exist(workspace, cast, client_of, who, name):
    prepare_site()
    client = client_of(getattr(cast, who))
    nothing = {key: uuid.uuid4() for key in workspace}
    for method in METHODS:
        theirs = getattr(client, method)(address(name, workspace))
        unknown = getattr(client, method)(address(name, nothing))
        assert theirs.status_code == unknown.status_code
        assert theirs.status_code in (404, 405), method
        assert without_number(theirs.content) == without_number(unknown.content)
        assert CANARY.encode() not in theirs.content


@pytest.mark.parametrize("name", WORKSPACE)
def test_an_outsider_cannot_reach_it_through_the_own_workspace(workspace, cast, client_of, name):
    Plan(organisation=cast.other_swv, title="Own", first_year=2025, years=4).save()
    ids = {**workspace, "organisation_id": cast.other_swv.pk}
    foreign = any(str(ids[key]) in address(name, ids) for key in ids if key != "organisation_id")
    answer = client_of(cast.daan).get(address(name, ids))
    assert answer.status_code in ((404, 405) if foreign else (200,))
    assert CANARY.encode() not in answer.content


@pytest.mark.parametrize("name", WORKSPACE)
def test_a_visitor_is_led_to_the_login(workspace, client, name):
    method = "post" if name in POST_ONLY else "get"
    answer = getattr(client, method)(address(name, workspace))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("who", ["anna", "bram", "rita"])
def test_members_of_the_swv_read_everything(workspace, cast, client_of, who, name):
    prepare_site()
    answer = client_of(getattr(cast, who)).get(address(name, workspace))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", WRITE)
def test_a_reader_may_not_write(workspace, cast, client_of, name):
    for method in ("get", "post"):
        answer = getattr(client_of(cast.rita), method)(address(name, workspace))
        assert answer.status_code in (403, 405)


@pytest.mark.parametrize("name", sorted(set(WRITE) - POST_ONLY))
@pytest.mark.parametrize("who", ["anna", "bram"])
def test_contributors_get_the_form_and_an_empty_post_changes_nothing(workspace, cast, client_of, who, name):
    client = client_of(getattr(cast, who))
    assert client.get(address(name, workspace)).status_code == 200
    beside_the_library = ("workspace:goal_newer", "workspace:goal_give_back")  # this goal has no template
    if name not in ("workspace:goal_remove", *beside_the_library):
        answer = client.post(address(name, workspace), {})
        assert answer.status_code == 200
        assert b"error-summary" in answer.content


@pytest.mark.parametrize("name", WORKSPACE)
@pytest.mark.parametrize("who", ["carla", "femke"])
def test_a_board_or_school_without_a_task_sees_no_workspace(workspace, cast, client_of, who, name):
    method = "post" if name in POST_ONLY else "get"
    assert getattr(client_of(getattr(cast, who)), method)(address(name, workspace)).status_code == 404


@pytest.mark.parametrize("name", sorted(name for name, kind in CLASSES.items() if kind is SIGNED_IN))
def test_personal_pages_ask_a_visitor_to_sign_in(db, client, name):
    args = [uuid.uuid4()] if name == "workspace:adoption_start" else []
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("who", ["anna", "carla", "daan", "els"])
def test_everybody_who_is_signed_in_has_a_start_page(cast, client_of, who):
    prepare_site()
    answer = client_of(getattr(cast, who)).get("/mijn/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("who", ["anna", "carla", "daan"])
@pytest.mark.parametrize(
    "path", ["/beheer/", "/beheer/pages/", "/beheer/login/x/", "/beheer/reports/site-history/"]
)
def test_the_cms_does_not_exist_for_members(cast, client_of, who, path):
    assert client_of(getattr(cast, who)).get(path).status_code == 404


@pytest.mark.parametrize("method", METHODS)
def test_the_cms_asks_a_visitor_to_sign_in_and_never_shows_its_own_form(db, client, method):
    answer = getattr(client, method)("/beheer/login/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_staff_see_nothing_of_a_workspace_in_the_cms(workspace, cast, client_of):
    prepare_site()
    client = client_of(cast.els)
    for path in (
        "/beheer/",
        "/beheer/organisations/",
        "/beheer/memberships/",
        "/beheer/reports/site-history/",
    ):
        answer = client.get(path)
        assert answer.status_code in (200, 302), path
        assert CANARY.encode() not in answer.content


def test_an_adoption_of_a_version_that_does_not_exist_is_a_404(cast, client_of):
    prepare_site()
    assert not GoalTemplateVersion.objects.exists()
    assert (
        client_of(cast.anna).get(reverse("workspace:adoption_start", args=[uuid.uuid4()])).status_code == 404
    )
