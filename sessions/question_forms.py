"""The questions of a session as fields of a form, for members and for guests."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions.enums import QuestionKind
from sessions.models import Question, SessionPage
from sessions.questions import Reply, asked_questions, questions_of

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def field_name(question: Question) -> str:
    """The name of the field of a question."""
    return f"question_{question.pk.hex}"


def condition_in_words(question: Question) -> str:
    """When a question is meant for somebody, in a sentence; empty when it always is."""
    parent = question.depends_on
    if parent is None:
        return ""
    value = question.depends_value
    if parent.kind == QuestionKind.YES_NO:
        value = str(dict(YES_NO).get(value, value))
    return gettext("Only if you answered “%(answer)s” to “%(question)s”.") % {
        "answer": value,
        "question": parent.text,
    }


def field_for(question: Question) -> forms.Field:
    """The field that asks a question; whether it must be answered is decided with the other answers."""
    help_text = " ".join(part for part in (condition_in_words(question), question.help_text) if part)
    label = question.text
    if not question.required:
        label = gettext("%(question)s (optional)") % {"question": question.text}
    options = [(option, option) for option in question.options]
    common: dict[str, Any] = {"label": label, "help_text": help_text, "required": False}
    match question.kind:
        case QuestionKind.CHOICE:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
        case QuestionKind.SEVERAL:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        case QuestionKind.YES_NO:
            return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **common)
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), **common)


class QuestionFields(forms.BaseForm):
    """For a form at registration: call :meth:`ask` in ``__init__`` and :meth:`check_replies` in ``clean``."""

    questions: list[Question]

    def ask(self, page: SessionPage, given: Mapping[str, Reply] | None = None) -> None:
        """Add a field for every question, with what was answered before."""
        self.questions = list(questions_of(page))
        for question in self.questions:
            field = field_for(question)
            field.initial = (given or {}).get(str(question.pk))
            self.fields[field_name(question)] = field

    def replies(self) -> dict[str, Reply]:
        """What was answered, by the key of the question."""
        data = self.cleaned_data
        return {str(q.pk): data[field_name(q)] for q in self.questions if data.get(field_name(q))}

    def check_replies(self) -> None:
        """A required question must be answered, when its condition holds."""
        for question in asked_questions(self.questions, self.replies()):
            name = field_name(question)
            if question.required and name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, gettext("Please answer this question."))
