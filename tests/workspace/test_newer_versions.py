"""A newer version of a template comes into a goal, with nothing lost, and goes out again."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers import serialize

from lnpo.audit.models import AuditEntry
from templates.library.versions import newest
from templates.workspace import editing
from templates.workspace.adoption import adopt
from templates.workspace.models import Goal, Measurement
from templates.workspace.upstream.newer import last_merge, standing, take_over, undo
from tests.library.factories import ACTIVITY, INDICATOR, make_template
from tests.workspace.factories import make_measurement, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return make_template(title="Every child at school")


@pytest.fixture
def goal(cast, page):
    return again(adopt(cast.anna, page.versions.get(), make_plan(cast.swv)))


def again(goal):
    rows = Goal.objects.unscoped("test").select_related("plan__organisation", "topic", "template_version")
    return rows.get(pk=goal.pk)


def improve(page, number=2):
    """Version 2: another reason, another way to count, an activity more, one less, and no question."""
    page.rationale = f"Reason of version {number}."
    page.indicators[0].value["measurement"] = f"Count as in version {number}."
    page.activities.append(("activity", {**ACTIVITY, "title": f"Added in version {number}"}))
    del page.activities[0]
    del page.questions[:]
    page.change_note = "Better."
    page.save_revision().publish()
    return newest(page.template_uid)


def everything(goal):
    """All rows of the goal as text, but for its lock."""
    rows = [*goal.indicators.all(), *goal.activities.all(), *goal.resources.all(), *goal.questions.all()]
    rows += list(Measurement.objects.unscoped("test").filter(indicator__goal=goal))
    goal = again(goal)
    goal.version = 0
    return serialize("json", [goal, *sorted(rows, key=lambda row: str(row.pk))])


def test_a_goal_is_told_what_is_new(cast, goal, page):
    assert standing(goal).is_same
    improve(page)
    view = standing(again(goal))
    assert (view.waits, view.is_same, view.newest.number) == (True, False, 2)
    assert {(item.kind, item.field, item.conflict) for item in view.found} == {
        ("goal", "rationale", False),
        ("indicators", "measurement", False),
        ("activities", "presence", False),
        ("questions", "presence", False),
    }


def test_who_changed_nothing_follows_the_library(cast, goal, page):
    version = improve(page)
    take_over(cast.bram, goal, {})
    merged = again(goal)
    assert (merged.rationale, merged.template_version, merged.base_version) == (
        "Reason of version 2.",
        version,
        2,
    )
    assert [row.title for row in merged.activities.current()] == ["Talk", "Added in version 2"]
    assert merged.activities.get(title="Visit every school").removed_at
    assert not merged.questions.current().exists()
    assert standing(merged).is_same
    entry = AuditEntry.objects.filter(action="goal.merged").get()
    assert (entry.actor, entry.changes["version"]) == (cast.bram, [1, 2])


def test_local_edits_tombstones_and_measurements_are_never_lost(cast, goal, page):
    editing.change_goal(cast.anna, goal, goal.version, rationale="Our own reason.")
    indicator = goal.indicators.get(name=INDICATOR["name"])
    make_measurement(indicator, "61.25")
    talk = goal.activities.get(title="Talk")
    talk.removed_at = goal.plan.created_at
    talk.save()
    page.activities[1].value["title"] = "Talk better"
    del page.indicators[0]
    improve(page)
    take_over(cast.anna, goal, {})
    merged = again(goal)
    assert merged.rationale == "Our own reason."
    assert merged.indicators.current().filter(pk=indicator.pk).exists()
    assert Measurement.objects.unscoped("test").get(indicator=indicator).value == Decimal("61.25")
    talk.refresh_from_db()
    assert talk.removed_at
    assert talk.title == "Talk"


def test_per_field_mine_theirs_or_both_is_chosen(cast, goal, page):
    editing.change_goal(cast.anna, goal, goal.version, rationale="Our own reason.", title="Our goal")
    page.title = "Their goal"
    improve(page)
    found = {item.field: item.key for item in standing(again(goal)).found if item.kind == "goal"}
    take_over(cast.anna, goal, {found["rationale"]: "both", found["title"]: "theirs"})
    merged = again(goal)
    assert (merged.rationale, merged.title) == ("Our own reason.\n\nReason of version 2.", "Their goal")


def test_a_second_run_changes_nothing(cast, goal, page):
    improve(page)
    take_over(cast.anna, goal, {})
    before = everything(goal)
    assert take_over(cast.anna, goal, {}) is None
    assert not standing(again(goal)).waits
    assert everything(goal) == before
    assert goal.merges.count() == 1


def test_undo_restores_exactly(cast, goal, page):
    make_measurement(goal.indicators.all()[0])
    editing.change_goal(cast.anna, goal, goal.version, objective="Ours.")
    before = everything(goal)
    improve(page)
    found = standing(again(goal)).found
    take_over(cast.anna, goal, {item.key: "theirs" for item in found})
    assert everything(goal) != before
    undo(cast.bram, again(goal))
    assert everything(goal) == before
    assert undo(cast.bram, again(goal)) is None
    assert standing(again(goal)).waits
    take_over(cast.anna, goal, {})
    assert standing(again(goal)).found == []


def test_undo_leaves_what_was_done_since(cast, goal, page):
    improve(page)
    take_over(cast.anna, goal, {})
    changed = again(goal)
    editing.change_goal(cast.anna, changed, changed.version, rationale="Written after.")
    added = changed.activities.get(title="Added in version 2")
    added.person = cast.bram
    added.save()
    undo(cast.anna, again(goal))
    undone = again(goal)
    assert undone.rationale == "Written after."
    assert undone.activities.get(pk=added.pk).person == cast.bram
    assert undone.base_version == 1


def test_a_node_that_was_removed_here_can_be_taken_back(cast, goal, page):
    talk = goal.activities.get(title="Talk")
    talk.removed_at = goal.plan.created_at
    talk.save()
    page.activities[1].value["title"] = "Talk better"
    improve(page)
    key = f"activities:{talk.template_uid}:presence"
    take_over(cast.anna, goal, {key: "theirs"})
    talk.refresh_from_db()
    assert (talk.removed_at, talk.title) == (None, "Talk better")


def test_versions_in_between_are_taken_in_one_step(cast, goal, page):
    improve(page)
    improve(page, 3)
    take_over(cast.anna, goal, {})
    assert again(goal).base_version == 3


def test_what_changed_since_it_was_shown_is_not_merged(cast, goal, page):
    improve(page)
    seal = standing(again(goal)).seal
    editing.change_goal(cast.bram, goal, goal.version, rationale="Just now.")
    before = everything(goal)
    with pytest.raises(ValidationError, match=r"comparison|vergelijking"):
        take_over(cast.anna, goal, {}, seal)
    assert everything(goal) == before


@pytest.mark.parametrize("way", ["unpublished", "removed"])
def test_a_withdrawn_template_brings_nothing_and_the_goal_stays(cast, goal, page, way):
    improve(page)
    page.unpublish() if way == "unpublished" else page.delete()
    before = everything(goal)
    assert standing(again(goal)).is_withdrawn
    with pytest.raises(ValidationError):
        take_over(cast.anna, goal, {})
    assert everything(goal) == before


@pytest.mark.parametrize("person", ["rita", "carla", "femke", "daan", "els", "nobody"])
def test_who_does_not_work_there_merges_and_undoes_nothing(cast, goal, page, person):
    improve(page)
    with pytest.raises(PermissionDenied):
        take_over(getattr(cast, person), goal, {})
    with pytest.raises(PermissionDenied):
        undo(getattr(cast, person), goal)
    assert last_merge(again(goal)) is None


def test_when_a_merge_fails_half_way_nothing_is_left(cast, goal, page, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("half-way")

    improve(page)
    monkeypatch.setattr("templates.workspace.upstream.newer.record", fail)
    before = everything(goal)
    with pytest.raises(RuntimeError, match="half-way"):
        take_over(cast.anna, goal, {})
    assert everything(goal) == before
