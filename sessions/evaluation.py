"""Verbs on evaluations: open one, answer it once, read it from five answers on."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from sessions.after_mails import AfterMail, queue_after_mail
from sessions.enums import EvaluationKind, RegistrationState
from sessions.models import (
    Evaluation,
    EvaluationQuestion,
    EvaluationSheet,
    EvaluationTicket,
    Registration,
    SessionPage,
)
from sessions.permissions import may_run_sessions

FEWEST = 5
"""With fewer answers nothing is shown, nor exported, nor how many there are."""
OPEN_FOR = timedelta(weeks=6)
HIGHEST = 5


class EvaluationRefusedError(Exception):
    """Answering or opening is not possible; ``str()`` is the reason."""


def usual_questions() -> dict[EvaluationKind, list[str]]:
    """What is asked when nobody thinks of something else."""
    return {
        EvaluationKind.SCALE: [
            _("How useful was this session for your work?"),
            _("How much did you learn from the other participants?"),
            _("Would you recommend this session to a colleague?"),
        ],
        EvaluationKind.OPEN: [
            _("What are you going to do differently?"),
            _("What should we do better next time?"),
            _("What is your question for next time?"),
        ],
    }


def open_evaluation(
    staff: User, page: SessionPage, questions: Mapping[EvaluationKind, Sequence[str]]
) -> Evaluation:
    """Open the evaluation of a session that has been, and mail everybody who may answer.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.
        EvaluationRefusedError: the session has not ended, it is open already, or nothing is asked.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    if not page.is_past:
        raise EvaluationRefusedError(_("The evaluation opens after the session."))
    asked = [(kind, text) for kind, texts in questions.items() for text in texts]
    if not asked:
        raise EvaluationRefusedError(_("Ask at least one question."))
    with transaction.atomic():
        evaluation, new = Evaluation.objects.get_or_create(
            page=page, defaults={"closes_on": timezone.localdate() + OPEN_FOR}
        )
        if not new:
            raise EvaluationRefusedError(_("The evaluation is open already."))
        EvaluationQuestion.objects.bulk_create(
            EvaluationQuestion(evaluation=evaluation, position=number, kind=kind, text=text)
            for number, (kind, text) in enumerate(asked, start=1)
        )
        people = list(may_answer(page).select_related("user"))
        EvaluationTicket.objects.bulk_create(EvaluationTicket(registration=person) for person in people)
        EvaluationSheet.objects.bulk_create(EvaluationSheet(evaluation=evaluation) for _person in people)
        for person in people:
            queue_after_mail(person, AfterMail.EVALUATION)
        record(staff, "evaluation.opened", page)
    return evaluation


def may_answer(page: SessionPage) -> Any:
    """Who was there; everybody with a seat when nobody noted attendance."""
    seated = Registration.objects.confirmed().filter(page=page)
    present = seated.filter(attendance__isnull=False)
    return present if present.exists() else seated


def answer(user: User, registration: Registration, values: Mapping[str, int | str]) -> None:
    """Answer once. What is answered is kept apart from who answered.

    Args:
        user: who answers.
        registration: the own one.
        values: per key of a question a mark from 1 to 5 or a text; checked by the form.

    Raises:
        PermissionDenied: it is somebody else's registration.
        EvaluationRefusedError: closed, answered already, or not for who was not there.

    """
    if registration.user_id != user.pk:
        raise PermissionDenied
    evaluation = Evaluation.objects.filter(page=registration.page_id).first()
    if evaluation is None or evaluation.closes_on < timezone.localdate():
        raise EvaluationRefusedError(_("The evaluation of this session is closed."))
    with transaction.atomic():
        _use_ticket(evaluation, registration)
        _fill_a_sheet(evaluation, dict(values))
        # Nobody's name and nobody's answer: only that the session got one more.
        record(None, "evaluation.answered", registration.page)


def _use_ticket(evaluation: Evaluation, registration: Registration) -> None:
    if registration.state != RegistrationState.CONFIRMED:
        raise EvaluationRefusedError(_("The evaluation is for people who were there."))
    late = not EvaluationTicket.objects.filter(registration=registration).exists()
    if late:
        if not may_answer(registration.page).filter(pk=registration.pk).exists():
            raise EvaluationRefusedError(_("The evaluation is for people who were there."))
        EvaluationTicket.objects.get_or_create(registration=registration)
        EvaluationSheet.objects.create(evaluation=evaluation)
    if not EvaluationTicket.objects.filter(registration=registration, used=False).update(used=True):
        raise EvaluationRefusedError(_("You have answered already. Thank you."))


def _fill_a_sheet(evaluation: Evaluation, values: dict[str, int | str]) -> None:
    """Write on an empty sheet drawn by lot; another one when somebody was first."""
    empty = list(evaluation.sheets.filter(filled=False).values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(empty)
    for pk in empty:
        if EvaluationSheet.objects.filter(pk=pk, filled=False).update(filled=True, answers=values):
            return
    EvaluationSheet.objects.create(evaluation=evaluation, filled=True, answers=values)


@dataclass(frozen=True)
class Result:
    """The outcome of one question: the average and how often each mark, or the texts in random order."""

    question: EvaluationQuestion
    average: Decimal | None
    marks: list[tuple[int, int]]
    texts: list[str]


@dataclass(frozen=True)
class Results:
    """All outcomes of one evaluation."""

    answers: int
    per_question: list[Result]


def results(staff: User, page: SessionPage) -> Results | None:
    """What was answered; ``None`` while there are fewer than five answers.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    sheets = list(
        EvaluationSheet.objects.filter(evaluation=page.pk, filled=True).values_list("answers", flat=True)
    )
    if len(sheets) < FEWEST:
        return None
    questions = EvaluationQuestion.objects.filter(evaluation=page.pk)
    return Results(len(sheets), [_result(question, sheets) for question in questions])


def _result(question: EvaluationQuestion, sheets: list[dict[str, Any]]) -> Result:
    given = [sheet[str(question.pk)] for sheet in sheets if sheet.get(str(question.pk)) not in (None, "")]
    if question.kind == EvaluationKind.OPEN:
        # Sorted, so that the texts of one sheet do not stand at the same place under every question.
        return Result(question, None, [], sorted(map(str, given)))
    marks = [(mark, given.count(mark)) for mark in range(1, HIGHEST + 1)]
    average = (Decimal(sum(given)) / len(given)).quantize(Decimal("0.1")) if given else None
    return Result(question, average, marks, [])
