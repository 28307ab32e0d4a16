"""Addresses of people, under ``/mijn/``."""

from django.urls import path

from lnpo.people import views

app_name = "people"
urlpatterns = [
    path("profiel/", views.edit, name="edit"),
    path("leden/", views.members, name="members"),
    path("leden/<uuid:profile_id>/", views.member, name="member"),
    path("leden/<uuid:profile_id>/foto/", views.photo, name="photo"),
]
