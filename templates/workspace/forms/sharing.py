"""With whom a goal is shared, and what somebody says to being made responsible."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from templates.workspace.enums import Acceptance
from templates.workspace.models import Goal
from templates.workspace.permissions import partners_of


class ShareForm(forms.Form):
    """Boards and schools of the SWV, and its observers."""

    observers = forms.BooleanField(
        label=_("Observers: support plan council and internal supervision"), required=False
    )
    organisations: Any = forms.ModelMultipleChoiceField(
        label=_("Boards and schools"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        swv = goal.plan.organisation
        field: Any = self.fields["organisations"]
        field.queryset = partners_of(swv).exclude(pk=swv.pk)
        shared = list(goal.shares.values_list("organisation", flat=True))
        self.fields["observers"].initial = None in shared
        field.initial = [key for key in shared if key]


class AnswerForm(forms.Form):
    """Yes, or back with a reason."""

    answer = forms.ChoiceField(
        label=_("Will you take this on?"),
        choices=[
            (Acceptance.ACCEPTED, _("Yes, I take this on")),
            (Acceptance.HANDED_BACK, _("I hand it back")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why do you hand it back?"), required=False, max_length=255, help_text=_("Only when you do.")
    )

    def clean(self) -> dict[str, Any]:
        """Handing back needs a reason."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("answer") == Acceptance.HANDED_BACK and not data.get("reason"):
            self.add_error("reason", _("Say why, so that others can follow it."))
        return data
