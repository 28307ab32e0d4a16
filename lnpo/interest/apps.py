"""Registration of the app ``lnpo.interest`` under the label ``interest``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterestConfig(AppConfig):
    """See the package docstring."""

    name = "lnpo.interest"
    label = "interest"
    verbose_name = _("Interest list")

    def ready(self) -> None:
        """Register the mails."""
        from lnpo.interest import mails  # noqa: F401
