"""Adopt a goal template: into which plan, and what comes along."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lnpo.organisations.models import Organisation, today
from templates.library.models import GoalTemplateVersion
from templates.workspace.models import Plan
from templates.workspace.periods import school_year_of

NEW = "new:"


class AdoptionForm(forms.Form):
    """Choose a plan of one's own SWV, or open one; choose what comes along."""

    plan = forms.ChoiceField(label=_("Into which plan?"))
    title = forms.CharField(label=_("What do you call this goal?"), max_length=255)
    indicators = forms.MultipleChoiceField(
        label=_("Indicators"), required=False, widget=forms.CheckboxSelectMultiple
    )
    activities = forms.MultipleChoiceField(
        label=_("Activities"), required=False, widget=forms.CheckboxSelectMultiple
    )
    resources = forms.MultipleChoiceField(
        label=_("Kinds of resources"), required=False, widget=forms.CheckboxSelectMultiple
    )
    questions = forms.MultipleChoiceField(
        label=_("Questions for the conversation"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        version: GoalTemplateVersion,
        organisations: list[Organisation],
        plans: list[Plan],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(organisation.pk): organisation for organisation in organisations}
        self.plans = {str(plan.pk): plan for plan in plans}
        self.fields["plan"].choices = self._plan_choices()  # type: ignore[attr-defined]
        self.fields["title"].initial = version.title
        for name, text in (("indicators", "name"), ("activities", "title"), ("questions", "text")):
            self._offer(name, [(node["uid"], node[text]) for node in version.content[name]])
        from templates.library.enums import ResourceKind

        labels = dict(ResourceKind.choices)
        resources = version.content["resources"]
        self._offer(
            "resources", [(node["uid"], labels.get(node["kind"], node["kind"])) for node in resources]
        )

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields[name].initial = [uid for uid, _text in choices]
        if not choices:
            del self.fields[name]

    def _plan_choices(self) -> list[tuple[str, str]]:
        choices = [(key, f"{plan.title}, {plan.organisation.name}") for key, plan in self.plans.items()]
        with_plan = {plan.organisation_id for plan in self.plans.values()}
        for key, organisation in self.organisations.items():
            if organisation.pk not in with_plan:
                text = _("Open a new support plan for %(organisation)s") % {"organisation": organisation.name}
                choices.append((f"{NEW}{key}", text))
        return choices

    def chosen_nodes(self) -> set[str]:
        """The uids that come along."""
        names = ("indicators", "activities", "resources", "questions")
        return {uid for name in names for uid in self.cleaned_data.get(name, [])}

    def chosen_plan(self) -> Plan | Organisation:
        """The plan, or the organisation for which a plan is opened."""
        value = self.cleaned_data["plan"]
        return self.organisations[value.removeprefix(NEW)] if value.startswith(NEW) else self.plans[value]

    @staticmethod
    def new_plan_values(organisation: Organisation) -> dict[str, Any]:
        """A support plan for four school years from this one; title and years can be changed later."""
        title = _("Support plan %(organisation)s") % {"organisation": organisation.name}
        return {"title": title[:160], "first_year": school_year_of(today()), "years": 4}
