"""Forms of members: register, and change what was filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lnpo.accounts.models import User
from lnpo.organisations.models import Organisation
from sessions.enums import AttendanceForm
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
