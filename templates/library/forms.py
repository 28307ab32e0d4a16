"""Forms of the library: propose a goal template, and answer a proposal."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lnpo.organisations.models import JobRole
from lnpo.topics.models import Sector, Topic
from templates.library.enums import (
    Direction,
    Frequency,
    IndicatorKind,
    IndicatorSource,
    Level,
    Phase,
    ProposalState,
    ResourceKind,
    Unit,
)
from templates.library.merging import Content

MOST = 30
ANSWERS = [ProposalState.ACCEPTED, ProposalState.RETURNED, ProposalState.DECLINED]


class RowForm(forms.Form):
    """A row of a table; it counts when something was typed, whatever its selects say."""

    typed: tuple[str, ...] = ()

    def has_changed(self) -> bool:
        """Whether something was typed."""
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.typed)


class IndicatorForm(RowForm):
    """One indicator; a row without a text is left out."""

    typed = ("name", "measurement")

    name = forms.CharField(label=gettext_lazy("Name"), max_length=255)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=IndicatorKind.choices)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), choices=Unit.choices)
    direction = forms.ChoiceField(label=gettext_lazy("Better is"), choices=Direction.choices)
    level = forms.ChoiceField(label=gettext_lazy("Measured by"), choices=Level.choices)
    measurement = forms.CharField(label=gettext_lazy("How it is measured"), max_length=2000)
    source = forms.ChoiceField(
        label=gettext_lazy("Source"), choices=IndicatorSource.choices, initial=IndicatorSource.OTHER
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Frequency.choices, initial=Frequency.YEAR
    )


class ActivityForm(RowForm):
    """One activity; a row without a text is left out."""

    typed = ("title", "period")

    title = forms.CharField(label=gettext_lazy("Activity"), max_length=255)
    level = forms.ChoiceField(label=gettext_lazy("Responsible"), choices=Level.choices)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=JobRole.choices)
    period = forms.CharField(label=gettext_lazy("Period"), max_length=120, required=False)


IndicatorSet = forms.formset_factory(
    IndicatorForm, extra=3, max_num=MOST, absolute_max=MOST, validate_max=True
)
ActivitySet = forms.formset_factory(ActivityForm, extra=3, max_num=MOST, absolute_max=MOST, validate_max=True)


class TemplateForm(forms.Form):
    """The goal itself, and what stands in short lists."""

    title = forms.CharField(label=gettext_lazy("Goal"), max_length=255)
    theme = forms.ModelChoiceField(
        label=gettext_lazy("Theme"), queryset=Topic.objects.all(), to_field_name="key"
    )
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), choices=Sector.choices, initial=Sector.BOTH)
    rationale = forms.CharField(
        label=gettext_lazy("Why this goal?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    strategic_objective = forms.CharField(
        label=gettext_lazy("What do you want to reach?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    resources = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of resources"),
        choices=ResourceKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    questions_start = forms.CharField(label=gettext_lazy("Questions at the start"), required=False)
    questions_voortgang = forms.CharField(label=gettext_lazy("Questions on the way"), required=False)
    questions_evaluatie = forms.CharField(label=gettext_lazy("Questions looking back"), required=False)
    explanation = forms.CharField(
        label=gettext_lazy("For POS: where does this goal come from?"), max_length=255
    )
    credit = forms.CharField(
        label=gettext_lazy("How do you want to be named?"),
        max_length=255,
        required=False,
        help_text=gettext_lazy("Leave empty to stay unnamed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for phase in Phase:
            field = self.fields[f"questions_{phase.value}"]
            field.widget = forms.Textarea(attrs={"rows": 2})
            field.help_text = _("One question per line.")
            field.max_length = 2000  # type: ignore[attr-defined]

    def questions(self) -> list[dict[str, str]]:
        """Phase and text of every line."""
        return [
            {"uid": str(uuid.uuid4()), "phase": phase.value, "text": line.strip()}
            for phase in Phase
            for line in self.cleaned_data[f"questions_{phase.value}"].splitlines()[:MOST]
            if line.strip()
        ]


class WholeTemplate:
    """The form with its two tables, as one."""

    def __init__(self, data: Any = None, content: Content | None = None, initial: Any = None) -> None:
        first = {**(content["goal"] if content else {}), **(initial or {})}
        if content:
            first["resources"] = [node["kind"] for node in content["resources"]]
            for phase in Phase:
                texts = [node["text"] for node in content["questions"] if node["phase"] == phase]
                first[f"questions_{phase.value}"] = "\n".join(texts)
        self.form = TemplateForm(data, initial=first)
        lists = content or {"indicators": [], "activities": []}
        self.indicators = IndicatorSet(data, prefix="indicators", initial=lists["indicators"])
        self.activities = ActivitySet(data, prefix="activities", initial=lists["activities"])

    def is_valid(self) -> bool:
        """Whether all of it can be sent; at least one indicator is needed."""
        valid = all([self.form.is_valid(), self.indicators.is_valid(), self.activities.is_valid()])
        if valid and not self._nodes(self.indicators, "name"):
            self.form.add_error(None, _("Add at least one indicator: how will you know whether it works?"))
            valid = False
        return valid

    def content(self) -> Content:
        """What is proposed, as the content of a version."""
        data = self.form.cleaned_data
        goal = {name: data[name] for name in ("title", "rationale", "strategic_objective")}
        return {
            "goal": {**goal, "legal_reference": "", "theme": data["theme"].key},
            "indicators": self._nodes(self.indicators, "name"),
            "activities": self._nodes(self.activities, "title"),
            "resources": [{"uid": str(uuid.uuid4()), "kind": kind} for kind in data["resources"]],
            "questions": self.form.questions(),
        }

    @staticmethod
    def _nodes(rows: Any, needed: str) -> list[dict[str, str]]:
        return [
            {"uid": str(uuid.uuid4()), **row.cleaned_data} for row in rows if row.cleaned_data.get(needed)
        ]


class AnswerForm(forms.Form):
    """What POS answers."""

    state = forms.ChoiceField(
        label=gettext_lazy("What happens with this proposal?"),
        choices=[
            (ProposalState.ACCEPTED, gettext_lazy("Take it up in the library, as a new version")),
            (ProposalState.RETURNED, gettext_lazy("Send it back with remarks")),
            (ProposalState.DECLINED, gettext_lazy("Do not take it up")),
        ],
        widget=forms.RadioSelect,
    )
    remarks = forms.CharField(
        label=gettext_lazy("Remarks for the proposer"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Who does not take something up says why."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("state") in (ProposalState.RETURNED, ProposalState.DECLINED) and not data.get("remarks"):
            self.add_error("remarks", _("Say why, so that the proposer can go on."))
        return data
