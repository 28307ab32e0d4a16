"""Enter an amount."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lnpo.ui.dutch_format import school_year
from templates.workspace.forms.fields import MoneyField, OnceField
from templates.workspace.models import Activity, Deployment, Plan
from templates.workspace.permissions import partners_of


class DeploymentForm(forms.ModelForm):  # type: ignore[type-arg]
    """One amount: stage, goal, what for, from whom to whom, in which school year."""

    once = OnceField()
    amount = MoneyField(label=_("Amount in euros"))
    school_year = forms.TypedChoiceField(label=_("School year"), coerce=int)

    class Meta:
        model = Deployment
        fields = [
            "stage",
            "school_year",
            "amount",
            "goal",
            "activity",
            "resource",
            "source",
            "giver",
            "receiver",
            "via",
            "note",
        ]
        help_texts = {"goal": _("Leave empty when the amount cannot be linked to a goal; it stays in sight.")}

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = partners_of(plan.organisation)
        for name in ("giver", "receiver", "via"):
            self.fields[name].queryset = partners  # type: ignore[attr-defined]
        self.fields["giver"].initial = plan.organisation_id
        self.fields["goal"].queryset = plan.goals.current()  # type: ignore[attr-defined]
        self.fields["activity"].queryset = (  # type: ignore[attr-defined]
            Activity.objects.unscoped("limited to the goals of this plan")
            .current()
            .filter(goal__plan=plan, goal__removed_at__isnull=True)
        )
        self.fields["school_year"].choices = [(year, school_year(year)) for year in plan.school_years()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An activity belongs to the goal that was chosen; an activity alone brings its goal along."""
        data: dict[str, Any] = super().clean() or {}
        goal, activity = data.get("goal"), data.get("activity")
        if activity and not goal:
            data["goal"] = activity.goal
            self.instance.goal = activity.goal
        elif activity and goal and activity.goal_id != goal.pk:
            self.add_error("activity", _("This activity belongs to another goal."))
        return data
