"""The mails about registrations, sent from the outbox. Each looks again before it goes."""

from typing import Any

from django.utils import timezone

from lnpo.outbox.handlers import handles
from sessions import calendar
from sessions.enums import MailKind, RegistrationState
from sessions.mail_queue import KIND
from sessions.models import GuestRequest, Registration, SessionPage
from sessions.reminders import day_number, own_text

CONFIRMED, WAITING = (RegistrationState.CONFIRMED,), (RegistrationState.WAITING,)
CANCELLED = (RegistrationState.CANCELLED,)
LIVE = (*CONFIRMED, *WAITING, RegistrationState.OFFERED)
STATES_FOR = {
    MailKind.CONFIRMED: CONFIRMED,
    MailKind.PROMOTED: CONFIRMED,
    MailKind.TAKEN_OVER: CONFIRMED,
    MailKind.SWITCHED: CONFIRMED,
    MailKind.CHANGED: LIVE,
    MailKind.WAITING: WAITING,
    MailKind.OFFERED: (RegistrationState.OFFERED,),
    MailKind.OFFER_ENDED: CANCELLED,
    MailKind.CANCELLED: CANCELLED,
    MailKind.HANDED_OVER: CANCELLED,
    MailKind.REMINDER_WEEK: CONFIRMED,
    MailKind.REMINDER_DAY: CONFIRMED,
    MailKind.FOLLOW_UP: CONFIRMED,
}
"""The states in which a registration must still be when the mail goes."""

REMINDERS = (MailKind.REMINDER_WEEK, MailKind.REMINDER_DAY)
BEFOREHAND = (*REMINDERS, MailKind.CHANGED, MailKind.OFFERED, MailKind.WAITING)
"""Mails that mean nothing once the session has begun."""
ALSO_WHEN_CALLED_OFF = (MailKind.CANCELLED, MailKind.HANDED_OVER, MailKind.OFFER_ENDED)

CALENDAR_METHOD = {
    MailKind.CONFIRMED: calendar.REQUEST,
    MailKind.PROMOTED: calendar.REQUEST,
    MailKind.TAKEN_OVER: calendar.REQUEST,
    MailKind.SWITCHED: calendar.REQUEST,
    MailKind.HANDED_OVER: calendar.CANCEL,
    MailKind.CHANGED: calendar.REQUEST,
    MailKind.CANCELLED: calendar.CANCEL,
    MailKind.CALLED_OFF: calendar.CANCEL,
}
"""What the attached event says to the calendar; who waits gets no event."""


def is_still_true(registration: Registration, kind: MailKind, version: int, edition: int) -> bool:
    """Whether the mail still tells the truth: nothing that it tells about changed since it was queued."""
    page = registration.page
    if not registration.user.is_active or (kind in BEFOREHAND and page.starts_at <= timezone.now()):
        return False
    if kind in REMINDERS and edition != day_number(page.starts_at):
        return False  # the session moved to another day, which has reminders of its own
    if kind not in (*REMINDERS, MailKind.FOLLOW_UP) and registration.version != version:
        return False
    called_off = page.admission.is_called_off
    if kind is MailKind.CALLED_OFF:
        return called_off and registration.is_live
    return registration.state in STATES_FOR[kind] and (not called_off or kind in ALSO_WHEN_CALLED_OFF)


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
    if registration is None or not is_still_true(
        registration, kind, payload["version"], payload.get("edition", 0)
    ):
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
            "own_text": own_text(page, kind),
        },
        to=registration.user.email,
        message_id_key=key,
    )
    method = CALENDAR_METHOD.get(kind)
    if kind is MailKind.CHANGED and not seated:
        method = None
    if method and registration.confirmed_at:  # who only ever waited has nothing in the calendar
        message.attach(
            "sessie.ics",
            calendar.session_event(page, method, registration).decode(),
            f"text/calendar; method={method}",
        )
    message.send()


@handles("sessions.announcement")
def send_announcement(key: str, payload: dict[str, Any]) -> None:
    """Tell one address of the interest list about a new session, while it is public and still to come."""
    from django.contrib.auth.models import AnonymousUser

    from lnpo.interest.mails import send_news

    public = SessionPage.objects.visible_to(AnonymousUser()).upcoming()
    page = public.filter(pk=payload["page"], admission__called_off_at__isnull=True).first()
    if page is not None:
        send_news(key, payload["subscriber"], title=page.title, url=page.get_url() or "/", lead=page.lead)


@handles("sessions.guest")
def send_guest_link(key: str, payload: dict[str, Any]) -> None:
    """The link with which a guest confirms; to a member: sign in and register there."""
    from lnpo.ui.mail import build_mail
    from sessions.guests import is_member_address, token_of

    request = GuestRequest.objects.usable().filter(pk=payload["request"]).select_related("page").first()
    if request is None or not payload["send"]:
        return
    build_mail(
        name="lnpo_sessions/mail/guest",
        context={
            "request": request,
            "session": request.page,
            "is_member": is_member_address(request.email),
            "token": token_of(request),
        },
        to=request.email,
        message_id_key=key,
        language=request.language,
    ).send()
