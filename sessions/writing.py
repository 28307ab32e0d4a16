"""POS writes to the participants of one state of one session."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.outbox.delivery import post
from lnpo.outbox.handlers import handles
from sessions import calendar
from sessions.models import Registration, SessionPage, StaffMessage
from sessions.models.registrations import RegistrationQuerySet
from sessions.permissions import may_manage_seats

KIND = "session.message"


def receivers(page: SessionPage, state: str) -> RegistrationQuerySet:
    """Who gets a message to ``state``: people whose account still works, in order of their name."""
    people = Registration.objects.filter(page=page, state=state, user__is_active=True)
    return people.select_related("user", "organisation").order_by("user__last_name", "user__first_name", "pk")


def write_to(
    staff: User, page: SessionPage, state: str, subject: str, body: str, key: uuid.UUID
) -> tuple[StaffMessage, bool]:
    """Queue one mail to everybody in ``state``; the same ``key`` twice is one message.

    Returns:
        The message, and whether it is new.

    Raises:
        PermissionDenied: ``staff`` may not manage sessions.

    """
    if not may_manage_seats(staff):
        raise PermissionDenied
    with transaction.atomic():
        message, created = StaffMessage.objects.get_or_create(
            pk=key,
            defaults={"page": page, "state": state, "subject": subject, "body": body, "sent_by": staff},
        )
        if not created:
            return message, False
        people = list(receivers(page, state))
        message.receivers = len(people)
        message.save(update_fields=["receivers"])
        for registration in people:
            post(
                f"{KIND}:{message.pk}:{registration.pk}",
                KIND,
                {"message": str(message.pk), "registration": str(registration.pk)},
            )
        record(
            staff, "participants.written_to", page, changes={"receivers": (None, len(people))}, reason=subject
        )
    return message, True


def compose(message: StaffMessage, registration: Registration, key: str) -> EmailMultiAlternatives:
    """The mail as ``registration`` gets it; also for the preview."""
    from lnpo.ui.mail import build_mail

    return build_mail(
        name="lnpo_sessions/mail/message",
        context={
            "message": message,
            "user": registration.user,
            "session": message.page,
            "page_address": calendar.page_address(message.page),
        },
        to=registration.user.email,
        message_id_key=key,
    )


@handles(KIND)
def send_message(key: str, payload: dict[str, Any]) -> None:
    """Send it to one person, unless the person is in another state by now."""
    message = StaffMessage.objects.select_related("page").filter(pk=payload["message"]).first()
    registration = Registration.objects.select_related("user").filter(pk=payload["registration"]).first()
    if message is None or registration is None or not registration.user.is_active:
        return
    if registration.state == message.state:
        compose(message, registration, key).send()
