"""Registration of the app ``lnpo.outbox`` under the label ``outbox``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """See the package docstring."""

    name = "lnpo.outbox"
    label = "outbox"
    verbose_name = _("Outbox")
