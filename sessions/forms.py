"""Forms of members: register, and change what was filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lnpo.accounts.models import User
from lnpo.organisations.models import JobRole, Organisation
from sessions.enums import AttendanceForm
from sessions.guests import Guest
from sessions.models import Registration, SeatPool, SessionPage
from sessions.question_forms import QuestionFields
from sessions.questions import Reply
from sessions.registration import Answers


class AnswersForm(QuestionFields, forms.ModelForm):  # type: ignore[type-arg]
    """The learning question, the two consents and the questions of the session."""

    class Meta:
        model = Registration
        fields = ["learning_question", "share_learning_question", "share_name"]
        widgets = {"learning_question": forms.Textarea(attrs={"rows": 4})}

    def __init__(
        self, *args: Any, page: SessionPage, given: dict[str, Reply] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = []
        if not page.is_past:
            self.ask(page, given)

    def clean(self) -> dict[str, Any]:
        """Also whether the questions of the session are answered."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_replies()
        return data

    def answers(self) -> Answers:
        """What was filled in, for the verb."""
        data = self.cleaned_data
        return Answers(
            learning_question=data["learning_question"],
            share_learning_question=data["share_learning_question"],
            share_name=data["share_name"],
            replies=self.replies(),
        )


class RegistrationForm(AnswersForm):
    """Everything on one page; only what is not known already is asked."""

    organisation = forms.ModelChoiceField(
        label=_("On behalf of which organisation do you come?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
    )
    attendance = forms.ChoiceField(
        label=_("How do you take part?"), choices=AttendanceForm.choices, widget=forms.RadioSelect
    )

    field_order = ["organisation", "attendance", "learning_question", "share_learning_question", "share_name"]

    def __init__(self, *args: Any, user: User, page: SessionPage, **kwargs: Any) -> None:
        super().__init__(*args, page=page, **kwargs)
        own = Organisation.objects.of_member(user)
        self.organisations = list(own)
        self.pools: list[SeatPool] = page.all_pools
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ModelChoiceField)
        organisation.queryset = own
        organisation.initial = self.organisations[0].pk if self.organisations else None
        if len(self.organisations) == 1:
            del self.fields["organisation"]
        self.fields["attendance"].initial = self.pools[0].form if self.pools else None
        if len(self.pools) < 2:
            del self.fields["attendance"]

    def chosen_organisation(self) -> Organisation:
        """The organisation that was chosen, or the only one there is."""
        chosen: Organisation = self.cleaned_data.get("organisation") or self.organisations[0]
        return chosen

    def chosen_form(self) -> AttendanceForm | None:
        """On site or online, when there was a choice."""
        value = self.cleaned_data.get("attendance")
        return AttendanceForm(value) if value else None


class GuestForm(QuestionFields, forms.Form):
    """What somebody who is not a member fills in."""

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a link there. Your seat counts once you have clicked it."),
    )
    organisation = forms.CharField(
        label=_("Where do you work?"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    job_role = forms.ChoiceField(label=_("Job role"), choices=JobRole.choices)
    attendance = forms.ChoiceField(
        label=_("How do you take part?"), choices=AttendanceForm.choices, widget=forms.RadioSelect
    )
    learning_question = forms.CharField(
        label=_("What do you want to find out in this session?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Your learning question. The host reads it beforehand. Please do not name pupils."),
    )
    share_name = forms.BooleanField(label=_("Other participants may see that I am coming"), required=False)

    def __init__(self, *args: Any, page: SessionPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pools = page.all_pools
        self.fields["attendance"].initial = pools[0].form if pools else None
        if len(pools) < 2:
            del self.fields["attendance"]
        self.ask(page)

    def clean(self) -> dict[str, Any]:
        """Also the questions of the session."""
        data: dict[str, Any] = super().clean() or {}
        self.check_replies()
        return data

    def guest(self) -> Guest:
        """What was filled in, for the verb."""
        data = self.cleaned_data
        return Guest(
            email=data["email"],
            first_name=data["first_name"],
            last_name=data["last_name"],
            organisation_name=data["organisation"],
            job_role=JobRole(data["job_role"]),
            form=AttendanceForm(data["attendance"]) if data.get("attendance") else None,
            learning_question=data["learning_question"],
            share_name=data["share_name"],
            replies=self.replies(),
        )
