"""Forms with which POS gives people access."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from lnpo.organisations.models import Membership, Organisation, OrganisationCode, OrganisationLink


class MembershipForm(WagtailAdminModelForm):
    """What somebody does and may do, and until when."""

    class Meta:
        model = Membership
        fields = ["job_role", "access_role", "ends_on"]


class NewMemberForm(WagtailAdminModelForm):
    """A person, found or made by e-mail address, and the organisation they work for."""

    email = forms.EmailField(label=_("E-mail address"))
    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)

    class Meta:
        model = Membership
        fields = ["organisation", "job_role", "access_role", "ends_on"]

    field_order = ["email", "first_name", "last_name", "organisation", "job_role", "access_role", "ends_on"]


class OrganisationForm(WagtailAdminModelForm):
    """An organisation, the codes by which registers know it, and what it is part of."""

    codes = forms.CharField(
        label=_("Codes"),
        required=False,
        help_text=_("SWV code, board number or school location code; several with a comma between them."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    part_of = forms.ModelMultipleChoiceField(
        label=_("Part of"),
        queryset=Organisation.objects.exclude(kind="school"),
        required=False,
        help_text=_(
            "For a board its SWV's; for a school its board and SWV. Taking one away ends the link today."
        ),
    )

    class Meta:
        model = Organisation
        fields = ["kind", "name", "sector", "region", "place", "website", "pupils"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance._state.adding:
            self.initial["codes"] = ", ".join(code.value for code in self.instance.codes.all())
            links = OrganisationLink.objects.current().filter(child=self.instance)
            self.initial["part_of"] = [link.parent_id for link in links]

    def clean_codes(self) -> list[str]:
        """Codes without spaces and hyphens, in capitals; refused when another organisation has one."""
        codes = [
            "".join(part.split()).replace("-", "").upper()
            for part in self.cleaned_data["codes"].split(",")
            if part.strip()
        ]
        taken = OrganisationCode.objects.filter(value__in=codes).exclude(organisation_id=self.instance.pk)
        if taken.exists():
            raise forms.ValidationError(
                _("%(code)s already belongs to another organisation.") % {"code": taken[0].value}
            )
        return codes
