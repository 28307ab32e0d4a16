"""Registration of the app ``knowledge`` under the label ``knowledge``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    """See the package docstring."""

    name = "knowledge"
    label = "knowledge"
    verbose_name = _("Knowledge base")

    def ready(self) -> None:
        """Let practice examples be found."""
        from knowledge import searching

        searching.announce()
