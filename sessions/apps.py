"""Registration of the app ``sessions`` under the label ``lnpo_sessions``."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """See the package docstring."""

    name = "sessions"
    label = "lnpo_sessions"
    verbose_name = _("Sessions")

    def ready(self) -> None:
        """Register the mails, and give every session page its seats, whichever door it is made through."""
        from wagtail.signals import page_published

        from sessions import after_mails, mails, offers, searching, writing  # noqa: F401
        from sessions.models import SessionPage

        searching.announce()
        post_save.connect(_seats_for_a_saved_page, sender=SessionPage, dispatch_uid="sessions.prepare_seats")
        page_published.connect(
            _tell_of_a_change, sender=SessionPage, dispatch_uid="sessions.note_publication"
        )


def _seats_for_a_saved_page(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    from sessions.seats import prepare_seats

    if not raw:
        prepare_seats(instance)


def _tell_of_a_change(instance: Any, **kwargs: Any) -> None:
    from sessions.admission import note_publication

    note_publication(instance)
