"""Questions at registration: which are asked, what counts as an answer, and when answers are gone."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from sessions.enums import QuestionKind
from sessions.models import Answer, Question, Registration

if TYPE_CHECKING:
    from sessions.models import SessionPage

Reply = str | list[str]


def questions_of(page: "SessionPage") -> "QuerySet[Question]":
    """The questions of a session: those of its series and its own, in the order of the form."""
    theirs = Q(page=page)
    if page.series_id:
        theirs |= Q(series=page.series_id)
    return Question.objects.filter(theirs).select_related("depends_on").order_by("position", "text", "pk")


def is_asked(question: Question, replies: Mapping[str, Reply], asked: Iterable[str]) -> bool:
    """Whether the condition of a question holds: the other one was asked and got that answer."""
    if question.depends_on_id is None:
        return True
    parent = str(question.depends_on_id)
    if parent not in asked:
        return False
    given = replies.get(parent, "")
    return question.depends_value in (given if isinstance(given, list) else [given])


def asked_questions(questions: Iterable[Question], replies: Mapping[str, Reply]) -> list[Question]:
    """The questions that must be answered given ``replies``; a condition may hang on another condition."""
    left, asked = list(questions), dict[str, Question]()
    while found := [question for question in left if is_asked(question, replies, asked)]:
        asked |= {str(question.pk): question for question in found}
        left = [question for question in left if question not in found]
    return list(asked.values())


def is_valid_reply(question: Question, reply: Reply) -> bool:
    """Whether ``reply`` is one that the form offers."""
    if question.kind == QuestionKind.SEVERAL:
        return isinstance(reply, list) and all(item in question.options for item in reply)
    if not isinstance(reply, str):
        return False
    if question.kind == QuestionKind.CHOICE:
        return reply in question.options
    if question.kind == QuestionKind.YES_NO:
        return reply in ("yes", "no")
    return len(reply) <= 2000


def keep_replies(registration: Registration, replies: Mapping[str, Reply]) -> None:
    """Replace the answers of a registration; what was not asked or is empty is not kept.

    Runs in the transaction of the verb that registers or changes.
    """
    questions = list(questions_of(registration.page))
    if not questions:
        return
    Answer.objects.filter(registration=registration).delete()
    kept = [
        Answer(registration=registration, question=question, value=reply)
        for question in asked_questions(questions, replies)
        if (reply := replies.get(str(question.pk))) and is_valid_reply(question, reply)
    ]
    Answer.objects.bulk_create(kept)


def replies_of(registration: Registration) -> dict[str, Reply]:
    """What somebody answered, by the key of the question."""
    rows = Answer.objects.filter(registration=registration)
    return {str(row.question_id): row.value for row in rows}


def purge_answers() -> int:
    """Remove the answers whose time is over; say how many. Diet wishes are gone the night after."""
    now, gone = timezone.now(), 0
    for days in Question.objects.values_list("keep_days", flat=True).distinct().order_by():
        late = Answer.objects.filter(
            question__keep_days=days, registration__page__ends_at__lt=now - timedelta(days=days)
        )
        gone += late.delete()[0]
    return gone
