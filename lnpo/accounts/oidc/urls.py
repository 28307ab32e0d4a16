"""Addresses that allauth takes in; the second one is what a provider is told to send people back to."""

from django.urls import path

from lnpo.accounts.oidc import views

urlpatterns = [
    path("oidc/<slug:provider_id>/login/", views.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", views.callback, name="openid_connect_callback"),
]
