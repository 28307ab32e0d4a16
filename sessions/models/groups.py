"""Groups of three (drietallen): people who learn together from a session until the follow-up."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

GROUP_WEEKS = 6
"""So long after the session a group keeps its page: until the follow-up on the learning question."""


class LearningGroup(models.Model):
    """One group of a session. Its members see it once the host has published the groups."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "lnpo_sessions.SessionPage",
        on_delete=models.CASCADE,
        related_name="learning_groups",
        verbose_name=_("session"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    notes = models.TextField(
        _("what we agreed"),
        max_length=4000,
        blank=True,
        help_text=_("Everybody in the group reads and changes this. Please do not name pupils."),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="one_group_per_number")]
        verbose_name = _("group of three")
        verbose_name_plural = _("groups of three")

    def __str__(self) -> str:
        return f"{self.page} ({self.number})"

    @property
    def is_open(self) -> bool:
        """Whether its members still see it."""
        return self.published_at is not None and timezone.now() < self.page.ends_at + timedelta(
            weeks=GROUP_WEEKS
        )


class GroupSeat(models.Model):
    """Somebody is in a group; in at most one per session."""

    registration = models.OneToOneField(
        "lnpo_sessions.Registration",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="group_seat",
        verbose_name=_("registration"),
    )
    group = models.ForeignKey(
        LearningGroup, on_delete=models.CASCADE, related_name="seats", verbose_name=_("group of three")
    )

    class Meta:
        verbose_name = _("place in a group")
        verbose_name_plural = _("places in groups")

    def __str__(self) -> str:
        return str(self.registration)
