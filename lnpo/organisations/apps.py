"""Registration of the app ``lnpo.organisations`` under the label ``organisations``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """See the package docstring."""

    name = "lnpo.organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        """Register the mails of this app with the outbox."""
        from lnpo.organisations import mails  # noqa: F401
