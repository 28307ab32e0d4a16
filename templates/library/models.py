"""GoalTemplatePage, written in Wagtail, and GoalTemplateVersion, which people adopt."""

import uuid
from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from lnpo.organisations.models import Organisation
from lnpo.topics.models import Sector, Topic
from lnpo.ui.pages import PublicPageMixin, only_public
from templates.library.adoptions import adopted_by
from templates.library.blocks import ActivityBlock, IndicatorBlock, QuestionBlock, ResourceBlock
from templates.library.enums import IndicatorKind, Phase, ProposalState

PAGE_SIZE = 24


class LibraryIndexPage(PublicPageMixin, Page):
    """The library: all goal templates, by theme and sector."""

    intro = models.TextField(_("introduction"), blank=True)

    template = "library/library_index_page.html"
    max_count = 1
    subpage_types: ClassVar[list[str]] = ["library.GoalTemplatePage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("library of goal templates")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The templates that fit the chosen theme and sector, with how many adopted each."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        theme, sector = request.GET.get("thema", ""), request.GET.get("sector", "")
        shown = only_public(GoalTemplatePage.objects.child_of(self)).fitting(theme, sector)
        page = Paginator(shown.select_related("topic").order_by("topic__sort_order", "code"), PAGE_SIZE)
        context["page_obj"] = page.get_page(request.GET.get("page"))
        context["counts"] = adopted_by([template.template_uid for template in context["page_obj"]])
        context["topics"] = (
            Topic.objects.filter(goal_templates__live=True)
            .annotate(number=Count("goal_templates"))
            .distinct()
        )
        context["theme"], context["sector"] = theme, sector
        context["sectors"] = [(Sector.PRIMARY, _("po")), (Sector.SECONDARY, _("vo"))]
        return context


class GoalTemplateQuerySet(PageQuerySet):
    """Set rules of goal templates."""

    def fitting(self, theme: str, sector: str) -> Self:
        """Templates of one theme (key) and for one sector; an empty or unknown choice narrows nothing."""
        chosen = self
        # PostgreSQL cannot hold the character NUL, so it is kept from asking for it.
        if Topic.objects.knows(theme):
            chosen = chosen.filter(topic__key=theme)
        if sector in (Sector.PRIMARY, Sector.SECONDARY):
            chosen = chosen.filter(sector__in=[sector, Sector.BOTH])
        return chosen


class GoalTemplatePage(PublicPageMixin, Page):
    """A goal that others may take over: tree of indicators, activities, resources and questions."""

    template_uid = models.UUIDField(_("stable id"), default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=12, blank=True)
    topic = models.ForeignKey(
        Topic, null=True, on_delete=models.PROTECT, related_name="goal_templates", verbose_name=_("theme")
    )
    sector = models.CharField(_("sector"), max_length=5, choices=Sector, default=Sector.BOTH)
    rationale = models.TextField(_("why"), blank=True)
    strategic_objective = models.TextField(_("strategic objective"), blank=True)
    legal_reference = models.CharField(
        _("reference to the law"),
        max_length=255,
        blank=True,
        help_text=_("Check the current text of the law."),
    )
    indicators = StreamField([("indicator", IndicatorBlock())], blank=True, verbose_name=_("indicators"))
    activities = StreamField([("activity", ActivityBlock())], blank=True, verbose_name=_("activities"))
    resources = StreamField([("resource", ResourceBlock())], blank=True, verbose_name=_("resources"))
    questions = StreamField(
        [("question", QuestionBlock())], blank=True, verbose_name=_("questions for the conversation")
    )
    change_note = models.CharField(
        _("what is new"), max_length=255, blank=True, help_text=_("Readers see this beside the next version.")
    )

    credit = models.CharField(
        _("with thanks to"),
        max_length=255,
        blank=True,
        help_text=_("Who proposed this, as they want to be named."),
    )

    objects = PageManager.from_queryset(GoalTemplateQuerySet)()

    template = "library/goal_template_page.html"
    exclude_fields_in_copy: ClassVar[list[str]] = ["template_uid", "code"]
    parent_page_types: ClassVar[list[str]] = ["library.LibraryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("code"), FieldPanel("topic"), FieldPanel("sector")], heading=_("Place")),
        FieldPanel("rationale"),
        FieldPanel("strategic_objective"),
        FieldPanel("legal_reference"),
        FieldPanel("indicators"),
        FieldPanel("activities"),
        FieldPanel("resources"),
        FieldPanel("questions"),
        FieldPanel("change_note"),
        FieldPanel("credit"),
    ]

    class Meta:
        verbose_name = _("goal template")
        verbose_name_plural = _("goal templates")

    def clean(self) -> None:
        """A code belongs to one template."""
        super().clean()
        if self.code and GoalTemplatePage.objects.filter(code=self.code).exclude(pk=self.pk).exists():
            raise ValidationError({"code": _("Another goal template already has this code.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the page shows beside its own fields."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        versions = list(self.versions.order_by("-number"))
        context["versions"] = versions
        context["newest"] = versions[0] if versions else None
        context["adopted"] = adopted_by([self.template_uid]).get(self.template_uid, 0)
        context["phases"] = [
            (phase.label, [block.value["text"] for block in self.questions if block.value["phase"] == phase])
            for phase in Phase
        ]
        return context

    def kinds_count(self) -> dict[str, int]:
        """How many indicators are measurable and how many noticeable."""
        # The stored values: a list of cards needs no full blocks, which cost a millisecond each.
        kinds = [block["value"]["kind"] for block in self.indicators.raw_data]
        return {
            "measurable": kinds.count(IndicatorKind.MEASURABLE),
            "noticeable": kinds.count(IndicatorKind.NOTICEABLE),
        }


class ImmutableVersionError(TypeError):
    """Raised when somebody tries to change or remove a published version."""


class VersionQuerySet(models.QuerySet["GoalTemplateVersion"]):
    """Versions are read and added, never changed."""

    def update(self, **kwargs: Any) -> int:
        """Never, except that a page that is removed lets its versions go on without it."""
        if set(kwargs) == {"page"} and kwargs["page"] is None:
            return super().update(**kwargs)
        raise ImmutableVersionError("A published version never changes.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise ImmutableVersionError("A published version never changes.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> list["GoalTemplateVersion"]:
        """Add; an insert that would overwrite what stands is refused."""
        if kwargs.get("update_conflicts"):
            raise ImmutableVersionError("A published version never changes.")
        return super().bulk_create(*args, **kwargs)

    def delete(self) -> NoReturn:
        """Never: people have adopted it."""
        raise ImmutableVersionError("A published version stays.")


class GoalTemplateVersion(models.Model):
    """What was published, word for word: numbered per template, immutable, adopted by workspaces."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        GoalTemplatePage, null=True, on_delete=models.SET_NULL, related_name="versions", editable=False
    )
    template_uid = models.UUIDField(_("stable id"), db_index=True, editable=False)
    number = models.PositiveIntegerField(_("version"), editable=False)
    code = models.CharField(_("code"), max_length=12, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=255, editable=False)
    sector = models.CharField(_("sector"), max_length=5, choices=Sector, editable=False)
    content = models.JSONField(_("content"), editable=False)
    change_note = models.CharField(_("what is new"), max_length=255, blank=True, editable=False)
    credit = models.CharField(_("with thanks to"), max_length=255, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template_uid", "number"], name="one_version_per_number")
        ]
        ordering = ["template_uid", "number"]
        verbose_name = _("version of a goal template")
        verbose_name_plural = _("versions of goal templates")

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save raises :class:`ImmutableVersionError`."""
        if not self._state.adding:
            raise ImmutableVersionError("A published version never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise ImmutableVersionError("A published version stays.")


class ProposalQuerySet(models.QuerySet["TemplateProposal"]):
    """Set rules of proposals."""

    def visible_to(self, user: Any) -> Self:
        """One's own proposals; POS sees all that were not withdrawn."""
        if not user.is_authenticated:
            return self.none()
        if user.is_pos:
            return self.filter(Q(proposer=user) | ~Q(state=ProposalState.WITHDRAWN))
        return self.filter(proposer=user)

    def waiting(self) -> Self:
        """What POS should look at, the oldest first."""
        return self.filter(state=ProposalState.WAITING).order_by("sent_at")


class TemplateProposal(models.Model):
    """A goal template, or a better version of one, that a member offers to the library.

    ``template_uid`` and ``base_version`` say what it improves; both are empty for a template that is new.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("organisation")
    )
    template_uid = models.UUIDField(_("stable id"), null=True, blank=True, db_index=True)
    base_version = models.PositiveIntegerField(_("version"), null=True, blank=True)
    sector = models.CharField(_("sector"), max_length=5, choices=Sector, default=Sector.BOTH)
    content = models.JSONField(_("content"))
    explanation = models.CharField(_("what is new"), max_length=255)
    credit = models.CharField(_("with thanks to"), max_length=255, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    remarks = models.TextField(_("remarks"), blank=True)
    times_sent = models.PositiveSmallIntegerField(default=1, editable=False)
    sent_at = models.DateTimeField(_("sent on"))
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.ForeignKey(
        GoalTemplateVersion, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("version")
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = _("proposal for the library")
        verbose_name_plural = _("proposals for the library")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The goal that is proposed."""
        return str(self.content["goal"]["title"])
