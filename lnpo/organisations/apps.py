"""Registration of the app ``lnpo.organisations`` under the label ``organisations``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """See the package docstring."""

    name = "lnpo.organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        """Register the mails of this app, what it carries over in a merge, and what waits for managers."""
        from lnpo.organisations import carrying_over, mails  # noqa: F401
        from lnpo.organisations.waiting import waiting_for
        from lnpo.ui.waiting import waits_for_me

        waits_for_me(waiting_for)
