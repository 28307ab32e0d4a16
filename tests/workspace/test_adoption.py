"""Adopting a goal template: whole or in part, once, and all or nothing."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from lnpo.audit.models import AuditEntry
from templates.library.models import GoalTemplateVersion
from templates.workspace import adoption, editing
from templates.workspace.adoption import AlreadyAdoptedError, adopt, count_adoptions, start_plan
from templates.workspace.models import Activity, Goal, Indicator, Plan
from tests.library.factories import make_template, make_version
from tests.workspace.addresses import address
from tests.workspace.factories import make_plan

pytestmark = pytest.mark.django_db

KINDS = ("indicators", "activities", "resources", "questions")


@pytest.fixture
def version():
    return make_version(title="Adopt me")


@pytest.fixture
def plan(cast):
    return make_plan(cast.swv)


def uids(version, *kinds) -> list[str]:
    return [node["uid"] for kind in kinds for node in version.content[kind]]


def counts(goal) -> dict[str, int]:
    return {kind: getattr(goal, kind).count() for kind in KINDS}


def everything() -> list[int]:
    return [model.objects.unscoped("test").count() for model in (Plan, Goal, Indicator, Activity)]


def post(client, version, plan, **data):
    url = address("adoption_start", None, version_id=version.pk)
    chosen = {kind: uids(version, kind) for kind in KINDS}
    return client.post(url, {"plan": getattr(plan, "pk", plan), "title": "Ours", **chosen, **data})


def test_a_whole_template_becomes_a_goal_with_all_its_nodes(cast, version, plan):
    goal = adopt(cast.anna, version, plan)
    assert counts(goal) == {"indicators": 2, "activities": 2, "resources": 1, "questions": 1}
    assert (goal.title, goal.owner, goal.template_version) == ("Adopt me", cast.anna, version)
    assert (goal.template_uid, goal.base_version) == (str(version.template_uid), 1)
    assert goal.objective == "All pupils at school."
    first = goal.indicators.get(name="Share of pupils at school")
    assert first.base == version.content["indicators"][0]
    assert (first.target, first.baseline, first.target_on) == (None, None, plan.ends_on)
    assert {row.title: row.organisation for row in goal.activities.all()} == {
        "Visit every school": cast.swv,
        "Talk": None,
    }
    entry = AuditEntry.objects.about(goal).get()
    assert (entry.action, entry.actor, entry.organisation_uuid) == ("goal.adopted", cast.anna, cast.swv.pk)


def test_only_the_chosen_nodes_come_along(cast, version, plan):
    chosen = uids(version, "indicators")[:1] + uids(version, "questions")
    goal = adopt(cast.bram, version, plan, chosen, title="  Our own words ")
    assert counts(goal) == {"indicators": 1, "activities": 0, "resources": 0, "questions": 1}
    assert goal.title == "Our own words"


def test_a_goal_may_come_without_any_node(cast, version, plan):
    assert not any(counts(adopt(cast.anna, version, plan, [])).values())


def test_the_choices_of_the_form_come_along(cast, version, plan, client_of):
    response = post(
        client_of(cast.bram), version, plan, activities=[], indicators=uids(version, "indicators")[1:]
    )
    goal = plan.goals.get()
    assert response["Location"] == f"/werkruimte/{cast.swv.pk}/doelen/{goal.pk}/"
    assert counts(goal) == {"indicators": 1, "activities": 0, "resources": 1, "questions": 1}
    assert (goal.title, goal.owner) == ("Ours", cast.bram)


def test_nodes_plans_and_organisations_of_others_cannot_be_chosen(cast, version, plan, client_of):
    client = client_of(cast.anna)
    foreign = make_plan(cast.other_swv)
    before = everything()
    for target in (
        foreign.pk,
        uuid.uuid4(),
        f"new:{cast.other_swv.pk}",
        f"new:{cast.swv.pk}",
        "new:x",
        "",
        "x",
    ):
        response = post(client, version, target)
        assert set(response.context["form"].errors) == {"plan"}
    response = post(client, version, plan, indicators=uids(version, "activities"))
    assert set(response.context["form"].errors) == {"indicators"}
    response = post(client, version, plan, title="")
    assert set(response.context["form"].errors) == {"title"}
    assert everything() == before
    assert (
        "Ondersteuningsplan, " + cast.other_swv.name
        not in client.get(address("adoption_start", None, version_id=version.pk)).content.decode()
    )


@pytest.mark.parametrize(
    "failing", ["Indicator", "Activity", "PlannedResource", "ConversationQuestion", "record"]
)
def test_when_something_fails_half_way_nothing_is_left(cast, version, plan, monkeypatch, failing):
    def fail(*args, **kwargs):
        raise RuntimeError("half-way")

    if failing == "record":
        monkeypatch.setattr(adoption, "record", fail)
    else:
        monkeypatch.setattr(getattr(adoption, failing).objects, "bulk_create", fail)
    before = everything()
    with pytest.raises(RuntimeError, match="half-way"):
        adopt(cast.anna, version, plan)
    assert everything() == before
    assert not AuditEntry.objects.filter(action="goal.adopted").exists()


def test_a_new_plan_is_not_left_behind_either(cast, version, client_of, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("half-way")

    monkeypatch.setattr("templates.workspace.adoption._copy_nodes", fail)
    client = client_of(cast.anna)
    client.raise_request_exception = False
    assert post(client, version, f"new:{cast.swv.pk}").status_code == 500
    assert everything() == [0, 0, 0, 0]


def test_twice_is_refused_with_the_goal_that_stands_there(cast, version, plan):
    goal = adopt(cast.anna, version, plan)
    before = everything()
    with pytest.raises(AlreadyAdoptedError) as raised:
        adopt(cast.bram, version, plan, [])
    assert raised.value.goal == goal
    assert everything() == before


def test_a_double_click_leads_to_the_one_goal(cast, version, plan, client_of):
    client = client_of(cast.anna)
    first, second = post(client, version, plan), post(client, version, plan)
    assert first["Location"] == second["Location"]
    assert plan.goals.count() == 1


def test_a_goal_that_was_taken_out_does_not_come_back_by_adopting_again(cast, version, plan, client_of):
    editing.remove_goal(cast.anna, adopt(cast.anna, version, plan))
    response = post(client_of(cast.anna), version, plan)
    assert response["Location"] == f"/werkruimte/{cast.swv.pk}/doelen/"
    assert plan.goals.current().count() == 0


def test_the_same_template_goes_into_another_plan(cast, version, plan):
    adopt(cast.anna, version, plan)
    assert adopt(cast.daan, version, make_plan(cast.other_swv)).plan.organisation == cast.other_swv
    assert count_adoptions([version.template_uid]) == {version.template_uid: 2}


@pytest.mark.parametrize("person", ["rita", "carla", "femke", "daan", "els"])
def test_who_does_not_work_there_adopts_nothing(cast, version, plan, client_of, person):
    user = getattr(cast, person)
    with pytest.raises(PermissionDenied):
        adopt(user, version, plan)
    with pytest.raises(PermissionDenied):
        start_plan(user, cast.swv, "Plan", 2026, 4)
    response = post(client_of(user), version, plan)
    if person == "daan":  # He works in a workspace of his own, and cannot choose this plan.
        assert set(response.context["form"].errors) == {"plan"}
    else:
        assert response.status_code == 403
        assert client_of(user).get(address("adoption_start", None, version_id=version.pk)).status_code == 403
    assert plan.goals.count() == 0


def test_the_first_adoption_opens_a_plan(cast, version, client_of):
    response = post(client_of(cast.anna), version, f"new:{cast.swv.pk}")
    plan = Plan.objects.unscoped("test").get()
    assert (plan.organisation, plan.years) == (cast.swv, 4)
    assert response["Location"] == f"/werkruimte/{cast.swv.pk}/doelen/{plan.goals.get().pk}/"
    assert AuditEntry.objects.about(plan).get().action == "plan.started"


def test_a_board_or_school_gets_no_plan(cast):
    with pytest.raises(PermissionDenied):
        start_plan(cast.carla, cast.board, "Plan", 2026, 4)


def test_a_version_stays_when_its_page_is_removed(cast, plan, client_of):
    page = make_template(title="Soon gone")
    version = page.versions.get()
    goal = adopt(cast.anna, version, plan)
    page.delete()
    version = GoalTemplateVersion.objects.get(pk=version.pk)
    assert version.page is None
    assert client_of(cast.anna).get(address("adoption_start", None, version_id=version.pk)).status_code == 200
    assert client_of(cast.rita).get(address("adoption_start", None, version_id=version.pk)).status_code == 403
    other = adopt(cast.daan, version, make_plan(cast.other_swv))
    assert other.indicators.count() == 2
    assert client_of(cast.anna).get(f"/werkruimte/{cast.swv.pk}/doelen/{goal.pk}/").status_code == 200


def test_a_version_that_does_not_exist_is_not_found(cast, client_of):
    assert (
        client_of(cast.anna).get(address("adoption_start", None, version_id=uuid.uuid4())).status_code == 404
    )
