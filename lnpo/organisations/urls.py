"""Addresses under ``/organisaties/``."""

from django.urls import path

from lnpo.organisations.views import (
    answering,
    directory,
    explaining,
    importing,
    inviting,
    managing,
    mine,
    people,
    requests,
)

app_name = "network"
urlpatterns = [
    path("", directory.directory, name="directory"),
    path("mijn/", mine.mine, name="mine"),
    path("mijn/wisselen/", mine.switch, name="switch"),
    path("mijn/<uuid:membership_id>/weggaan/", mine.leave, name="leave"),
    path("aansluiten/", requests.join, name="join"),
    path("aansluiten/verstuurd/", requests.join_sent, name="join_sent"),
    path("aansluiten/bevestigen/", requests.request_confirm, name="request_confirm"),
    path("aansluiten/bevestigen/<str:token>/", requests.request_open, name="request_open"),
    path("uitnodiging/", answering.invitation_answer, name="invitation_answer"),
    path("uitnodiging/<uuid:invitation_id>/", answering.own_invitation, name="own_invitation"),
    path("uitnodiging/<str:token>/", answering.invitation_open, name="invitation_open"),
    path("aanvragen/", requests.queue, name="requests"),
    path("aanvragen/<uuid:request_id>/", requests.request_decide, name="request_decide"),
    path("aanvragen/<uuid:request_id>/intrekken/", requests.request_withdraw, name="request_withdraw"),
    path("toegang/", explaining.explain_access, name="explain_access"),
    path("import/", importing.import_start, name="import_start"),
    path("import/voorbeeld/<slug:key>.csv", importing.import_example, name="import_example"),
    path("import/<uuid:run_id>/", importing.import_preview, name="import_preview"),
    path("import/<uuid:run_id>/loslaten/", importing.import_drop, name="import_drop"),
    path("<uuid:organisation_id>/", directory.organisation, name="organisation"),
    path("<uuid:organisation_id>/aanvragen/", requests.ask, name="ask"),
    path("<uuid:organisation_id>/bewerken/", managing.organisation_edit, name="organisation_edit"),
    path("<uuid:organisation_id>/veilig-inloggen/", managing.second_step, name="second_step"),
    path("<uuid:organisation_id>/sluiten/", managing.organisation_close, name="organisation_close"),
    path("<uuid:organisation_id>/samenvoegen/", managing.organisation_merge, name="organisation_merge"),
    path("<uuid:organisation_id>/mensen/", people.people, name="people"),
    path(
        "<uuid:organisation_id>/mensen/<uuid:membership_id>/", people.membership_edit, name="membership_edit"
    ),
    path(
        "<uuid:organisation_id>/mensen/<uuid:membership_id>/beeindigen/",
        people.membership_end,
        name="membership_end",
    ),
    path("<uuid:organisation_id>/uitnodigen/", inviting.invite, name="invite"),
    path("<uuid:organisation_id>/uitnodigen/lijst/", inviting.invite_list, name="invite_list"),
    path(
        "<uuid:organisation_id>/uitnodigingen/<uuid:invitation_id>/opnieuw/",
        inviting.invitation_again,
        name="invitation_again",
    ),
    path(
        "<uuid:organisation_id>/uitnodigingen/<uuid:invitation_id>/intrekken/",
        inviting.invitation_withdraw,
        name="invitation_withdraw",
    ),
]
