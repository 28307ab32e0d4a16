"""Several dates that belong together, the questions at registration, and what is mailed around a date."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.enums import QuestionKind


class SessionSeries(models.Model):
    """A theme with several dates: each date is a session, the questions and limits hold for all of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    lead = models.TextField(_("lead"), max_length=600, blank=True)
    most_dates_per_person = models.PositiveSmallIntegerField(
        _("dates per person"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_(
            "For so many dates of this series one person may register. "
            "1 means: choose one date. Empty means no limit."
        ),
    )

    class Meta:
        ordering = ["title"]
        verbose_name = _("series")
        verbose_name_plural = _("series of sessions")

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """What is asked at registration, of one session or of every date of a series.

    A question with a condition is only asked of who gave that answer to the other question. Answers are
    removed ``keep_days`` days after the session.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "lnpo_sessions.SessionPage",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("session"),
    )
    series = models.ForeignKey(
        SessionSeries,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("series"),
    )
    position = models.PositiveSmallIntegerField(_("place in the form"), default=1)
    text = models.CharField(_("question"), max_length=300)
    help_text = models.CharField(_("explanation"), max_length=300, blank=True)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    depends_on = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="dependents",
        verbose_name=_("only after this question"),
    )
    depends_value = models.CharField(_("and this answer"), max_length=200, blank=True)
    keep_days = models.PositiveSmallIntegerField(
        _("days that answers are kept after the session"),
        default=0,
        validators=[MaxValueValidator(730)],
        help_text=_("0 means: gone the night after the session."),
    )

    class Meta:
        ordering = ["position", "text"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, series__isnull=True)
                | Q(page__isnull=True, series__isnull=False),
                name="question_of_a_session_or_a_series",
            )
        ]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text


class Answer(models.Model):
    """What somebody answered to one question: a text, or a list of texts when several may be chosen."""

    registration = models.ForeignKey(
        "lnpo_sessions.Registration",
        on_delete=models.CASCADE,
        related_name="given_answers",
        verbose_name=_("registration"),
    )
    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="answers", verbose_name=_("question")
    )
    value = models.JSONField(_("answer"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="one_answer_per_question")
        ]
        ordering = ["question__position"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return ", ".join(map(str, self.value)) if isinstance(self.value, list) else str(self.value)


class MailPlan(models.Model):
    """Which mails go out around a date by themselves, each with a text of its own."""

    page = models.OneToOneField(
        "lnpo_sessions.SessionPage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="mail_plan",
        verbose_name=_("session"),
    )
    week_before = models.BooleanField(_("reminder a week before"), default=True)
    week_text = models.TextField(_("text a week before"), max_length=3000, blank=True)
    day_before = models.BooleanField(_("reminder a day before"), default=True)
    day_text = models.TextField(_("text a day before"), max_length=3000, blank=True)
    follow_up = models.BooleanField(_("follow-up after six weeks"), default=True)
    follow_up_text = models.TextField(_("text after six weeks"), max_length=3000, blank=True)

    class Meta:
        verbose_name = _("mails around a session")
        verbose_name_plural = _("mails around sessions")

    def __str__(self) -> str:
        return str(self.page)
