"""Addresses under ``/werkruimte/``."""

from django.urls import path

from templates.workspace.views import adoption, goals, overview, plan, reporting, sharing, upstream

app_name = "workspace"
urlpatterns = [
    path("<uuid:organisation_id>/doelen/<uuid:goal_id>/bibliotheek/", upstream.goal_newer, name="goal_newer"),
    path(
        "<uuid:organisation_id>/doelen/<uuid:goal_id>/bibliotheek/terugdraaien/",
        upstream.goal_newer_undo,
        name="goal_newer_undo",
    ),
    path(
        "<uuid:organisation_id>/doelen/<uuid:goal_id>/teruggeven/",
        upstream.goal_give_back,
        name="goal_give_back",
    ),
    path("", overview.entrance, name="entrance"),
    path("overnemen/<uuid:version_id>/", adoption.adoption_start, name="adoption_start"),
    path("<uuid:organisation_id>/", overview.overview, name="overview"),
    path("<uuid:organisation_id>/doelen/", overview.goals, name="goals"),
    path("<uuid:organisation_id>/doelen/nieuw/", goals.goal_create, name="goal_create"),
    path("<uuid:organisation_id>/doelen/<uuid:goal_id>/", goals.goal, name="goal"),
    path("<uuid:organisation_id>/doelen/<uuid:goal_id>/bewerken/", goals.goal_edit, name="goal_edit"),
    path("<uuid:organisation_id>/doelen/<uuid:goal_id>/verwijderen/", goals.goal_remove, name="goal_remove"),
    path(
        "<uuid:organisation_id>/doelen/<uuid:goal_id>/indicator/",
        goals.indicator_create,
        name="indicator_create",
    ),
    path(
        "<uuid:organisation_id>/doelen/<uuid:goal_id>/activiteit/",
        goals.activity_create,
        name="activity_create",
    ),
    path(
        "<uuid:organisation_id>/indicatoren/<uuid:indicator_id>/", goals.indicator_edit, name="indicator_edit"
    ),
    path(
        "<uuid:organisation_id>/indicatoren/<uuid:indicator_id>/meting/",
        reporting.measurement_create,
        name="measurement_create",
    ),
    path("<uuid:organisation_id>/activiteiten/", overview.activities, name="activities"),
    path(
        "<uuid:organisation_id>/activiteiten/<uuid:activity_id>/", goals.activity_edit, name="activity_edit"
    ),
    path(
        "<uuid:organisation_id>/activiteiten/<uuid:activity_id>/voortgang/",
        reporting.activity_report,
        name="activity_report",
    ),
    path("<uuid:organisation_id>/middelen/", overview.money, name="money"),
    path("<uuid:organisation_id>/middelen/nieuw/", reporting.deployment_create, name="deployment_create"),
    path(
        "<uuid:organisation_id>/middelen/<uuid:deployment_id>/",
        reporting.deployment_edit,
        name="deployment_edit",
    ),
    path(
        "<uuid:organisation_id>/middelen/<uuid:deployment_id>/verwijderen/",
        reporting.deployment_remove,
        name="deployment_remove",
    ),
    path("<uuid:organisation_id>/plan/", plan.plan, name="plan"),
    path("<uuid:organisation_id>/plan/bestand/", plan.plan_file, name="plan_file"),
    path("<uuid:organisation_id>/plan/wettelijke-onderdelen/", plan.legal_parts, name="legal_parts"),
    path("<uuid:organisation_id>/plan/<int:year>/sluiten/", plan.year_close, name="year_close"),
    path("<uuid:organisation_id>/plan/<int:year>/openen/", plan.year_open, name="year_open"),
    path("<uuid:organisation_id>/doelen/<uuid:goal_id>/delen/", sharing.goal_share, name="goal_share"),
    path(
        "<uuid:organisation_id>/activiteiten/<uuid:activity_id>/antwoord/",
        sharing.activity_answer,
        name="activity_answer",
    ),
    path("<uuid:organisation_id>/team/", overview.team, name="team"),
]
