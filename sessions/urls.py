"""Addresses of this app."""

from django.urls import URLPattern

app_name = "sessions"
urlpatterns: list[URLPattern] = []
