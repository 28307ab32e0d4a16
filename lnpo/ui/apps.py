"""Registration of the app ``lnpo.ui``."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """See the package docstring."""

    name = "lnpo.ui"
    label = "ui"
