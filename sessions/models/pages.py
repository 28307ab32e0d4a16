"""What a session is: the pages that POS writes and everybody reads. No counter ever lives here."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from lnpo.organisations.models import JobRole
from lnpo.topics.models import Topic
from lnpo.ui.pages import PublicPageMixin, only_public
from sessions.blocks import AgendaBlock, LineListBlock
from sessions.enums import ReportAudience, SessionFormat
from sessions.page_form import SessionPageForm

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User
    from sessions.models.seats import SeatPool

RICH_TEXT = ["bold", "italic", "h3", "ol", "ul", "link", "document-link"]
PAST_PER_PAGE = 12


class SessionPageQuerySet(PageQuerySet):  # type: ignore[misc]
    """Set rules of sessions."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Everybody sees what is published; pages that POS keeps private are not found here."""
        return only_public(self)  # type: ignore[no-any-return]

    def with_seats(self) -> Self:
        """Everything a list of sessions shows, in a constant number of queries."""
        return self.select_related("topic", "admission", "series").prefetch_related("pools")  # type: ignore[no-any-return]

    def upcoming(self, at: datetime | None = None) -> Self:
        """Published sessions that have not ended, soonest first; also those called off."""
        return (  # type: ignore[no-any-return]
            self.live().filter(ends_at__gte=at or timezone.now()).order_by("starts_at", "pk").with_seats()
        )

    def past(self, at: datetime | None = None) -> Self:
        """Published sessions that have ended, latest first."""
        return (  # type: ignore[no-any-return]
            self.live().filter(ends_at__lt=at or timezone.now()).order_by("-starts_at", "pk").with_seats()
        )


class SessionPage(PublicPageMixin, Page):  # type: ignore[misc]
    """A theme on one date. Seats, registration period and registrations are plain rows beside it."""

    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="session_pages", verbose_name=_("theme")
    )
    series = models.ForeignKey(
        "lnpo_sessions.SessionSeries",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="pages",
        verbose_name=_("series"),
        help_text=_("One of several dates of a theme; questions and limits of the series hold here too."),
    )
    audience = models.JSONField(_("for whom"), default=list, blank=True)
    format = models.CharField(
        _("online or on site"), max_length=10, choices=SessionFormat, default=SessionFormat.ONLINE
    )
    starts_at = models.DateTimeField(_("starts at"), db_index=True)
    ends_at = models.DateTimeField(_("ends at"), db_index=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    directions_url = models.URLField(_("address of a page with directions"), blank=True)
    meeting_link = models.URLField(
        _("meeting link"),
        blank=True,
        help_text=_("Only people whose registration is confirmed get to see it."),
    )
    host = models.CharField(_("host"), max_length=200, blank=True)
    cost = models.CharField(_("cost"), max_length=200, blank=True)
    lead = models.TextField(_("lead"), max_length=600)
    intro = RichTextField(_("introduction"), blank=True, features=RICH_TEXT)
    agenda = StreamField(AgendaBlock(), blank=True, verbose_name=_("programme"))
    preparation = StreamField(LineListBlock(), blank=True, verbose_name=_("preparation"))
    takeaways = StreamField(LineListBlock(), blank=True, verbose_name=_("what it brings you"))
    report = RichTextField(_("report"), blank=True, features=RICH_TEXT)
    report_audience = models.CharField(
        _("who reads the report"), max_length=10, choices=ReportAudience, default=ReportAudience.PUBLIC
    )

    objects: ClassVar[Any] = PageManager.from_queryset(SessionPageQuerySet)()

    base_form_class = SessionPageForm
    parent_page_types = ["lnpo_sessions.SessionIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("intro")]
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("topic"), FieldPanel("format")]),
        FieldPanel("series"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        MultiFieldPanel(
            [FieldPanel("venue"), FieldPanel("directions_url"), FieldPanel("meeting_link")],
            heading=_("Place"),
        ),
        HelpPanel(
            _("Seats and the registration period are set under Sessions in the menu, once the page exists.")
        ),
        FieldRowPanel([FieldPanel("host"), FieldPanel("cost")]),
        FieldPanel("audience"),
        FieldPanel("lead"),
        FieldPanel("intro"),
        FieldPanel("takeaways"),
        FieldPanel("agenda"),
        FieldPanel("preparation"),
        FieldPanel("report"),
        FieldPanel("report_audience"),
    ]

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def clean(self) -> None:
        """A session ends after it starts, and a place where people come to has a name."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must come after the start.")})
        if self.format != SessionFormat.ONLINE and not self.venue:
            raise ValidationError({"venue": _("Say where people should come to.")})

    @classmethod
    def with_what_it_shows(cls) -> Any:
        """Sessions with their theme, period and seats."""
        return cls.objects.with_seats()

    @property
    def is_past(self) -> bool:
        """Whether the session has ended."""
        return self.ends_at < timezone.now()

    @property
    def audience_labels(self) -> list[str]:
        """For which job roles the session is, in words."""
        return [str(JobRole(key).label) for key in self.audience if key in JobRole.values]

    @property
    def place_label(self) -> str:
        """The venue, "online", or both; never the meeting link."""
        if self.format == SessionFormat.ONLINE or not self.venue:
            return str(self.get_format_display())
        if self.format == SessionFormat.HYBRID:
            return str(_("%(venue)s and online") % {"venue": self.venue})
        return self.venue

    @property
    def all_pools(self) -> list["SeatPool"]:
        """The pools of seats, on site first; uses what was prefetched. A preview of a new page has none."""
        if self.pk is None:
            return []
        return sorted(self.pools.all(), key=lambda pool: pool.form)

    @property
    def calendar_address(self) -> str:
        """Where the calendar event is downloaded."""
        return reverse("sessions:calendar", args=[self.slug])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page with the standing of whoever looks at it; its path is known without asking for it."""
        from sessions.page_context import session_context

        context: dict[str, Any] = super(PublicPageMixin, self).get_context(request, *args, **kwargs)
        return context | session_context(self, request)


class SessionIndexPage(PublicPageMixin, Page):  # type: ignore[misc]
    """The agenda of the network: coming sessions, and past ones with their reports."""

    intro = models.TextField(_("introduction"), blank=True)

    max_count = 1
    subpage_types = ["lnpo_sessions.SessionPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("session agenda")
        verbose_name_plural = _("session agendas")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a session with its theme, period and seats at once: Wagtail would ask four times."""
        if len(path_components) == 1:
            page = (
                SessionPage.objects.child_of(self).live().with_seats().filter(slug=path_components[0]).first()
            )
            if page is not None:
                return RouteResult(page)
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Coming and past sessions, filtered by ``?thema=`` when such a theme exists."""
        from sessions.standing import attach_standing

        context: dict[str, Any] = super(PublicPageMixin, self).get_context(request, *args, **kwargs)
        topics = list(Topic.objects.filter(session_pages__live=True).distinct())
        topic = next((topic for topic in topics if topic.key == request.GET.get("thema")), None)
        pages = SessionPage.objects.visible_to(request.user)
        if topic:
            pages = pages.filter(topic=topic)
        upcoming = list(pages.upcoming().prefetch_related(None))
        past = Paginator(pages.past().prefetch_related(None), PAST_PER_PAGE).get_page(request.GET.get("page"))
        past.object_list = list(past.object_list)
        models.prefetch_related_objects([*upcoming, *past.object_list], "pools")
        attach_standing([*upcoming, *past.object_list], request.user)
        context.update(
            upcoming=upcoming,
            past=past,
            topics=topics,
            chosen_topic=topic,
        )
        return context
