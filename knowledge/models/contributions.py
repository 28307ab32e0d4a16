"""Contribution: an example as its makers write it, before and beside the page that everybody reads."""

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.evidence import Evidence
from knowledge.models.practice import Audience, PracticeKind
from lnpo.topics.models import Sector
from templates.library.enums import Level

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User


def private_storage() -> FileSystemStorage:
    """Where files lie that no web server hands out; a view looks who asks."""
    return FileSystemStorage(location=settings.DATA_DIR / "private" / "practice", base_url=None)


class ContributionState(models.TextChoices):
    """Where a contribution is on its way to readers."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Being reviewed")
    CHANGES = "changes", _("Changes asked")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Set rules of contributions."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Makers see their own; POS reviews in the CMS and needs no page of the maker."""
        if not user.is_authenticated:
            return self.none()
        mine = Contribution.co_authors.through.objects.filter(user=user.pk).values("contribution")
        return self.filter(Q(author=user) | Q(pk__in=mine)).exclude(state=ContributionState.WITHDRAWN)

    def in_review(self) -> Self:
        """What waits for POS, oldest first."""
        return self.filter(state=ContributionState.WAITING).order_by("submitted_at", "pk")


class Contribution(models.Model):
    """What one or more members write for the knowledge base; a revision of a live example has its page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=ContributionState, default=ContributionState.DRAFT)
    page = models.ForeignKey(
        "knowledge.PracticePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    co_authors = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
    )
    title = models.CharField(_("title"), max_length=160)
    lead = models.TextField(_("in a few lines"), max_length=400, blank=True)
    context = models.TextField(_("where this was"), max_length=2000, blank=True)
    approach = models.TextField(_("what you did"), max_length=20_000, blank=True)
    result = models.TextField(_("what came of it"), max_length=20_000, blank=True)
    different = models.TextField(_("what you would do differently"), max_length=20_000, blank=True)
    cost = models.CharField(_("what it cost"), max_length=255, blank=True)
    effect = models.CharField(_("what was noticed"), max_length=255, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.REPORTED)
    indicator_uid = models.UUIDField(_("indicator"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=PracticeKind, default=PracticeKind.EXAMPLE)
    audience = models.CharField(
        _("for whom"), max_length=12, choices=Audience, blank=True, default=Audience.ALL
    )
    topic = models.ForeignKey(
        "topics.Topic",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("theme"),
    )
    sector = models.CharField(_("sector"), max_length=5, choices=Sector, default=Sector.BOTH)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.SWV)
    session = models.ForeignKey(
        "lnpo_sessions.SessionPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("came from session"),
    )
    goal_templates = models.ManyToManyField(
        "library.GoalTemplatePage", blank=True, related_name="+", verbose_name=_("goal templates")
    )
    name_authors = models.BooleanField(_("put our names with it"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, editable=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(state__in=["draft", "waiting", "changes"], page__isnull=False),
                name="one_open_contribution_per_page",
            )
        ]
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")

    def __str__(self) -> str:
        return self.title

    @property
    def can_be_edited(self) -> bool:
        """Makers write until they send it in, and again when changes are asked."""
        return self.state in (ContributionState.DRAFT, ContributionState.CHANGES)

    @property
    def tone(self) -> str:
        """The colour of its state in lists."""
        return {"waiting": "petrol", "changes": "sun", "published": "leaf"}.get(self.state, "")


class Remark(models.Model):
    """What an editor asks to change; read by the makers on their own page."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="remarks")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("what should change"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Attachment(models.Model):
    """A file with an example: private until the example with it is published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contribution = models.ForeignKey(
        Contribution, null=True, on_delete=models.CASCADE, related_name="attachments"
    )
    page = models.ForeignKey(
        "knowledge.PracticePage", null=True, on_delete=models.CASCADE, related_name="attachments"
    )
    file = models.FileField(storage=private_storage, max_length=120)
    name = models.CharField(_("name"), max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.name

    def may_be_read_by(self, user: Any) -> bool:
        """Everybody reads the files of a published example; makers and POS those of a contribution."""
        from knowledge.permissions import is_public, may_review

        if self.page is not None and is_public(self.page):
            return True
        return self.contribution is not None and (
            may_review(user) or Contribution.objects.visible_to(user).filter(pk=self.contribution.pk).exists()
        )
