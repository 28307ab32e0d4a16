"""Forms for goals, indicators and activities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lnpo.accounts.models import User
from lnpo.organisations.models import Organisation
from templates.library.enums import Direction, IndicatorKind, Unit
from templates.workspace.enums import ActivityStatus
from templates.workspace.forms.fields import DateInput, DutchDecimalField, OnceField
from templates.workspace.models import Activity, Goal, Indicator
from templates.workspace.permissions import partners_of


def colleagues(organisations: Any) -> Any:
    """People who work today in one of ``organisations``."""
    from lnpo.organisations.models import Membership

    members = Membership.objects.current().filter(organisation__in=organisations)
    return User.objects.filter(is_active=True, pk__in=members.values("user"))


class GoalForm(forms.ModelForm):  # type: ignore[type-arg]
    """The text of a goal, who owns it, and a status set by people with a reason."""

    once = OnceField()
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Goal
        fields = [
            "title",
            "rationale",
            "objective",
            "topic",
            "owner",
            "interpretation",
            "next_conversation_on",
            "light_override",
            "light_reason",
            "light_until",
        ]
        widgets = {"next_conversation_on": DateInput(), "light_until": DateInput()}
        help_texts = {
            "interpretation": _("One or two sentences: what do the figures and stories tell you?"),
            "light_override": _("Leave empty to let the indicators decide."),
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues([organisation])  # type: ignore[attr-defined]
        if self.instance and not self.instance._state.adding:
            self.fields["seen_version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        """A status set by people needs a reason and an end."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("light_override"):
            if not data.get("light_reason"):
                self.add_error("light_reason", _("Say why, so that others can follow it."))
            if not data.get("light_until"):
                self.add_error("light_until", _("Say until when this holds."))
        return data


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]
    """An indicator with baseline and target."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    baseline = DutchDecimalField(label=_("Baseline"), required=False)
    target = DutchDecimalField(label=_("Target"), required=False)
    target_low = DutchDecimalField(label=_("Lower end of the band"), required=False)
    target_high = DutchDecimalField(label=_("Upper end of the band"), required=False)

    class Meta:
        model = Indicator
        fields = [
            "name",
            "kind",
            "unit",
            "direction",
            "level",
            "measurement",
            "source",
            "frequency",
            "baseline",
            "baseline_on",
            "target",
            "target_low",
            "target_high",
            "target_on",
        ]
        widgets = {"baseline_on": DateInput(), "target_on": DateInput()}
        help_texts = {"target_low": _("Only for “within a band”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        """Kind and unit must fit; a band needs its ends in order."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == IndicatorKind.MEASURABLE and data.get("unit") == Unit.STORY:
            self.add_error("unit", _("A story is noticeable, not measurable."))
        low, high = data.get("target_low"), data.get("target_high")
        if data.get("direction") == Direction.BAND and low is not None and high is not None and low > high:
            self.add_error("target_high", _("The upper end lies below the lower end."))
        return data


class ActivityForm(forms.ModelForm):  # type: ignore[type-arg]
    """An activity, and who is responsible for it."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Activity
        fields = [
            "title",
            "level",
            "role",
            "organisation",
            "person",
            "period",
            "starts_on",
            "ends_on",
            "status",
        ]
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version
        partners = partners_of(organisation)
        self.fields["organisation"].queryset = partners  # type: ignore[attr-defined]
        self.fields["person"].queryset = colleagues(partners)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The person works at the responsible organisation; the end lies after the start."""
        data: dict[str, Any] = super().clean() or {}
        person, organisation = data.get("person"), data.get("organisation")
        if person and organisation and not colleagues([organisation]).filter(pk=person.pk).exists():
            self.add_error("person", _("This person does not work at the responsible organisation."))
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end lies before the start."))
        return data


class ActivityReportForm(forms.Form):
    """How far an activity is, in a few words."""

    status = forms.ChoiceField(label=_("Status"), choices=ActivityStatus.choices)
    progress_note = forms.CharField(
        label=_("How does it go?"),
        widget=forms.Textarea,
        required=False,
        max_length=2000,
        help_text=_("What works, what does not, and what do you need? Do not write names of pupils."),
    )
