"""Addresses of this app, before Wagtail's: ``/sessies/<slug>/…``. The page itself is Wagtail's."""

from django.urls import path

from sessions import calendar_views, guest_views, place_views, series_views, views

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
    path("<slug:slug>/aanmelden/", views.registration_create, name="register"),
    path("<slug:slug>/afmelden/", views.registration_cancel, name="cancel"),
    path("<slug:slug>/gegevens/", views.registration_update, name="update"),
    path("<slug:slug>/agenda.ics", views.session_calendar, name="calendar"),
]
