"""The form of the own profile: what you tell, and beside it who may read it."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lnpo.people.models import Profile, Visibility
from lnpo.people.profile import ON_THE_ACCOUNT, SHOWN, TOLD
from lnpo.ui.uploads import MEGABYTE, clean_image

MOST_BYTES = 8 * MEGABYTE
SIDE = 400


class Line(forms.CharField):
    """One line of text: breaks and double spaces become one space."""

    def to_python(self, value: Any) -> str:
        """The text on one line."""
        return " ".join((super().to_python(value) or "").split())


def who(label: Any, help_text: Any = "") -> forms.ChoiceField:
    """Who may read the field above it."""
    return forms.ChoiceField(label=label, choices=Visibility.choices, help_text=help_text)


def words(label: Any, help_text: Any) -> forms.CharField:
    """A few sentences."""
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=1000, widget=area)


class ProfileForm(forms.Form):
    """Who you are, what you offer and look for, how you are reached; each with its readers."""

    first_name = Line(label=_("First name"), max_length=150)
    last_name = Line(label=_("Last name"), max_length=150)
    job_title = Line(label=_("Function"), max_length=120, required=False)
    listed = who(
        _("Who sees your name and function?"), _("Who may not see your name sees nothing else of you either.")
    )
    photo = forms.FileField(
        label=_("Portrait"),
        required=False,
        help_text=_("A JPG, PNG or WebP of at most 8 MB. We cut it to a square."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_photo = forms.BooleanField(label=_("Remove my portrait"), required=False)
    show_photo = who(_("Who sees your portrait?"))
    offers = words(_("What I can help with"), _("For example: you know a lot about parents and transitions."))
    show_offers = who(_("Who sees what you can help with?"))
    seeks = words(_("What I am looking for"), _("Write no names of pupils."))
    show_seeks = who(_("Who sees what you are looking for?"))
    show_email = who(_("Who sees your e-mail address?"))
    phone = Line(
        label=_("Telephone"),
        max_length=30,
        required=False,
        validators=[RegexValidator(r"^\+?[0-9][0-9 ()\-]{5,}$", _("Write a telephone number in digits."))],
    )
    show_phone = who(_("Who sees your telephone number?"))
    linkedin = forms.URLField(label=_("LinkedIn"), max_length=200, required=False, assume_scheme="https")
    show_linkedin = who(_("Who sees your LinkedIn?"))

    def __init__(self, data: Any = None, files: Any = None, *, profile: Profile) -> None:
        initial = {name: getattr(profile, name) for name in (*TOLD, *SHOWN)}
        initial |= {name: getattr(profile.user, name) for name in ON_THE_ACCOUNT}
        super().__init__(data, files, initial=initial)
        if not profile.photo:
            del self.fields["remove_photo"]

    def clean_photo(self) -> ContentFile[bytes] | None:
        """The portrait drawn anew as a square.

        Raises:
            ValidationError: too large, or no picture that we can read.

        """
        file = self.cleaned_data["photo"]
        if not file:
            return None
        if file.size > MOST_BYTES:
            raise ValidationError(gettext("This picture is too large: at most 8 MB."), code="too_large")
        return clean_image(file, square=SIDE)

    def clean_linkedin(self) -> str:
        """An address of a page at LinkedIn.

        Raises:
            ValidationError: it is an address elsewhere.

        """
        address = str(self.cleaned_data["linkedin"])
        parts = urlsplit(address)
        at_linkedin = parts.netloc.lower() in ("linkedin.com", "www.linkedin.com", "nl.linkedin.com")
        if address and (parts.scheme != "https" or not at_linkedin):
            raise ValidationError(
                gettext("This is not an address at LinkedIn. It begins with https://www.linkedin.com/."),
                code="elsewhere",
            )
        return address

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in the groups in which the page shows them."""
        rows = [
            (_("Who you are"), ["first_name", "last_name", "job_title", "listed"]),
            (_("Portrait"), ["photo", "remove_photo", "show_photo"]),
            (_("Helping each other"), ["offers", "show_offers", "seeks", "show_seeks"]),
            (
                _("How people reach you"),
                ["show_email", "phone", "show_phone", "linkedin", "show_linkedin"],
            ),
        ]
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in rows]
