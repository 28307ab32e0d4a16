"""What participants thought of a session. No row of an answer knows whose it is.

When an evaluation opens, a ticket and an empty sheet are made for everybody who may answer. Answering marks
the own ticket and fills any empty sheet, drawn by lot: neither a moment nor an order leads from one to the
other.
"""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sessions.enums import EvaluationKind


class Evaluation(models.Model):
    """The evaluation of one session is open, from here until its last day."""

    page = models.OneToOneField(
        "lnpo_sessions.SessionPage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="evaluation",
        verbose_name=_("session"),
    )
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    closes_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")

    def __str__(self) -> str:
        return str(self.page)


class EvaluationQuestion(models.Model):
    """One question: a mark from 1 to 5, or a text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="questions", verbose_name=_("evaluation")
    )
    position = models.PositiveSmallIntegerField(_("place in the form"), default=1)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=EvaluationKind)
    text = models.CharField(_("question"), max_length=300)

    class Meta:
        ordering = ["position", "text"]
        verbose_name = _("question of an evaluation")
        verbose_name_plural = _("questions of an evaluation")

    def __str__(self) -> str:
        return self.text


class EvaluationTicket(models.Model):
    """Somebody may answer once."""

    registration = models.OneToOneField(
        "lnpo_sessions.Registration",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="evaluation_ticket",
        verbose_name=_("registration"),
    )
    used = models.BooleanField(_("has answered"), default=False, editable=False)

    class Meta:
        verbose_name = _("ticket of an evaluation")
        verbose_name_plural = _("tickets of an evaluation")

    def __str__(self) -> str:
        return str(self.pk)


class EvaluationSheet(models.Model):
    """The answers of somebody, or an empty sheet. It has no moment and no owner, and its key is random."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="sheets", verbose_name=_("evaluation")
    )
    filled = models.BooleanField(_("filled in"), default=False, editable=False)
    answers = models.JSONField(_("answers"), default=dict, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("answers to an evaluation")
        verbose_name_plural = _("answers to evaluations")

    def __str__(self) -> str:
        return str(self.pk)
