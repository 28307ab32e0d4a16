"""Forms around and after a session. They check what was typed; the verbs decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lnpo.ui.uploads import CheckedUpload, check_upload
from sessions.enums import EvaluationKind
from sessions.evaluation import HIGHEST
from sessions.models import EvaluationQuestion, LearningGroup, Material

MOST_QUESTIONS = 12
LONGEST_QUESTION = 300
LONGEST_ANSWER = 4000


class CodeForm(forms.Form):
    """The code that is shown in the room or online."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six signs, on the screen in the room or online."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ImportForm(forms.Form):
    """The attendance list of a meeting."""

    file = forms.FileField(
        label=_("Attendance list"),
        help_text=_("The CSV or XLSX file that Teams, Zoom or Meet saves after a meeting."),
    )


class MaterialForm(forms.ModelForm):  # type: ignore[type-arg]
    """A file or an address."""

    file = forms.FileField(label=_("File"), required=False)

    class Meta:
        model = Material
        fields = ["title", "file", "url", "members_only"]

    def clean(self) -> dict[str, Any]:
        """Exactly one of both, and the file is what it says it is."""
        data: dict[str, Any] = super().clean() or {}
        file, url = data.get("file"), data.get("url")
        self.upload: CheckedUpload | None = None
        if not self.errors and bool(file) == bool(url):
            raise ValidationError(_("Add a file or an address: one of both."))
        if file and "file" not in self.errors:
            try:
                self.upload = check_upload(file)
            except ValidationError as error:
                self.add_error("file", error)
        data["file"] = None  # the verb keeps the checked file, not the one that was sent
        return data


class HoursForm(forms.Form):
    """For how many hours the certificates are."""

    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=Decimal("0.5"),
        max_value=Decimal("99.5"),
        max_digits=4,
        decimal_places=1,
        localize=True,
        help_text=_("To the half hour; this stands on every certificate."),
    )


class EvaluationOpenForm(forms.Form):
    """What is asked: one question per line."""

    scale = forms.CharField(
        label=_("Questions with a mark from 1 to 5"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        help_text=_("One question per line."),
    )
    open = forms.CharField(
        label=_("Questions with a text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        help_text=_("One question per line."),
    )

    def questions(self) -> dict[EvaluationKind, list[str]]:
        """Per kind the lines."""
        return {
            EvaluationKind.SCALE: self._lines("scale"),
            EvaluationKind.OPEN: self._lines("open"),
        }

    def _lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.cleaned_data.get(name, "").splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        """Not too many, not too long, at least one."""
        data: dict[str, Any] = super().clean() or {}
        lines = self._lines("scale") + self._lines("open")
        if not self.errors and not lines:
            raise ValidationError(_("Ask at least one question."))
        if len(lines) > MOST_QUESTIONS:
            raise ValidationError(_("Ask at most %(number)s questions.") % {"number": MOST_QUESTIONS})
        if any(len(line) > LONGEST_QUESTION for line in lines):
            raise ValidationError(
                _("A question has at most %(number)s characters.") % {"number": LONGEST_QUESTION}
            )
        return data


class EvaluationForm(forms.Form):
    """The questions of one evaluation."""

    def __init__(self, *args: Any, questions: list[EvaluationQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[str(question.pk)] = _field(question)

    def values(self) -> dict[str, int | str]:
        """Per question what was answered; what was left open is left out."""
        return {
            key: int(value) if isinstance(self.fields[key], forms.ChoiceField) else value
            for key, value in self.cleaned_data.items()
            if value not in ("", None)
        }


def _field(question: EvaluationQuestion) -> forms.Field:
    if question.kind == EvaluationKind.OPEN:
        return forms.CharField(
            label=question.text,
            required=False,
            max_length=LONGEST_ANSWER,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    marks = [(str(mark), str(mark)) for mark in range(1, HIGHEST + 1)]
    return forms.ChoiceField(
        label=question.text,
        choices=marks,
        widget=forms.RadioSelect,
        help_text=_("1 is not at all, 5 is very much."),
    )


class NotesForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a group agreed."""

    class Meta:
        model = LearningGroup
        fields = ["notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 6})}
