"""Mails to the interest list. Each looks again whether the address still wants it."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from lnpo.interest.models import Subscriber
from lnpo.interest.subscribing import confirm_token, stop_token
from lnpo.outbox.handlers import handles
from lnpo.ui.mail import build_mail


@handles("interest.confirm")
def send_confirm(key: str, payload: dict[str, Any]) -> None:
    """A link to confirm the address; to who is on the list already, a link to leave it."""
    one = Subscriber.objects.filter(pk=payload["subscriber"]).first()
    if one is None or not payload["send"]:
        return
    build_mail(
        name="interest/mail/confirm",
        context={
            "confirmed": one.confirmed_at is not None,
            "confirm_path": reverse("interest:confirm", args=[confirm_token(one)]),
            "stop_path": reverse("interest:stop", args=[stop_token(one)]),
        },
        to=one.email,
        message_id_key=key,
        language=one.language,
    ).send()


def send_news(key: str, subscriber: str, *, title: str, url: str, lead: str) -> None:
    """Something new, to one address that still wants to hear of it; ``url`` begins at the root."""
    one = Subscriber.objects.confirmed().filter(pk=subscriber).first()
    if one is None:
        return
    stop_path = reverse("interest:stop", args=[stop_token(one)])
    message = build_mail(
        name="interest/mail/news",
        context={"title": title, "url": url, "lead": lead, "stop_path": stop_path},
        to=one.email,
        message_id_key=key,
        language=one.language,
    )
    message.extra_headers["List-Unsubscribe"] = f"<{settings.SITE_URL}{stop_path}>"
    message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.send()
