"""Registration of the app ``lnpo.accounts`` under the label ``accounts``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """See the package docstring."""

    name = "lnpo.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Register the mails."""
        from lnpo.accounts import mails  # noqa: F401
