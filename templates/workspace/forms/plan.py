"""Forms about the plan as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from templates.workspace.enums import LegalStatus
from templates.workspace.legal import LegalPart


class LegalForm(forms.Form):
    """A status and a note for each part that the law asks for."""

    def __init__(self, *args: Any, parts: list[LegalPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in parts:
            self.fields[f"status-{part.key}"] = forms.ChoiceField(
                label=part.text, choices=LegalStatus.choices, initial=part.status, help_text=part.reference
            )
            self.fields[f"note-{part.key}"] = forms.CharField(
                label=_("Where does it stand in the plan, or what is to be done?"),
                required=False,
                max_length=255,
                initial=part.note,
            )

    def answers(self) -> dict[str, tuple[str, str]]:
        """Per part its status and note."""
        keys = [name.removeprefix("status-") for name in self.fields if name.startswith("status-")]
        data = self.cleaned_data
        return {key: (data[f"status-{key}"], data[f"note-{key}"]) for key in keys}


class OpenYearForm(forms.Form):
    """Why a closed school year is opened again."""

    reason = forms.CharField(
        label=_("Reason to open it"),
        max_length=255,
        error_messages={"required": _("Say why, so that others can follow it.")},
    )
