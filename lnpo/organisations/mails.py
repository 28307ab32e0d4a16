"""Mail about access to an organisation."""

from typing import Any

from lnpo.organisations.models import Membership
from lnpo.outbox.handlers import handles


@handles("organisations.welcome")
def send_welcome(key: str, payload: dict[str, Any]) -> None:
    """Tell a new member about the access, and how to choose a password; nothing when it has ended."""
    from lnpo.ui.mail import build_mail

    membership = (
        Membership.objects.current()
        .filter(pk=payload["membership"])
        .select_related("user", "organisation")
        .first()
    )
    if membership is None:
        return
    build_mail(
        name="organisations/mail/welcome",
        context={
            "membership": membership,
            "user": membership.user,
            "has_password": membership.user.has_usable_password(),
        },
        to=membership.user.email,
        message_id_key=key,
    ).send()
