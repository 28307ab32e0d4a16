"""Forms of POS staff. They fill verbs, and save nothing themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from sessions.models import Admission, Registration, SeatPool


class SeatsForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Capacity and the limit per organisation."""

    class Meta:
        model = SeatPool
        fields = ["capacity", "seats_per_organisation", "limited_until"]
        widgets = {"limited_until": AdminDateInput}

    def clean(self) -> dict[str, Any]:
        """A day without a limit means nothing."""
        data: dict[str, Any] = super().clean()
        if data.get("limited_until") and not data.get("seats_per_organisation"):
            self.add_error(
                "seats_per_organisation", _("Say how many seats an organisation has until that day.")
            )
        return data


class PeriodForm(WagtailAdminModelForm):  # type: ignore[misc]
    """When people may register and cancel."""

    CHOICES = ("offers_seats", "offer_hours", "may_switch", "open_to_guests")

    class Meta:
        model = Admission
        fields = [
            "opens_at",
            "closes_at",
            "cancel_until",
            "offers_seats",
            "offer_hours",
            "may_switch",
            "open_to_guests",
        ]
        widgets = {
            "opens_at": AdminDateTimeInput,
            "closes_at": AdminDateTimeInput,
            "cancel_until": AdminDateInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offer_hours"].required = False

    def clean_offer_hours(self) -> int:
        """As many as before when nothing is written."""
        hours: int | None = self.cleaned_data["offer_hours"]
        return self.initial["offer_hours"] if hours is None else hours

    def clean(self) -> dict[str, Any]:
        """Registration closes after it opens."""
        data: dict[str, Any] = super().clean()
        opens_at, closes_at = data.get("opens_at"), data.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("Registration closes after it opens."))
        return data


class CallOffForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Why a session does not go on."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Everybody who is registered or waits gets this text by mail at once. This cannot be undone."
        ),
    )

    class Meta:
        model = Admission
        fields: list[str] = []


class StaffCancelForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Why staff cancels a registration."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Kept in the audit trail. The participant gets a mail that the registration is cancelled."
        ),
    )

    class Meta:
        model = Registration
        fields: list[str] = []
