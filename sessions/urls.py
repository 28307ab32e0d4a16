"""Addresses of this app, before Wagtail's: ``/sessies/<slug>/…``. The page itself is Wagtail's."""

from django.urls import path

from sessions import (
    after_views,
    calendar_views,
    desk_views,
    guest_views,
    place_views,
    series_views,
    views,
)

app_name = "sessions"
urlpatterns = [
    path("agenda.ics", calendar_views.public_calendar, name="public_calendar"),
    path("mijn-agenda/", calendar_views.my_calendar, name="my_calendar"),
    path("mijn-agenda/<uuid:key>/<str:token>.ics", calendar_views.private_calendar, name="private_calendar"),
    path("overdracht/<uuid:key>/<str:token>/", place_views.place_take_over, name="take_over"),
    path("reeks/<slug:slug>/", series_views.series, name="series"),
    path("<slug:slug>/plek-aannemen/", place_views.offer_accept, name="accept"),
    path("<slug:slug>/wisselen/", place_views.place_switch, name="switch"),
    path("<slug:slug>/overdragen/", place_views.place_hand_over, name="hand_over"),
    path("gast/<str:token>/", guest_views.guest_answer, name="guest_answer"),
    path("<slug:slug>/als-gast/", guest_views.guest_ask, name="guest_ask"),
    path("<slug:slug>/als-gast/verstuurd/", guest_views.guest_sent, name="guest_sent"),
    path("bewijs/<str:number>/", after_views.certificate_check, name="certificate_check"),
    path("<slug:slug>/aanmelden/", views.registration_create, name="register"),
    path("<slug:slug>/afmelden/", views.registration_cancel, name="cancel"),
    path("<slug:slug>/gegevens/", views.registration_update, name="update"),
    path("<slug:slug>/agenda.ics", views.session_calendar, name="calendar"),
    path("<slug:slug>/ingang/", after_views.check_in, name="check_in"),
    path("<slug:slug>/bewijs.pdf", after_views.certificate, name="certificate"),
    path("<slug:slug>/evaluatie/", after_views.evaluation, name="evaluation"),
    path("<slug:slug>/drietal/", after_views.group, name="group"),
    path("<slug:slug>/deelnemers/", after_views.participants, name="participants"),
    path("<slug:slug>/materiaal/<uuid:pk>/", after_views.material, name="material"),
    path("<slug:slug>/balie/", desk_views.desk, name="desk"),
    path("<slug:slug>/balie/aanwezig/", desk_views.attendance, name="desk_attendance"),
    path("<slug:slug>/balie/aanwezig/<uuid:pk>/", desk_views.person, name="desk_person"),
    path("<slug:slug>/balie/code/", desk_views.code, name="desk_code"),
    path("<slug:slug>/balie/lijst/", desk_views.attendance_import, name="desk_import"),
    path("<slug:slug>/balie/materiaal/", desk_views.materials, name="desk_materials"),
    path("<slug:slug>/balie/bewijzen/", desk_views.certificates, name="desk_certificates"),
    path("<slug:slug>/balie/evaluatie/", desk_views.evaluation, name="desk_evaluation"),
    path("<slug:slug>/balie/evaluatie.csv", desk_views.evaluation_export, name="desk_evaluation_export"),
    path("<slug:slug>/balie/drietallen/", desk_views.groups, name="desk_groups"),
]
