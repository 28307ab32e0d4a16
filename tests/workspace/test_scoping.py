"""A query on workspace rows that does not say for whom is refused."""

from decimal import Decimal

import pytest
from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery

from lnpo.organisations.models import Organisation
from templates.workspace import models as workspace_models
from templates.workspace.models import Activity, Deployment, Goal, Indicator, Measurement, Plan
from templates.workspace.scoping import UnscopedQueryError
from tests.workspace.factories import YEAR, make_goal, make_indicator

pytestmark = pytest.mark.django_db

MODELS = [getattr(workspace_models, name) for name in workspace_models.__all__]
EVALUATIONS = {
    "list": list,
    "bool": bool,
    "len": len,
    "repr": repr,
    "iterate": lambda rows: next(iter(rows)),
    "iterator": lambda rows: next(rows.iterator()),
    "index": lambda rows: rows[0],
    "slice": lambda rows: list(rows[:2]),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "aggregate": lambda rows: rows.aggregate(number=Count("pk")),
    "update": lambda rows: rows.update(pk=None),
    "delete": lambda rows: rows.delete(),
    "get": lambda rows: rows.get(),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.order_by("pk").last(),
    "latest": lambda rows: rows.latest("pk"),
    "earliest": lambda rows: rows.earliest("pk"),
    "in_bulk": lambda rows: rows.in_bulk(),
    "values": lambda rows: list(rows.values()),
    "values_list": lambda rows: list(rows.values_list("pk", flat=True)),
    "filtered": lambda rows: list(rows.filter(pk__isnull=False).order_by("pk")),
    "explain": lambda rows: rows.explain(),
    "get_or_create": lambda rows: rows.get_or_create(pk=None),
    "in_a_filter": lambda rows: list(Organisation.objects.filter(pk__in=rows.values("pk"))),
    "Exists": lambda rows: list(Organisation.objects.filter(Exists(rows))),
    "Subquery": lambda rows: list(Organisation.objects.annotate(x=Subquery(rows.values("pk")[:1]))),
}


@pytest.mark.parametrize("evaluate", EVALUATIONS.values(), ids=EVALUATIONS)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_way_to_evaluate_is_refused_without_a_scope(model, evaluate):
    with pytest.raises(UnscopedQueryError, match=model.__name__):
        evaluate(model.objects.all())


def test_a_manager_is_refused_as_its_query_set_is(workshop):
    with pytest.raises(UnscopedQueryError):
        Goal.objects.get(pk=workshop.shared.pk)
    with pytest.raises(UnscopedQueryError):
        Goal.objects.count()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_rows_of_a_person_and_rows_with_a_reason_may_be_read(model, cast, workshop):
    assert model.objects.visible_to(cast.anna).count() == model.objects.unscoped("test").count()
    assert not model.objects.visible_to(cast.daan).exists()
    assert not model.objects.visible_to(cast.els).exists()
    assert list(model.objects.visible_to(cast.nobody)) == []


def test_an_empty_reason_is_no_reason():
    with pytest.raises(ValueError, match="say why"):
        Goal.objects.unscoped("")


def test_the_scope_survives_whatever_follows(cast, workshop):
    goals = Goal.objects.visible_to(cast.anna)
    assert goals.filter(title="Shared goal").exclude(title="x").order_by("-title").distinct().count() == 1
    assert goals.current().select_related("plan").values_list("title", flat=True)[0]
    assert goals.exclude(indicators__name="Secret figure").get() == workshop.shared
    assert goals.annotate(number=Count("indicators")).get(pk=workshop.shared.pk).number == 2


def test_rows_are_reached_through_their_parent(cast, workshop):
    goal = Goal.objects.visible_to(cast.anna).get(pk=workshop.shared.pk)
    assert goal.indicators.count() == 2
    assert goal.activities.filter(organisation=cast.school).get() == workshop.school_activity
    assert goal.plan.organisation == cast.swv
    assert workshop.indicator.goal == goal
    assert goal.deployments.exists()


def test_rows_are_prefetched_through_their_parent(cast, workshop):
    goals = list(Goal.objects.visible_to(cast.anna).prefetch_related("indicators__measurements"))
    assert (
        sum(len(indicator.measurements.all()) for goal in goals for indicator in goal.indicators.all()) == 3
    )


def test_a_prefetch_with_an_unscoped_query_set_is_refused(cast, workshop):
    with pytest.raises(UnscopedQueryError):
        list(
            Goal.objects.visible_to(cast.anna).prefetch_related(
                Prefetch("indicators", Indicator.objects.all())
            )
        )


def test_a_scoped_query_set_may_be_a_subquery(cast, workshop):
    indicators = Indicator.objects.visible_to(cast.anna).filter(goal=OuterRef("pk"))
    goals = Goal.objects.visible_to(cast.anna)
    assert goals.filter(Exists(indicators)).count() == 2
    assert goals.annotate(first=Subquery(indicators.values("name")[:1])).exclude(first=None).count() == 2
    assert goals.filter(pk__in=indicators.model.objects.visible_to(cast.femke).values("goal")).count() == 1


def test_validation_compares_with_all_rows_without_showing_them(workshop):
    twin = Measurement(
        indicator=workshop.indicator,
        organisation=workshop.plan.organisation,
        period_start=YEAR[0],
        period_end=YEAR[1],
        value=Decimal(1),
    )
    with pytest.raises(Exception, match=r"[Mm]eting|already|bestaat"):
        twin.full_clean()
    make_goal(workshop.plan).full_clean()
    make_indicator(workshop.shared).full_clean()
    with pytest.raises(UnscopedQueryError):
        Measurement.objects.count()


def test_a_row_can_be_saved_refreshed_and_deleted(workshop):
    workshop.amount.note = "changed"
    workshop.amount.save()
    workshop.amount.refresh_from_db()
    assert workshop.amount.note == "changed"
    workshop.amount.delete()
    assert not Deployment.objects.unscoped("test").filter(pk=workshop.amount.pk).exists()


def test_a_board_and_a_school_see_what_they_are_responsible_for(cast, workshop):
    for person, own in ((cast.carla, workshop.board_activity), (cast.femke, workshop.school_activity)):
        assert Plan.objects.visible_to(person).get() == workshop.plan
        assert Goal.objects.visible_to(person).get() == workshop.shared
        assert set(Indicator.objects.visible_to(person)) == {workshop.indicator, workshop.school_indicator}
        assert Activity.objects.visible_to(person).get() == own
    assert Measurement.objects.visible_to(cast.femke).get().organisation == cast.school
    assert Deployment.objects.visible_to(cast.femke).get() == workshop.school_amount
    assert not Measurement.objects.visible_to(cast.carla).exists()
    assert not Deployment.objects.visible_to(cast.carla).exists()


@pytest.mark.parametrize("what", ["shared", "school_activity"])
def test_a_school_sees_nothing_any_more_once_its_goal_or_activity_was_removed(cast, workshop, what):
    row = getattr(workshop, what)
    row.removed_at = "2026-01-01T00:00:00Z"
    row.save()
    for model in (Plan, Goal, Indicator, Activity):
        assert not model.objects.visible_to(cast.femke).exists()
