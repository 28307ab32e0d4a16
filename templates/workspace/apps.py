"""Registration of the app ``templates.workspace`` under the label ``workspace``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkspaceConfig(AppConfig):
    """See the package docstring."""

    name = "templates.workspace"
    label = "workspace"
    verbose_name = _("Workspace")

    def ready(self) -> None:
        """Tell the library how many organisations adopted a template, and everybody what waits for them."""
        from lnpo.organisations.explaining import explains_access
        from lnpo.ui.waiting import waits_for_me
        from templates.library.adoptions import register_adoption_counter
        from templates.workspace import (
            carrying_over,  # noqa: F401  # what happens when organisations merge
            searching,
        )
        from templates.workspace.adoption import count_adoptions
        from templates.workspace.explaining import explain_workspace
        from templates.workspace.overview import waiting_for

        register_adoption_counter(count_adoptions)
        explains_access(explain_workspace)
        waits_for_me(waiting_for)
        searching.announce()
