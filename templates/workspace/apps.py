"""Registration of the app ``templates.workspace`` under the label ``workspace``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkspaceConfig(AppConfig):
    """See the package docstring."""

    name = "templates.workspace"
    label = "workspace"
    verbose_name = _("Workspace")
