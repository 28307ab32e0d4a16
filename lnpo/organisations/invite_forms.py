"""Forms of invitations: one person, a pasted list, and the newcomer who answers."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lnpo.accounts.models import User
from lnpo.organisations.entry_forms import UNTIL, access_field, day_field, job_field
from lnpo.organisations.invitations import MOST_AT_ONCE, Invitee
from lnpo.organisations.models import AccessRole, Invitation, JobRole, Organisation, OrganisationKind
from lnpo.ui.tables import Line, UnreadableTableError, normalised, read_table

JOBS = {
    OrganisationKind.SWV: JobRole.SWV_DIRECTOR,
    OrganisationKind.BOARD: JobRole.BOARD_EXECUTIVE,
    OrganisationKind.SCHOOL: JobRole.HEAD_TEACHER,
}
"""Whom one usually invites first."""


class InvitationForm(forms.Form):
    """Whom to invite, and for what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    job_role = job_field()
    access_role = access_field()
    ends_on = day_field(_("Up to and including"), UNTIL)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        job = JOBS.get(OrganisationKind(organisation.kind))
        self.fields["job_role"].initial = job
        self.fields["access_role"].initial = AccessRole.MANAGER if job else AccessRole.READER

    def invitee(self) -> Invitee:
        """What was filled in, for the verb."""
        data = self.cleaned_data
        return Invitee(
            data["email"],
            JobRole(data["job_role"]),
            AccessRole(data["access_role"]),
            data["first_name"],
            data["last_name"],
            data["ends_on"],
        )


COLUMNS = ["email", "first_name", "last_name", "job_role", "access_role"]
ALIASES = {
    "email": ["e-mail", "e-mailadres", "mail", "mailadres", "emailadres"],
    "first_name": ["voornaam", "first name"],
    "last_name": ["achternaam", "last name", "naam"],
    "job_role": ["functie", "rol", "job role"],
    "access_role": ["toegang", "toegangsrol", "access role"],
}


class PastedListForm(forms.Form):
    """A list of people, pasted from a spreadsheet; each row is checked, and nothing is sent yet."""

    people = forms.CharField(
        label=_("List"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "One person per row: e-mail address, first name, last name, and if you like job role and access"
            " role. Copy it from a spreadsheet, or use semicolons."
        ),
    )
    job_role = job_field()
    access_role = access_field()

    invitees: list[Invitee]

    def clean(self) -> dict[str, Any]:
        """Read the rows; every row that is not right gets a sentence with its number."""
        data = super().clean() or {}
        if "people" not in data or self.errors:
            return data
        try:
            table = read_table(
                data["people"],
                aliases=ALIASES,
                headings=None if _has_headings(data["people"]) else COLUMNS,
                most_rows=MOST_AT_ONCE,
            )
        except UnreadableTableError as error:
            self.add_error("people", str(error))
            return data
        self.invitees = []
        seen: dict[str, int] = {}
        for line in table.lines:
            try:
                invitee = self._invitee(line, data, seen)
            except ValidationError as error:
                for text in error.messages:
                    self.add_error(
                        "people", gettext("Row %(row)s: %(text)s") % {"row": line.number, "text": text}
                    )
            else:
                seen[invitee.email] = line.number
                self.invitees.append(invitee)
        if not table.lines:
            self.add_error("people", gettext("There are headings, but no rows below them."))
        return data

    def _invitee(self, line: Line, data: dict[str, Any], seen: dict[str, int]) -> Invitee:
        email = User.objects.normalize_email(line["email"])
        if email in seen:
            problem = gettext("%(email)s already stands in row %(row)s.")
            raise ValidationError(problem % {"email": email, "row": seen[email]})
        if len(email) > 254:
            raise ValidationError(gettext("The e-mail address is too long."))
        validate_email(email)
        return Invitee(
            email,
            JobRole(_meant(line["job_role"], JobRole.choices, data["job_role"])),
            AccessRole(_meant(line["access_role"], AccessRole.choices, data["access_role"])),
            line["first_name"][:150],
            line["last_name"][:150],
        )


def _has_headings(text: str) -> bool:
    first = text.strip().split("\n", 1)[0]
    return "@" not in first


def _meant(typed: str, choices: Any, otherwise: str) -> str:
    """The role that somebody wrote: its key, its name, or the first word of its name."""
    wanted = normalised(typed)
    if not wanted:
        return otherwise
    for key, label in choices:
        if wanted in (key, normalised(str(label)), normalised(str(label)).split(":")[0]):
            return str(key)
    raise ValidationError(gettext("“%(role)s” is not a role that we know.") % {"role": typed[:60]})


class NewcomerForm(forms.Form):
    """Name and password, once."""

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["first_name"].initial = invitation.first_name
        self.fields["last_name"].initial = invitation.last_name
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """Long enough and not one of the well-known ones."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.invitation.email))
        return password
