"""Registration of the app ``templates.library`` under the label ``library``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """See the package docstring."""

    name = "templates.library"
    label = "library"
    verbose_name = _("Goal template library")

    def ready(self) -> None:
        """Publishing a page makes a version; copying a page gives the copy its own identity."""
        from templates.library import (  # noqa: F401
            mails,
            searching,
            signals,
        )

        searching.announce()
