"""Addresses of this app: ``/op-de-hoogte/…``."""

from django.urls import path

from lnpo.interest import views

app_name = "interest"
urlpatterns = [
    path("", views.subscribe, name="subscribe"),
    path("verstuurd/", views.sent, name="sent"),
    path("bevestigen/<str:token>/", views.confirm, name="confirm"),
    path("stoppen/<str:token>/", views.stop, name="stop"),
]
