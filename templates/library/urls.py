"""Addresses under ``/doelsjablonen/`` that are no Wagtail pages."""

from django.urls import path

from templates.library import views

app_name = "library"
urlpatterns = [
    path("vergelijken/<uuid:template_uid>/", views.compare, name="compare"),
    path("voorstellen/", views.proposals, name="proposals"),
    path("voorstellen/nieuw/", views.propose, name="propose"),
    path("voorstellen/<uuid:proposal_id>/", views.proposal, name="proposal"),
    path("voorstellen/<uuid:proposal_id>/aanpassen/", views.proposal_edit, name="proposal_edit"),
    path("voorstellen/<uuid:proposal_id>/intrekken/", views.proposal_withdraw, name="proposal_withdraw"),
]
