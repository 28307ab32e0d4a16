"""Forms of POS around a date. They fill verbs, and save nothing themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from sessions.enums import QuestionKind, RegistrationState
from sessions.models import MailPlan, Question, SeatPool, SessionPage, SessionSeries
from sessions.planning import PLAN_FIELDS

YES_NO = {"ja": "yes", "yes": "yes", "nee": "no", "no": "no"}


class SeriesForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A series."""

    class Meta:
        model = SessionSeries
        fields = ["title", "slug", "lead", "most_dates_per_person"]


class QuestionForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A question, with its answers one a line."""

    options = forms.CharField(
        label=_("answers to choose from"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line."),
    )

    class Meta:
        model = Question
        fields = [
            "page",
            "series",
            "position",
            "text",
            "help_text",
            "kind",
            "options",
            "required",
            "depends_on",
            "depends_value",
            "keep_days",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = SessionPage.objects.order_by("-starts_at")
        self.fields["depends_on"].queryset = Question.objects.exclude(pk=self.instance.pk)
        if self.instance.options:
            self.initial["options"] = "\n".join(self.instance.options)

    def clean_options(self) -> list[str]:
        """The lines that say something, each once."""
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines()]
        return list(dict.fromkeys(line[:200] for line in lines if line))

    def clean(self) -> dict[str, Any]:
        """A question belongs to one thing, has answers to choose from, and its condition can come true."""
        data: dict[str, Any] = super().clean()
        if bool(data.get("page")) == bool(data.get("series")):
            self.add_error("page", _("Choose a session or a series, not both."))
        if data.get("kind") in (QuestionKind.CHOICE, QuestionKind.SEVERAL):
            if len(data.get("options") or []) < 2 and "options" not in self.errors:
                self.add_error("options", _("Write at least two answers, one a line."))
        elif "options" not in self.errors:
            data["options"] = []
        self._clean_condition(data)
        return data

    def _clean_condition(self, data: dict[str, Any]) -> None:
        parent, value = data.get("depends_on"), (data.get("depends_value") or "").strip()
        if parent is None:
            data["depends_value"] = ""
            return
        if parent.kind == QuestionKind.YES_NO:
            value = YES_NO.get(value.lower(), "")
        elif parent.kind in (QuestionKind.CHOICE, QuestionKind.SEVERAL) and value not in parent.options:
            value = ""
        if not value:
            self.add_error("depends_value", _("Write one of the answers of that question."))
        page, series = data.get("page"), data.get("series")
        reachable = (
            {("page", page.pk), ("series", page.series_id)} if page else {("series", series and series.pk)}
        )
        if not {("page", parent.page_id), ("series", parent.series_id)} & {
            pair for pair in reachable if pair[1] is not None
        }:
            self.add_error("depends_on", _("Choose a question of the same session or series."))
        seen = {self.instance.pk}
        while parent is not None:
            if parent.pk in seen:
                self.add_error("depends_on", _("These questions would wait for each other."))
                break
            seen.add(parent.pk)
            parent = parent.depends_on
        data["depends_value"] = value


class MailPlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """The mails around a date."""

    class Meta:
        model = MailPlan
        fields = PLAN_FIELDS


class CloneForm(forms.Form):
    """Another day."""

    day = forms.DateField(label=_("New date"), widget=AdminDateInput)


class CloneSeriesForm(forms.Form):
    """Another first day, and a name."""

    title = forms.CharField(label=_("title"), max_length=200)
    day = forms.DateField(label=_("New first date"), widget=AdminDateInput)


class MessageForm(forms.Form):
    """What POS writes, and to whom."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("to whom"), choices=RegistrationState.choices)
    subject = forms.CharField(label=_("subject"), max_length=150)
    body = forms.CharField(
        label=_("text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 10}), strip=True
    )

    def __init__(self, *args: Any, page: SessionPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page

    def clean(self) -> dict[str, Any]:
        """The meeting link is only for who is confirmed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        link = self.page.meeting_link
        text = f"{data.get('subject', '')} {data.get('body', '')}"
        if link and link in text and data.get("state") != RegistrationState.CONFIRMED:
            self.add_error("body", _("Take the meeting link out: only people with a seat may have it."))
        return data


class MoveForm(forms.Form):
    """Where somebody gets a seat, and why."""

    pool: "forms.ModelChoiceField[SeatPool]" = forms.ModelChoiceField(
        label=_("To which seats"), queryset=SeatPool.objects.none()
    )
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    beyond_capacity = forms.BooleanField(
        label=_("Also when no seat is free"),
        required=False,
        help_text=_("Then one more person comes than there are seats."),
    )

    def __init__(self, *args: Any, pools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pool"].queryset = pools  # type: ignore[attr-defined]
