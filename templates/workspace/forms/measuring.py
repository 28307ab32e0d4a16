"""Enter a measurement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lnpo.organisations.models import Organisation, today
from templates.library.enums import Unit
from templates.workspace.enums import NoticedLevel
from templates.workspace.forms.fields import DateInput, DutchDecimalField
from templates.workspace.models import Indicator
from templates.workspace.periods import last_period


class MeasurementForm(forms.Form):
    """The fields that fit: figures for what is counted, a level and story for what is noticed."""

    organisation = forms.ModelChoiceField(
        label=_("For which organisation?"), queryset=Organisation.objects.none()
    )
    period_start = forms.DateField(label=_("From"), widget=DateInput)
    period_end = forms.DateField(label=_("Up to and including"), widget=DateInput)
    value = DutchDecimalField(label=_("Value"), required=False)
    numerator = DutchDecimalField(label=_("How many"), required=False)
    denominator = DutchDecimalField(label=_("Out of how many"), required=False)
    noticed = forms.TypedChoiceField(
        label=_("What is noticed?"),
        choices=[("", _("Choose a level")), *NoticedLevel.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    story = forms.CharField(
        label=_("Story"),
        widget=forms.Textarea,
        required=False,
        max_length=4000,
        help_text=_("What did you see or hear? Do not write names of pupils."),
    )
    observer = forms.CharField(label=_("Who noticed it?"), required=False, max_length=160)
    observed_on = forms.DateField(label=_("When?"), widget=DateInput, required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=255)
    breaks_series = forms.BooleanField(
        label=_("Counted in another way than before"),
        required=False,
        help_text=_("The note says what changed."),
    )

    def __init__(self, *args: Any, indicator: Indicator, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        if organisations.count() == 1:
            self.fields["organisation"].initial = organisations.get()
            self.fields["organisation"].widget = forms.HiddenInput()
        start, end = last_period(indicator.frequency, today())
        self.fields["period_start"].initial, self.fields["period_end"].initial = start, end
        unwanted = ["value", "numerator", "denominator"] if indicator.uses_level else ["noticed"]
        if indicator.unit not in (Unit.PERCENT, Unit.PER_1000):
            unwanted += ["numerator", "denominator"]
        if not indicator.is_noticeable:
            unwanted += ["story", "observer", "observed_on"]
        for name in set(unwanted):
            del self.fields[name]
        if "value" in self.fields:
            self.fields["value"].label = str(indicator.get_unit_display()).capitalize()
        if "numerator" in self.fields:
            self.fields["value"].help_text = _("Or fill in the two numbers below; we then work it out.")

    def clean(self) -> dict[str, Any]:
        """The period ends after it starts, and something was filled in."""
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("The end lies before the start."))
        denominator = data.get("denominator")
        if denominator is not None and denominator <= 0:
            self.add_error("denominator", _("Out of how many must be more than 0."))
        if data.get("breaks_series") and not data.get("note"):
            self.add_error("note", _("Say what changed in the way of counting."))
        return data
