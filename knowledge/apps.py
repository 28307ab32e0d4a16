"""Registration of the app ``knowledge`` under the label ``knowledge``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    """See the package docstring."""

    name = "knowledge"
    label = "knowledge"
    verbose_name = _("Knowledge base")

    def ready(self) -> None:
        """Register mails, what waits for people, and what follows from a review or a publication."""
        from typing import Any

        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import page_published, task_rejected

        from knowledge import carrying_over, harvest, mails, searching  # noqa: F401
        from knowledge.models import GlossaryTerm, PracticePage
        from knowledge.reviewing import note_publication, note_rejection
        from knowledge.waiting import waiting_for
        from lnpo.page_cache import bump_site_on_commit
        from lnpo.ui.waiting import waits_for_me

        def renew(**kwargs: Any) -> None:
            bump_site_on_commit()

        waits_for_me(waiting_for)
        page_published.connect(
            note_publication, sender=PracticePage, dispatch_uid="knowledge.note_publication"
        )
        task_rejected.connect(note_rejection, dispatch_uid="knowledge.note_rejection")
        for signal in (post_save, post_delete):
            signal.connect(renew, sender=GlossaryTerm, weak=False, dispatch_uid="knowledge.renew")
        searching.announce()
