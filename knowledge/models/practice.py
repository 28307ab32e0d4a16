"""PracticePage: what worked somewhere, told so that others can use it."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
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
from knowledge.evidence import EVIDENCE_RULES, MEASURED_RULE, Evidence, has_two_periods
from knowledge.texts import MEMBER_FEATURES, MemberHTMLField, is_uuid
from lnpo.topics.models import InspectionArea, Sector, Topic
from lnpo.ui.pages import PublicPageMixin, only_public
from templates.library.enums import Level

FILTERS = {
    "soort": "kind",
    "thema": "theme",
    "gebied": "area",
    "sector": "sector",
    "niveau": "level",
    "rol": "audience",
    "bewijs": "evidence",
    "organisatie": "organisation",
    "jaar": "year",
}
"""Keys of the address of the list, with what they narrow."""
PAGE_SIZE = 12
WORDS_PER_MINUTE = 200


class PracticeKind(models.TextChoices):
    """What sort of example it is."""

    EXAMPLE = "voorbeeld", _("Practice example")
    TOOL = "instrument", _("Instrument")
    REPORT = "verslag", _("Session report")


class Audience(models.TextChoices):
    """For whom it is in the first place."""

    ALL = "", _("Everybody")
    DIRECTOR = "directeur", _("Directors")
    BOARD = "bestuurder", _("Board executives")
    QUALITY = "kwaliteit", _("Quality officers")
    SCHOOL = "school", _("People in schools")


class PracticeQuerySet(PageQuerySet):
    """Set rules of practice examples."""

    def published(self) -> Self:
        """What everybody may read, with what a list shows, newest first."""
        published: Self = only_public(self).select_related("topic", "organisation")
        return published.order_by("-first_published_at", "-pk")

    def fitting(self, theme: str = "", sector: str = "", level: str = "", **others: str) -> Self:
        """Examples of one theme (key), sector, level…; an empty or unknown choice narrows nothing."""
        chosen = self.narrowed(**others)
        if Topic.objects.knows(theme):
            chosen = chosen.filter(topic__key=theme)
        if sector in (Sector.PRIMARY, Sector.SECONDARY):
            chosen = chosen.filter(sector__in=[sector, Sector.BOTH])
        if level in Level.values:
            chosen = chosen.filter(level=level)
        return chosen

    def narrowed(
        self,
        area: str = "",
        kind: str = "",
        audience: str = "",
        evidence: str = "",
        organisation: str = "",
        year: str = "",
    ) -> Self:
        """The other filters: inspection area, kind, audience, evidence, organisation (id) and year."""
        chosen = self
        if area in InspectionArea.values:
            chosen = chosen.filter(topic__area=area)
        if kind in PracticeKind.values:
            chosen = chosen.filter(kind=kind)
        if audience and audience in Audience.values:
            chosen = chosen.filter(audience__in=[audience, Audience.ALL])
        if evidence in Evidence.values:
            chosen = chosen.filter(evidence=evidence)
        if is_uuid(organisation):
            chosen = chosen.filter(organisation=organisation)
        if year.isascii() and year.isdigit() and len(year) == 4 and year > "1900":
            chosen = chosen.filter(first_published_at__year=int(year))
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
        chosen = {name: request.GET.get(name, "") for name in FILTERS}
        public = PracticePage.objects.child_of(self).published()
        shown = public.fitting(**{FILTERS[name]: value for name, value in chosen.items()})
        context["page_obj"] = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
        context["filters"] = self._filters(public, chosen)
        context["narrowed"] = [name for name, value in chosen.items() if value]
        return context

    @staticmethod
    def _filters(public: Any, chosen: dict[str, str]) -> list[dict[str, Any]]:
        """What can be chosen, with how many public examples there are of each."""
        plain = public.order_by()
        counted = Count("pk")
        topics = plain.values_list("topic__key", "topic__title").annotate(n=counted)
        makers = plain.exclude(organisation=None).values_list("organisation__pk", "organisation__name")
        years = plain.dates("first_published_at", "year", order="DESC")
        options = {
            "soort": (_("Kind"), _("All kinds"), PracticeKind.choices),
            "thema": (
                _("Theme"),
                _("All themes"),
                [(key, f"{title} ({n})") for key, title, n in topics.order_by("topic__sort_order")],
            ),
            "gebied": (_("Area of the Inspectorate"), _("All areas"), InspectionArea.choices),
            "sector": (
                _("Sector"),
                _("po and vo"),
                [(Sector.PRIMARY.value, _("po")), (Sector.SECONDARY.value, _("vo"))],
            ),
            "niveau": (_("Level"), _("All levels"), Level.choices),
            "rol": (_("For whom"), _("Everybody"), [pair for pair in Audience.choices if pair[0]]),
            "bewijs": (_("Evidence"), _("All kinds of evidence"), Evidence.choices),
            "organisatie": (
                _("Organisation"),
                _("All organisations"),
                sorted({(str(key), name) for key, name in makers}, key=lambda pair: pair[1]),
            ),
            "jaar": (_("Year"), _("All years"), [(str(day.year), str(day.year)) for day in years]),
        }
        return [
            {"name": name, "label": label, "all": everything, "choices": choices, "chosen": chosen[name]}
            for name, (label, everything, choices) in options.items()
        ]


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
    author_line = models.CharField(_("by"), max_length=255, blank=True)
    lead = models.TextField(_("introduction"), max_length=400)
    context = models.TextField(_("where this was"), blank=True)
    approach = MemberHTMLField(_("what we did"), blank=True, features=MEMBER_FEATURES)
    result = MemberHTMLField(_("what came of it"), blank=True, features=MEMBER_FEATURES)
    different = MemberHTMLField(_("what we would do differently"), blank=True, features=MEMBER_FEATURES)
    kind = models.CharField(_("kind"), max_length=12, choices=PracticeKind, default=PracticeKind.EXAMPLE)
    audience = models.CharField(
        _("for whom"), max_length=12, choices=Audience, blank=True, default=Audience.ALL
    )
    body = StreamField([("passage", PassageBlock())], blank=True, verbose_name=_("story"))
    cost = models.CharField(_("what it cost"), max_length=255, blank=True)
    effect = models.CharField(_("what was noticed"), max_length=255, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.REPORTED)
    indicator_uid = models.UUIDField(_("measured with indicator"), null=True, blank=True, editable=False)
    measured_with = models.CharField(_("measured with"), max_length=255, blank=True, editable=False)
    link_terms = models.BooleanField(
        _("explain terms"),
        default=True,
        help_text=_("The first time a term of the glossary is used, it links to its explanation."),
    )
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
    objects = PageManager.from_queryset(PracticeQuerySet)()

    template = "knowledge/practice_page.html"
    parent_page_types: ClassVar[list[str]] = ["knowledge.PracticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("topic"),
                FieldPanel("sector"),
                FieldPanel("level"),
                FieldPanel("kind"),
                FieldPanel("audience"),
            ],
            heading=_("Place"),
        ),
        MultiFieldPanel([FieldPanel("organisation"), FieldPanel("author_line")], heading=_("Whose practice")),
        FieldPanel("context"),
        MultiFieldPanel(
            [FieldPanel("approach"), FieldPanel("result"), FieldPanel("different")], heading=_("Story")
        ),
        FieldPanel("body"),
        FieldPanel("link_terms"),
        MultiFieldPanel(
            [FieldPanel("cost"), FieldPanel("effect"), FieldPanel("evidence")], heading=_("In short")
        ),
        FieldPanel("tips"),
        FieldPanel("reader_question"),
        FieldPanel("goal_templates"),
        FieldPanel("session"),
    ]

    class Meta:
        verbose_name = _("practice example")
        verbose_name_plural = _("practice examples")

    @property
    def reading_minutes(self) -> int:
        """Minutes that reading takes, at least one."""
        told = f"{self.lead} {self.approach} {self.result} {self.different}"
        words = sum(len(block.value["text"].split()) for block in self.body) + len(told.split())
        return max(1, round(words / WORDS_PER_MINUTE))

    @property
    def by(self) -> str:
        """Whose practice this is, as one line."""
        return self.author_line or (self.organisation.name if self.organisation else "")

    def clean(self) -> None:
        """Keep the rule of evidence, whichever door the example comes through."""
        super().clean()
        if self.evidence == Evidence.MEASURED and not has_two_periods(self.indicator_uid):
            raise ValidationError({"evidence": MEASURED_RULE})

    @property
    def evidence_rule(self) -> str:
        """What must be so before an example may say this about its evidence."""
        return str(EVIDENCE_RULES[Evidence(self.evidence)])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Related goal templates, other practice, who uses it, questions, and how fresh it is."""
        from knowledge.page_context import around

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(around(self, request))
        return context
