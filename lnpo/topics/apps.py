"""Registration of the app ``lnpo.topics`` under the label ``topics``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    """See the package docstring."""

    name = "lnpo.topics"
    label = "topics"
    verbose_name = _("Topics")
