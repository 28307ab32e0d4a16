"""Registration of the app ``home`` under the label ``home``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """See the package docstring."""

    name = "home"
    label = "home"
    verbose_name = _("Site")

    def ready(self) -> None:
        """Whatever is published or taken down changes public pages."""
        from home import signals  # noqa: F401
