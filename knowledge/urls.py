"""Addresses under ``/kennisbank/`` that are no pages of the tree."""

from django.urls import path

from knowledge.views import making, reading

app_name = "knowledge"
urlpatterns = [
    path("bijdragen/", making.mine, name="mine"),
    path("bijdragen/<uuid:pk>/", making.contribution, name="contribution"),
    path("bijdragen/<uuid:pk>/schrijven/", making.edit, name="edit"),
    path("bijdragen/<uuid:pk>/voorbeeldweergave/", making.preview, name="preview"),
    path("bijdragen/<uuid:pk>/terugnemen/", making.withdraw, name="withdraw"),
    path("bijdragen/<uuid:pk>/bestanden/", making.attach, name="attach"),
    path("bijdragen/<uuid:pk>/bestanden/<uuid:file_id>/weg/", making.detach, name="detach"),
    path("bestand/<uuid:file_id>/", making.file, name="file"),
    path("begrippen/", reading.glossary, name="glossary"),
    path("begrippen/<slug:slug>/", reading.term, name="term"),
    path("voorbeeld/<int:page_id>/versie/<int:number>/", reading.version, name="version"),
    path("voorbeeld/<int:page_id>/pdf/", reading.as_pdf, name="pdf"),
    path("voorbeeld/<int:page_id>/herzien/", making.revise, name="revise"),
    path("voorbeeld/<int:page_id>/gebruik/", reading.use, name="use"),
    path("voorbeeld/<int:page_id>/vragen/", reading.comment, name="comment"),
    path("voorbeeld/<int:page_id>/vragen/<int:comment_id>/weg/", reading.hide, name="hide"),
    path("voorbeeld/<int:page_id>/klopt/", reading.confirm, name="confirm"),
]
