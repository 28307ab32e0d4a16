"""Registration of the app ``home`` under the label ``home``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """See the package docstring."""

    name = "home"
    label = "home"
    verbose_name = _("Site")

    def ready(self) -> None:
        """Whatever is published or taken down changes public pages; news and pages can be found."""
        from home import searching, signals  # noqa: F401

        searching.announce()
