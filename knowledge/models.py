"""PracticePage: what worked somewhere, told so that others can use it."""

from typing import Any, ClassVar, Self

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from knowledge.blocks import PassageBlock
from lnpo.topics.models import Sector, Topic
from lnpo.ui.pages import PublicPageMixin, only_public
from templates.library.enums import Level

PAGE_SIZE = 12
WORDS_PER_MINUTE = 200


class Evidence(models.TextChoices):
    """How strong the evidence for the noticed effect is."""

    REPORTED = "reported", _("Told by those who did it")
    MEASURED = "measured", _("Measured")
    COMPARED = "compared", _("Compared with others or with before")
    RESEARCHED = "researched", _("Researched")


class PracticeQuerySet(PageQuerySet):
    """Set rules of practice examples."""

    def published(self) -> Self:
        """What everybody may read, with what a list shows, newest first."""
        published: Self = only_public(self).select_related("topic", "organisation")
        return published.order_by("-first_published_at", "-pk")

    def fitting(self, theme: str, sector: str, level: str) -> Self:
        """Examples of one theme (key), sector and level; an empty or unknown choice narrows nothing."""
        chosen = self
        if Topic.objects.knows(theme):
            chosen = chosen.filter(topic__key=theme)
        if sector in (Sector.PRIMARY, Sector.SECONDARY):
            chosen = chosen.filter(sector__in=[sector, Sector.BOTH])
        if level in Level.values:
            chosen = chosen.filter(level=level)
        return chosen


class PracticeIndexPage(PublicPageMixin, Page):
    """The knowledge base: all practice examples."""

    intro = models.TextField(_("introduction"), blank=True)

    template = "knowledge/practice_index_page.html"
    max_count = 1
    subpage_types: ClassVar[list[str]] = ["knowledge.PracticePage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("knowledge base")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the examples that fit the chosen theme, sector and level."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        chosen = {name: request.GET.get(name, "") for name in ("thema", "sector", "niveau")}
        shown = PracticePage.objects.child_of(self).published().fitting(*chosen.values())
        context["page_obj"] = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
        context["chosen"] = chosen
        context["topics"] = (
            Topic.objects.filter(practice__live=True)
            .annotate(number=Count("practice"))
            .order_by("sort_order")
        )
        context["sectors"] = [(Sector.PRIMARY, _("po")), (Sector.SECONDARY, _("vo"))]
        context["levels"] = Level.choices
        return context


class PracticePage(PublicPageMixin, Page):
    """One practice example: context, approach, result, cost, and what one would do differently."""

    topic = models.ForeignKey(
        Topic, null=True, on_delete=models.PROTECT, related_name="practice", verbose_name=_("theme")
    )
    sector = models.CharField(_("sector"), max_length=5, choices=Sector, default=Sector.BOTH)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.SWV)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="practice",
        verbose_name=_("organisation"),
    )
    author_line = models.CharField(_("by"), max_length=160, blank=True)
    lead = models.TextField(_("introduction"), max_length=400)
    context = models.TextField(_("where this was"), blank=True)
    body = StreamField([("passage", PassageBlock())], blank=True, verbose_name=_("story"))
    cost = models.CharField(_("what it cost"), max_length=255, blank=True)
    effect = models.CharField(_("what was noticed"), max_length=255, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.REPORTED)
    tips = StreamField(
        [("tip", blocks.TextBlock(label=_("Tip"), rows=2))], blank=True, verbose_name=_("tips")
    )
    reader_question = models.CharField(_("question to the reader"), max_length=255, blank=True)
    goal_templates = ParentalManyToManyField(
        "library.GoalTemplatePage", blank=True, related_name="practice", verbose_name=_("goal templates")
    )
    session = models.ForeignKey(
        "lnpo_sessions.SessionPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practice",
        verbose_name=_("came from session"),
    )
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)

    objects = PageManager.from_queryset(PracticeQuerySet)()

    template = "knowledge/practice_page.html"
    parent_page_types: ClassVar[list[str]] = ["knowledge.PracticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("topic"), FieldPanel("sector"), FieldPanel("level")], heading=_("Place")),
        MultiFieldPanel([FieldPanel("organisation"), FieldPanel("author_line")], heading=_("Whose practice")),
        FieldPanel("context"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("cost"), FieldPanel("effect"), FieldPanel("evidence")], heading=_("In short")
        ),
        FieldPanel("tips"),
        FieldPanel("reader_question"),
        FieldPanel("goal_templates"),
        FieldPanel("session"),
        FieldPanel("review_on"),
    ]

    class Meta:
        verbose_name = _("practice example")
        verbose_name_plural = _("practice examples")

    @property
    def reading_minutes(self) -> int:
        """Minutes that reading takes, at least one."""
        words = sum(len(block.value["text"].split()) for block in self.body) + len(self.lead.split())
        return max(1, round(words / WORDS_PER_MINUTE))

    @property
    def by(self) -> str:
        """Whose practice this is, as one line."""
        return self.author_line or (self.organisation.name if self.organisation else "")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Related goal templates and other practice of the same theme."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # A preview holds its relations in memory; a published page has them in the database.
        context["related_templates"] = [page for page in self.goal_templates.all() if page.live][:4]
        context["more"] = PracticePage.objects.published().filter(topic=self.topic).exclude(pk=self.pk)[:3]
        return context
