"""Forms with which members and managers decide who comes in, and what organisations are called."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lnpo.accounts.models import User
from lnpo.organisations.joining import Asker, meant_by
from lnpo.organisations.models import AccessRole, JobRole, Membership, Organisation, SecondFactorRule


def day_field(label: Any, help_text: Any, required: bool = False) -> forms.DateField:
    """A day, chosen or typed."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def job_field(initial: str | None = None) -> forms.ChoiceField:
    """What somebody does; nothing is chosen beforehand unless it is known."""
    choices = [("", _("Choose a job role")), *JobRole.choices]
    return forms.ChoiceField(label=_("Job role"), choices=choices, initial=initial)


def access_field(initial: str = AccessRole.READER) -> forms.ChoiceField:
    """What somebody may do."""
    return forms.ChoiceField(label=_("Access role"), choices=AccessRole.choices, initial=initial)


def note_field(label: Any, help_text: Any = "", required: bool = False) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,
    )


UNTIL = _("Leave empty when it has no end. After this day access ends by itself.")


class SecondStepForm(forms.Form):
    """Of whom the organisation asks a second step."""

    second_factor = forms.ChoiceField(
        label=_("Of whom do you ask a second step?"),
        choices=SecondFactorRule.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("A code of an app, or a passkey. Who has none yet sets it up at the next page."),
    )

    def rule(self) -> SecondFactorRule:
        """What was chosen."""
        return SecondFactorRule(self.cleaned_data["second_factor"])


class AccessForm(forms.Form):
    """What somebody does and may do, until when, and for whom they stand in."""

    job_role = job_field()
    access_role = access_field()
    ends_on = day_field(_("Up to and including"), UNTIL)
    stands_in_for = forms.ModelChoiceField(
        label=_("Stands in for"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("For a deputy: whose work this is for the time being. A deputy has a last day."),
    )

    def __init__(self, data: Any = None, *, membership: Membership) -> None:
        names = ("job_role", "access_role", "ends_on", "stands_in_for")
        super().__init__(data, initial={name: getattr(membership, name) for name in names})
        colleagues = Membership.objects.current().filter(organisation=membership.organisation_id)
        field = self.fields["stands_in_for"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=colleagues.values("user")).exclude(pk=membership.user_id)

    def clean(self) -> dict[str, Any]:
        """A deputy has a last day."""
        data = super().clean() or {}
        if data.get("stands_in_for") and not data.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", gettext("Say until when this person stands in."))
        return data


class ReasonForm(forms.Form):
    """Why, for the history."""

    reason = note_field(
        _("Reason"), _("For the history of the organisation; the person does not get it by mail.")
    )


class DescriptionForm(forms.Form):
    """What an organisation is called and where it is."""

    name = forms.CharField(label=_("Name"), max_length=200)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    region = forms.CharField(label=_("Region"), max_length=120, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https", max_length=200)

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        names = ("name", "place", "region", "website")
        super().__init__(data, initial={name: getattr(organisation, name) for name in names})


class CloseForm(forms.Form):
    """The last day, and why."""

    ends_on = day_field(_("Last day"), _("Until this day everything works as it did."), required=True)
    reason = note_field(_("Reason"), required=True)


class SwitchForm(forms.Form):
    """For which organisation I work now."""

    organisation = forms.UUIDField()


class JoinForm(forms.Form):
    """Ask for access without an account."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Your work address. We send a link there with which you confirm your request."),
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        help_text=_("The name as it is known, or its code: SWV code, board number or school location code."),
    )
    job_role = job_field()
    note = note_field(_("Explanation"), _("Optional: what the person who decides should know."))

    def asker(self) -> Asker:
        """What was filled in, for the verb."""
        data = self.cleaned_data
        return Asker(
            data["email"], data["first_name"], data["last_name"], JobRole(data["job_role"]), data["note"]
        )


class AskForm(forms.Form):
    """Ask for access as a member of the network."""

    job_role = job_field()
    note = note_field(_("Explanation"), _("Optional: what the person who decides should know."))


class DecideForm(forms.Form):
    """Approve with a role, or refuse with a reason."""

    organisation_code = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("Which one is meant: its code, or its name exactly as in the directory."),
    )
    access_role = access_field()
    ends_on = day_field(_("Up to and including"), UNTIL)
    reason = note_field(_("Reason"), _("Only when you refuse; the person reads it."))

    def __init__(self, *args: Any, pick: bool, refusing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusing = refusing
        if not pick:
            del self.fields["organisation_code"]

    def clean(self) -> dict[str, Any]:
        """The organisation when approving, the reason when refusing."""
        data = super().clean() or {}
        if self.refusing:
            if not data.get("reason", "").strip() and "reason" not in self.errors:
                self.add_error("reason", gettext("Write why: the person reads it."))
        elif "organisation_code" in self.fields and "organisation_code" not in self.errors:
            data["organisation"] = meant_by(data["organisation_code"])
            if data["organisation"] is None:
                self.add_error(
                    "organisation_code", gettext("We do not find exactly one organisation by this.")
                )
        return data
