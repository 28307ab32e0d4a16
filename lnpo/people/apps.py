"""Registration of the app ``lnpo.people`` under the label ``people``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """See the package docstring."""

    name = "lnpo.people"
    label = "people"
    verbose_name = _("People")
