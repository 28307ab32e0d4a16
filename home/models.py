"""The pages of the site itself: home, content, contact and news."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from home.blocks import PLAIN, body_blocks
from home.front import front_page_content
from lnpo.ui.pages import PublicPageMixin, SiteRootMixin, only_public
from lnpo.ui.site_memory import remembered

NEWS_PER_PAGE = 12


class HomePage(SiteRootMixin, Page):
    """The front page: what the network is, and what is going on in it."""

    hero_title = models.CharField(_("large title"), max_length=90)
    hero_text = models.TextField(_("text below it"), max_length=400)

    template = "home/home_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("hero_title"), FieldPanel("hero_text")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Coming sessions, practice, goal templates and news."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(remembered("front page", self._content, with_counts=True))
        return context

    @staticmethod
    def _content() -> dict[str, Any]:
        news = only_public(NewsPage.objects).order_by("-date", "-pk")
        return front_page_content() | {"news": list(news[:3])}


class ContentPage(PublicPageMixin, Page):
    """A page with text: what we offer, about us, privacy."""

    intro = models.TextField(_("introduction"), blank=True)
    body = StreamField(body_blocks(), blank=True, verbose_name=_("body"))

    template = "home/content_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["home.ContentPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")


class ContactPage(PublicPageMixin, Page):
    """How to reach POS."""

    intro = models.TextField(_("introduction"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    address = models.TextField(_("address"), blank=True)
    body = RichTextField(_("text"), features=PLAIN, blank=True)

    template = "home/contact_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("email"),
        FieldPanel("phone"),
        FieldPanel("address"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("contact page")


class NewsIndexPage(PublicPageMixin, Page):
    """All news, newest first."""

    intro = models.TextField(_("introduction"), blank=True)

    template = "home/news_index_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.NewsPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("news overview")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of news."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        news = only_public(NewsPage.objects.child_of(self)).order_by("-date", "-pk")
        context["page_obj"] = Paginator(news, NEWS_PER_PAGE).get_page(request.GET.get("page"))
        return context


class NewsPage(PublicPageMixin, Page):
    """One news item."""

    date = models.DateField(_("date"), default=timezone.localdate)
    intro = models.TextField(_("introduction"), max_length=400)
    body = StreamField(body_blocks(), blank=True, verbose_name=_("body"))

    template = "home/news_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [*Page.content_panels, FieldPanel("date"), FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
