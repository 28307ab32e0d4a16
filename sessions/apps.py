"""Registration of the app ``sessions`` under the label ``lnpo_sessions``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """See the package docstring."""

    name = "sessions"
    label = "lnpo_sessions"
    verbose_name = _("Sessions")
