"""Registration of the app ``lnpo.search`` under the label ``search``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """See the package docstring."""

    name = "lnpo.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Register what happens when something that can be found changes."""
        from lnpo.search import indexing, signals  # noqa: F401
