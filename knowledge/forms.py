"""Forms of makers and readers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from knowledge.evidence import MEASURED_RULE, measured_indicators
from knowledge.models import Contribution, UsageState
from lnpo.accounts.models import User
from lnpo.organisations.models import AccessRole, Organisation, memberships_of
from lnpo.organisations.permissions import RANK
from lnpo.ui.pages import only_public
from sessions.models import SessionPage
from templates.library.models import GoalTemplatePage

MOST_CO_AUTHORS = 10
LONG = {"rows": 8}


def organisations_of(user: User, least: AccessRole = AccessRole.READER) -> Any:
    """The organisations for which this person may write (or speak)."""
    strong = [
        row.organisation_id
        for row in memberships_of(user)
        if RANK[AccessRole(row.access_role)] >= RANK[least]
    ]
    return Organisation.objects.filter(pk__in=strong)


class BeginForm(forms.Form):
    """A title and an organisation are enough to begin."""

    title = forms.CharField(label=_("What is it about?"), max_length=160)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("For which organisation?"), empty_label=None
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_of(user)  # type: ignore[attr-defined]


class ContributionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The whole example; everything but the title may wait."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)
    co_authors = forms.CharField(
        label=_("Who wrote it with you?"),
        required=False,
        max_length=1000,
        help_text=_(
            "Their e-mail addresses, with commas between them. They can write along, also from elsewhere."
        ),
    )
    indicator_uid: Any = forms.ModelChoiceField(
        None,
        label=_("Measured with"),
        required=False,
        help_text=_(
            "Indicators of your own workspace with figures of two periods. The name is shown to readers."
        ),
    )

    class Meta:
        model = Contribution
        fields = (
            "title", "lead", "organisation", "context", "approach", "result", "different", "cost", "effect",
            "evidence", "indicator_uid", "kind", "topic", "sector", "level", "audience", "session",
            "goal_templates", "co_authors", "name_authors",
        )  # fmt: skip
        widgets = {
            "lead": forms.Textarea({"rows": 3}),
            "context": forms.Textarea({"rows": 3}),
            "approach": forms.Textarea(LONG),
            "result": forms.Textarea(LONG),
            "different": forms.Textarea({"rows": 5}),
            "goal_templates": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "context": _("How large, what was the question? No names of pupils or parents."),
            "approach": _(
                "An empty line makes a paragraph. Begin a line with ## for a subheading, with - for a list."
            ),
            "different": _("This often helps others most."),
            "evidence": MEASURED_RULE,
            "name_authors": _("Without this, readers see only the names of the organisations."),
        }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        own = self.instance
        for name in self.fields:
            if name not in ("title", "organisation", "sector", "level", "evidence", "kind", "version"):
                self.fields[name].required = False
        choices: dict[str, Any] = self.fields
        mine = organisations_of(user)
        choices["organisation"].queryset = Organisation.objects.filter(pk__in=[own.organisation_id]) | mine
        choices["organisation"].empty_label = None
        choices["session"].queryset = only_public(SessionPage.objects).order_by("-starts_at")
        choices["goal_templates"].queryset = only_public(GoalTemplatePage.objects).order_by("title")
        choices["indicator_uid"].queryset = measured_indicators(user, own.organisation)
        self.initial["version"] = own.version
        self.initial["co_authors"] = ", ".join(own.co_authors.values_list("email", flat=True))

    def clean_co_authors(self) -> list[User]:
        """Members with these addresses.

        Raises:
            ValidationError: an address is of nobody who is a member, or there are too many.

        """
        text = self.cleaned_data["co_authors"].replace("\x00", "")
        addresses = {word.strip().lower() for word in text.replace(";", ",").split(",") if word.strip()}
        addresses.discard(self.instance.author.email)
        if len(addresses) > MOST_CO_AUTHORS:
            raise ValidationError(_("At most ten people write along."))
        people = User.objects.filter(
            email__in=addresses, is_active=True, memberships__isnull=False
        ).distinct()
        found = list(people)
        missing = addresses - {person.email for person in found}
        if missing:
            raise ValidationError(
                _("We know no member with the address %(address)s."), params={"address": min(missing)}
            )
        return found

    def clean_indicator_uid(self) -> Any:
        """Its id; the contribution keeps no key into a workspace."""
        chosen = self.cleaned_data["indicator_uid"]
        return chosen.pk if chosen else None

    def data_to_save(self) -> dict[str, Any]:
        """What the verb takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        data["goal_templates"] = list(data["goal_templates"])
        return data

    def _post_clean(self) -> None:
        """The verb saves; the instance stays as it was read, so that a refused form changes nothing."""


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Add a file"),
        help_text=_(
            "PDF, Word, Excel, PowerPoint, OpenDocument or a picture; at most 20 MB, without macros."
        ),
    )


class UsageForm(forms.Form):
    """«Wij gebruiken dit»."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=None
    )
    state = forms.ChoiceField(label=_("How far are you?"), choices=UsageState.choices)
    experience = forms.CharField(label=_("Your experience in one line"), max_length=255, required=False)
    named = forms.BooleanField(label=_("Show the name of our organisation"), required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_of(user, AccessRole.CONTRIBUTOR)  # type: ignore[attr-defined]


class CommentForm(forms.Form):
    """A question or an answer."""

    text = forms.CharField(
        label=_("Your question or answer"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )


class RemarksForm(forms.Form):
    """What an editor asks of the makers."""

    remarks = forms.CharField(
        label=_("What should change?"), max_length=5000, widget=forms.Textarea({"rows": 5})
    )


class ConfirmForm(forms.Form):
    """Still right, and when it is looked at again."""

    next_on = forms.DateField(
        label=_("Look at it again on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
