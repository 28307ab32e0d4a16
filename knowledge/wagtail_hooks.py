"""POS's screens in the CMS: what waits for review, reports, themes, the glossary, and care of examples."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from knowledge import staff
from knowledge.models import GlossaryTerm, Stewardship
from lnpo.topics.models import Topic


class TopicViewSet(ModelViewSet):
    """The themes of the network."""

    model = Topic
    icon = "tag"
    menu_label = _("Themes")
    form_fields = ["title", "key", "intro", "area", "sort_order"]
    list_display = ["title", "area", "sort_order"]
    add_to_reference_index = False
    copy_view_enabled = False


class GlossaryViewSet(ModelViewSet):
    """The glossary, with the synonyms of search."""

    model = GlossaryTerm
    icon = "list-ul"
    menu_label = _("Glossary")
    form_fields = ["term", "slug", "abbreviation", "explanation", "synonyms", "links"]
    list_display = ["term", "abbreviation", "links"]
    search_fields = ["term", "abbreviation", "synonyms"]
    add_to_reference_index = False
    copy_view_enabled = False


class CareViewSet(ModelViewSet):
    """Who keeps which example right."""

    model = Stewardship
    icon = "date"
    menu_label = _("Care of examples")
    form_fields = ["owner", "review_on"]
    list_display = ["page", "owner", "review_on"]
    list_filter = ["review_on"]
    add_to_reference_index = False
    copy_view_enabled = False


class KnowledgeGroup(ViewSetGroup):
    """Everything around practice examples."""

    menu_label = _("Knowledge base")
    menu_icon = "openquote"
    menu_order = 210
    items = (TopicViewSet("topics"), GlossaryViewSet("glossary"), CareViewSet("care"))


@hooks.register("register_admin_viewset")
def knowledge_screens() -> KnowledgeGroup:
    """Themes, glossary and care."""
    return KnowledgeGroup()


@hooks.register("register_admin_urls")
def knowledge_addresses() -> list[Any]:
    """The queue, one review, reports and the change of themes."""
    return [
        path("praktijk/", staff.queue, name="practice_queue"),
        path("praktijk/overzicht/", staff.reports, name="practice_reports"),
        path("praktijk/themas/", staff.themes, name="practice_themes"),
        path("praktijk/<uuid:pk>/", staff.review, name="practice_review"),
    ]


@hooks.register("register_admin_menu_item")
def queue_item() -> MenuItem:
    """What waits for review."""
    return MenuItem(_("Practice to review"), reverse("practice_queue"), icon_name="clipboard-list", order=205)
