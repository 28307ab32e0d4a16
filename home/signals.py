"""Public pages are made anew when something in the CMS is published, taken down, moved or removed."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from lnpo.page_cache import bump_site_on_commit


@receiver([page_published, page_unpublished, post_page_move])
def renew_public_pages(sender: type[Page], **kwargs: Any) -> None:
    """Lists, menus and the page itself may all show it."""
    bump_site_on_commit()


@receiver(post_delete)
def renew_after_removal(sender: type[Any], **kwargs: Any) -> None:
    """A page that is removed for good is gone from the lists too."""
    if issubclass(sender, Page):
        bump_site_on_commit()


@receiver(post_save)
def renew_after_copy(sender: type[Any], created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """A new page may be a published copy or an alias, which Wagtail does not announce."""
    if created and not raw and issubclass(sender, Page):
        bump_site_on_commit()


@receiver([post_save, post_delete], sender=Site)
def renew_after_moving_house(sender: type[Site], **kwargs: Any) -> None:
    """The name of the site, or the page it begins with, changed."""
    bump_site_on_commit()


@receiver([post_save, post_delete], sender=PageViewRestriction)
def renew_after_restriction(sender: type[PageViewRestriction], **kwargs: Any) -> None:
    """A page that is put behind a restriction is gone for visitors at once, also from what is kept."""
    bump_site_on_commit()
