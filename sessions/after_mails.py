"""Mails after a session: materials, evaluation and certificate. Each looks again before it goes."""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.urls import reverse

from lnpo.outbox.delivery import post
from lnpo.outbox.handlers import handles
from lnpo.ui.mail import build_mail
from sessions.calendar import page_address
from sessions.enums import RegistrationState
from sessions.models import Registration

KIND = "session.after"


class AfterMail(StrEnum):
    """Which mail."""

    MATERIALS = "materials"
    EVALUATION = "evaluation"
    CERTIFICATE = "certificate"


PATTERN = {AfterMail.EVALUATION: "sessions:evaluation", AfterMail.CERTIFICATE: "sessions:certificate"}
"""Where the button of a mail leads; the page of the session otherwise."""


def queue_after_mail(registration: Registration, kind: AfterMail, edition: int = 1) -> bool:
    """Post one mail; the same registration, kind and edition is never mailed twice."""
    return post(
        f"{KIND}:{registration.pk}:{kind.value}:{edition}",
        KIND,
        {"registration": str(registration.pk), "kind": kind.value},
    )


def _is_still_true(registration: Registration, kind: AfterMail) -> bool:
    if not registration.user.is_active or registration.state != RegistrationState.CONFIRMED:
        return False
    if kind is AfterMail.CERTIFICATE:
        return hasattr(registration, "certificate") and hasattr(registration, "attendance")
    if kind is AfterMail.EVALUATION:
        return hasattr(registration, "evaluation_ticket") and not registration.evaluation_ticket.used
    return True


@handles(KIND)
def send_after_mail(key: str, payload: dict[str, Any]) -> None:
    """Send one mail to one person, unless it is no longer true."""
    registration = (
        Registration.objects.filter(pk=payload["registration"])
        .select_related("user", "page", "certificate", "attendance", "evaluation_ticket")
        .first()
    )
    kind = AfterMail(payload["kind"])
    if registration is None or not _is_still_true(registration, kind):
        return
    page = registration.page
    pattern = PATTERN.get(kind)
    address = f"{settings.SITE_URL}{reverse(pattern, args=[page.slug])}" if pattern else page_address(page)
    build_mail(
        name=f"lnpo_sessions/mail/after_{kind.value}",
        context={"user": registration.user, "session": page, "address": address},
        to=registration.user.email,
        message_id_key=key,
    ).send()
