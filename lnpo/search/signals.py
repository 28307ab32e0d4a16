"""What can be found is looked at again when it is published, taken down, moved, removed or restricted."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from lnpo.search.indexing import look_again
from lnpo.search.sources import sources


def _kind_of(model: type[Any]) -> str:
    return next((source.kind for source in sources().values() if source.page_model is model), "")


@receiver([page_published, page_unpublished])
def look_at_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """One page changed for its readers."""
    kind = _kind_of(type(instance.specific))
    if kind:
        look_again(kind, [instance.pk])


@receiver(post_delete)
def look_at_removal(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """A page is gone for good."""
    kind = _kind_of(sender) if issubclass(sender, Page) else ""
    if kind:
        look_again(kind, [instance.pk])


@receiver([post_page_move, page_slug_changed])
def look_below(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A page and all below it have another address."""
    _look_at_tree(instance)


@receiver(post_save, sender=PageViewRestriction)
def look_behind_restriction(sender: type[Any], instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page and all below it are hidden, at once: what is remembered of restrictions is older than this."""
    _look_at_tree(instance.page, hidden=True)


@receiver(post_delete, sender=PageViewRestriction)
def look_before_restriction(sender: type[Any], instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page and all below it are shown again."""
    _look_at_tree(instance.page)


def _look_at_tree(page: Page, hidden: bool = False) -> None:
    by_kind: dict[str, list[int]] = {}
    for below in Page.objects.descendant_of(page, inclusive=True).specific(defer=True):
        by_kind.setdefault(_kind_of(type(below)), []).append(below.pk)
    by_kind.pop("", None)
    for kind, ids in by_kind.items():
        look_again(kind, ids, hidden)
