"""Public pages are made anew when something in the CMS is published, taken down, moved or removed."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from lnpo.page_cache import bump_on_commit


@receiver([page_published, page_unpublished, post_page_move])
def renew_public_pages(sender: type[Page], **kwargs: Any) -> None:
    """Lists, menus and the page itself may all show it."""
    bump_on_commit()


@receiver(post_delete)
def renew_after_removal(sender: type[Any], **kwargs: Any) -> None:
    """A page that is removed for good is gone from the lists too."""
    if issubclass(sender, Page):
        bump_on_commit()


@receiver([post_save, post_delete], sender=PageViewRestriction)
def renew_after_restriction(sender: type[PageViewRestriction], **kwargs: Any) -> None:
    """A page that is put behind a restriction is gone for visitors at once, also from what is kept."""
    bump_on_commit()
