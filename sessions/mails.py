"""The mails about registrations, sent from the outbox. Each looks again before it goes."""

from typing import Any

from lnpo.outbox.handlers import handles
from sessions import calendar
from sessions.enums import MailKind, RegistrationState
from sessions.mail_queue import KIND
from sessions.models import Registration

STATE_FOR = {
    MailKind.CONFIRMED: RegistrationState.CONFIRMED,
    MailKind.PROMOTED: RegistrationState.CONFIRMED,
    MailKind.CHANGED: RegistrationState.CONFIRMED,
    MailKind.WAITING: RegistrationState.WAITING,
    MailKind.CANCELLED: RegistrationState.CANCELLED,
}
"""The state in which a registration must still be when the mail goes."""

CALENDAR_METHOD = {
    MailKind.CONFIRMED: calendar.REQUEST,
    MailKind.PROMOTED: calendar.REQUEST,
    MailKind.CHANGED: calendar.REQUEST,
    MailKind.CANCELLED: calendar.CANCEL,
    MailKind.CALLED_OFF: calendar.CANCEL,
}
"""What the attached event says to the calendar; who waits gets no event."""


def is_still_true(registration: Registration, kind: MailKind, version: int) -> bool:
    """Whether the mail still tells the truth: the registration did not change since it was queued."""
    if not registration.user.is_active or registration.version != version:
        return False
    called_off = registration.page.admission.is_called_off
    if kind is MailKind.CALLED_OFF:
        return called_off and registration.is_live
    return registration.state == STATE_FOR[kind] and (not called_off or kind is MailKind.CANCELLED)


@handles(KIND)
def send_session_mail(key: str, payload: dict[str, Any]) -> None:
    """Send one mail to one person, unless it is no longer true."""
    from lnpo.ui.mail import build_mail

    registration = (
        Registration.objects.filter(pk=payload["registration"])
        .with_place()
        .select_related("user", "organisation", "pool", "page__admission")
        .first()
    )
    kind = MailKind(payload["kind"])
    if registration is None or not is_still_true(registration, kind, payload["version"]):
        return
    page = registration.page
    seated = registration.state == RegistrationState.CONFIRMED and kind is not MailKind.CALLED_OFF
    message = build_mail(
        name=f"lnpo_sessions/mail/{kind.value}",
        context={
            "registration": registration,
            "user": registration.user,
            "session": page,
            "page_address": calendar.page_address(page),
            "meeting_link": page.meeting_link if seated else "",
            "cancel_until": page.admission.last_cancellation(page.starts_at),
            "reason": page.admission.called_off_reason,
        },
        to=registration.user.email,
        message_id_key=key,
    )
    method = CALENDAR_METHOD.get(kind)
    if method and registration.confirmed_at:  # who only ever waited has nothing in the calendar
        message.attach(
            "sessie.ics",
            calendar.session_event(page, method, registration).decode(),
            f"text/calendar; method={method}",
        )
    message.send()
