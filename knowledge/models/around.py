"""What stands around a published example and is no part of its text: use, care, questions, versions."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User


class UsageState(models.TextChoices):
    """How far an organisation is with what an example describes."""

    PLANNED = "planned", _("We are going to use this")
    IN_USE = "in_use", _("We use this")
    STOPPED = "stopped", _("We stopped with this")


class Usage(models.Model):
    """What one organisation says about using an example; one row for each organisation."""

    page = models.ForeignKey("knowledge.PracticePage", on_delete=models.CASCADE, related_name="usage")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=UsageState)
    experience = models.CharField(_("your experience in one line"), max_length=255, blank=True)
    named = models.BooleanField(_("show the name of our organisation"), default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "organisation"], name="one_usage_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.state}"


class UsageChange(models.Model):
    """One step in the history of a usage; never changed."""

    usage = models.ForeignKey(Usage, on_delete=models.CASCADE, related_name="history")
    state = models.CharField(max_length=10, choices=UsageState)
    experience = models.CharField(max_length=255, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.state


class Stewardship(models.Model):
    """Who keeps an example right, and when they look again. Beside the page: no draft turns it back."""

    page = models.OneToOneField(
        "knowledge.PracticePage",
        on_delete=models.CASCADE,
        related_name="stewardship",
        verbose_name=_("example"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    review_on = models.DateField(_("look at it again on"))

    class Meta:
        ordering = ["review_on", "pk"]
        verbose_name = _("care of an example")
        verbose_name_plural = _("care of examples")

    def __str__(self) -> str:
        return str(self.review_on)

    @property
    def days_late(self) -> int:
        """Days since the day of review; 0 when it has not passed."""
        return max(0, (timezone.localdate() - self.review_on).days)


class Confirmation(models.Model):
    """Somebody looked again and says that the example is still right; no edit of the text."""

    page = models.ForeignKey("knowledge.PracticePage", on_delete=models.CASCADE, related_name="confirmations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=160)
    on = models.DateField()
    next_on = models.DateField()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on}"


class CommentQuerySet(models.QuerySet["Comment"]):
    """Set rules of questions and answers."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Members read what was not taken away; POS reads all; a visitor nothing."""
        from knowledge.permissions import may_review
        from lnpo.organisations.permissions import is_member

        if may_review(user):
            return self
        return self.filter(hidden_at__isnull=True) if is_member(user) else self.none()


class Comment(models.Model):
    """A question to the makers of an example, or the answer to one."""

    page = models.ForeignKey("knowledge.PracticePage", on_delete=models.CASCADE, related_name="comments")
    question = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=160)
    organisation_name = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("text"), max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class PracticeVersion(models.Model):
    """An example as it was published once: its address stays valid. Never changed."""

    page = models.ForeignKey("knowledge.PracticePage", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    published_on = models.DateField(default=timezone.localdate)
    content: Any = models.JSONField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_practice_version_per_number")
        ]

    def __str__(self) -> str:
        return str(self.number)


def a_year_from(day: date) -> date:
    """The same day of the next year; 28 February for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
