"""Put mails about registrations in the outbox, in the transaction of the change they tell about."""

from lnpo.outbox.delivery import post
from sessions.enums import MailKind
from sessions.models import Registration

KIND = "session.mail"
OFFER_ENDS = "session.offer_ends"
"""Not a mail: what must happen when nobody said yes in time."""


def queue_mail(registration: Registration, kind: MailKind, edition: int | None = None) -> None:
    """Post one mail; the same registration, kind and version is never mailed twice.

    Args:
        registration: who gets it.
        kind: which mail.
        edition: for mails that repeat without a change of the registration (a session that moves):
            which time this is. The version of the registration when left out.
        For reminders the day of the session as a number, so that a moved session reminds again.

    """
    version = registration.version if edition is None else edition
    post(
        f"{KIND}:{registration.pk}:{kind.value}:{version}",
        KIND,
        {
            "registration": str(registration.pk),
            "kind": kind.value,
            "version": registration.version,
            "edition": version,
        },
    )
