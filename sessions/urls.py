"""Addresses of this app, before Wagtail's: ``/sessies/<slug>/…``. The page itself is Wagtail's."""

from django.urls import path

from sessions import views

app_name = "sessions"
urlpatterns = [
    path("<slug:slug>/aanmelden/", views.registration_create, name="register"),
    path("<slug:slug>/afmelden/", views.registration_cancel, name="cancel"),
    path("<slug:slug>/gegevens/", views.registration_update, name="update"),
    path("<slug:slug>/agenda.ics", views.session_calendar, name="calendar"),
]
