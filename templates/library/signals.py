"""What Wagtail's own events mean for goal templates."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from templates.library.models import GoalTemplatePage
from templates.library.versions import publish_version


@receiver(page_published, sender=GoalTemplatePage)
def make_version(sender: type[GoalTemplatePage], instance: GoalTemplatePage, **kwargs: Any) -> None:
    """A published page is the next version."""
    publish_version(instance)
