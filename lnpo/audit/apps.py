"""Registration of the app ``lnpo.audit`` under the label ``audit``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """See the package docstring."""

    name = "lnpo.audit"
    label = "audit"
    verbose_name = _("Audit trail")
