"""Addresses under ``/zoeken/``."""

from django.urls import path

from lnpo.search import views

app_name = "search"
urlpatterns = [
    path("", views.search_page, name="search"),
    path("suggesties/", views.suggestions, name="suggestions"),
    path("bewaren/", views.save, name="save"),
    path("bewaard/<int:pk>/weg/", views.forget, name="forget"),
]
