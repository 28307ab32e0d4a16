"""Screens of POS: synonyms, and what people looked for in vain."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from lnpo.page_cache import bump_site_on_commit
from lnpo.search.models import EmptySearch, SynonymGroup


class SynonymGroupViewSet(ModelViewSet):
    """Words that mean the same; a change counts for the next question."""

    model = SynonymGroup
    icon = "list-ul"
    menu_label = _("Synonyms")
    form_fields = ["terms"]
    list_display = ["terms"]
    search_fields = ["terms"]
    add_to_reference_index = False
    copy_view_enabled = False


class OftenAsked(IndexView):
    """Only what several people asked: what one person types may be about somebody."""

    def get_base_queryset(self) -> Any:
        """See :meth:`EmptySearchQuerySet.asked_often`."""
        return EmptySearch.objects.asked_often()


class EmptySearchViewSet(ModelViewSet):
    """Searches without results, most frequent first: what the network asks and we do not have."""

    model = EmptySearch
    index_view_class = OftenAsked
    icon = "search"
    menu_label = _("Found nothing")
    list_display = ["text", "times", "last_on"]
    search_fields = ["text"]
    form_fields = ["text"]
    add_to_reference_index = False
    copy_view_enabled = False


class SearchGroup(ViewSetGroup):
    """The menu "Zoeken"."""

    items = (SynonymGroupViewSet("synonyms"), EmptySearchViewSet("empty_searches"))
    menu_label = _("Search")
    menu_icon = "search"
    menu_order = 320


@hooks.register("register_admin_viewset")
def register_search() -> SearchGroup:
    """Show the menu to whoever may see one of the two."""
    return SearchGroup()


def _renew(**kwargs: Any) -> None:
    bump_site_on_commit()


def connect() -> None:
    """What processes remember of the synonyms is old when POS changes them."""
    from django.db.models.signals import post_delete, post_save

    for signal in (post_save, post_delete):
        signal.connect(_renew, sender=SynonymGroup, dispatch_uid=f"search.synonyms.{id(signal)}")


connect()
