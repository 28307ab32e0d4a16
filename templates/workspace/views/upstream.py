"""The goal beside its template in the library: take over what is new, undo, give back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from templates.library.wording import said
from templates.workspace.upstream.newer import Standing, standing, take_over, undo
from templates.workspace.views.access import demand_work, goal_or_404, open_desk, show

LABELS = {
    "mine": gettext_lazy("Keep ours"),
    "theirs": gettext_lazy("Take over from the library"),
    "both": gettext_lazy("Keep both texts"),
}


class TakeOverForm(forms.Form):
    """One choice per difference."""

    seal = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, view: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seal"].initial = view.seal
        self.view = view
        for item in view.found:
            self.fields[item.key] = forms.ChoiceField(
                label=said(item)["label"],
                choices=[(choice, LABELS[choice]) for choice in item.choices],
                initial=item.default,
                widget=forms.RadioSelect,
                required=False,
            )

    def rows(self) -> list[dict[str, Any]]:
        """Per difference its field, and the texts in words."""
        return [{"field": self[item.key], "item": item, **said(item)} for item in self.view.found]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def goal_newer(request: HttpRequest, organisation_id: UUID, goal_id: UUID) -> HttpResponse:
    """What the library changed since this goal was adopted, and per field whose text stands."""
    desk = open_desk(request, organisation_id)
    goal = goal_or_404(desk, goal_id)
    demand_work(desk)
    view = standing(goal)
    if view is None:
        return show(request, desk, "workspace/goal_own.html", "goals", goal=goal)
    form = TakeOverForm(request.POST if request.method == "POST" else None, view=view)
    if request.method == "POST" and form.is_valid():
        choices = {name: value for name, value in form.cleaned_data.items() if value and name != "seal"}
        try:
            merge = take_over(desk.user, goal, choices, form.cleaned_data["seal"] or "-")
        except ValidationError as error:
            form = TakeOverForm(view=view)
            messages.warning(request, " ".join(error.messages))
        else:
            if merge is not None:
                messages.success(request, _("Done. What you kept is kept; you can undo this."))
            else:
                messages.info(request, _("There is nothing new to take over."))
            return redirect("workspace:goal", desk.organisation.pk, goal.pk)
    return show(request, desk, "workspace/goal_newer.html", "goals", goal=goal, view=view, form=form)


@require_POST
@login_required
def goal_newer_undo(request: HttpRequest, organisation_id: UUID, goal_id: UUID) -> HttpResponse:
    """Put back what the last merge changed."""
    desk = open_desk(request, organisation_id)
    goal = goal_or_404(desk, goal_id)
    demand_work(desk)
    if undo(desk.user, goal) is None:
        messages.info(request, _("There is nothing to undo."))
    else:
        messages.success(request, _("Undone. The goal stands as it was before the newer version."))
    return redirect("workspace:goal", desk.organisation.pk, goal.pk)


class GiveBackForm(forms.Form):
    """Which of one's own changes go to the library, and under whose name."""

    changes = forms.MultipleChoiceField(
        label=gettext_lazy("Which of your changes do you offer?"), widget=forms.CheckboxSelectMultiple
    )
    explanation = forms.CharField(
        label=gettext_lazy("What is better now?"),
        max_length=255,
        help_text=gettext_lazy("Others read this beside the new version. Name no pupils."),
    )
    credit = forms.CharField(
        label=gettext_lazy("How do you want to be named?"),
        max_length=255,
        required=False,
        help_text=gettext_lazy("Leave empty to stay unnamed."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def goal_give_back(request: HttpRequest, organisation_id: UUID, goal_id: UUID) -> HttpResponse:
    """Offer a local change to the library."""
    from templates.workspace.upstream.giving_back import give_back, offers

    desk = open_desk(request, organisation_id)
    goal = goal_or_404(desk, goal_id)
    demand_work(desk)
    view = standing(goal)
    if view is None:
        return show(request, desk, "workspace/goal_own.html", "goals", goal=goal)
    found = offers(goal, view.newest)
    form = GiveBackForm(
        request.POST if request.method == "POST" else None,
        initial={"credit": f"{desk.user.get_full_name()}, {desk.organisation.name}"},
    )
    choices = [(item.key, said(item, own=True)["sentence"]) for item in found]
    form.fields["changes"].choices = choices  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            proposal = give_back(desk.user, goal, data["changes"], data["explanation"], data["credit"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. POS looks at it and answers you here and by mail."))
            return redirect("library:proposal", proposal.pk)
    return show(
        request,
        desk,
        "workspace/goal_give_back.html",
        "goals",
        goal=goal,
        view=view,
        form=form,
        found=found,
    )
