"""Registration of the app ``knowledge`` under the label ``knowledge``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    """See the package docstring."""

    name = "knowledge"
    label = "knowledge"
    verbose_name = _("Knowledge base")

    def ready(self) -> None:
        """Let practice examples be found, also from the session that they came from."""
        from knowledge import harvest, searching  # noqa: F401

        searching.announce()
