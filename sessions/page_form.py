"""The form in which POS writes a session page."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from lnpo.organisations.models import JobRole


class SessionPageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """A session page; the audience is a list of job roles."""

    audience = forms.MultipleChoiceField(
        label=_("For whom"), choices=JobRole.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
