"""The calendar event of a session (iCalendar, RFC 5545): one fixed UID, and a version that only rises."""

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from sessions.enums import RegistrationState
from sessions.models import Registration, SessionPage

ZONE = ZoneInfo("Europe/Amsterdam")
PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
AMSTERDAM = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
"""Dutch time by its rule since 1996; every calendar program reads this form."""


def event_uid(page: SessionPage) -> str:
    """The UID of a session: the same in every mail and download, also when the session moves."""
    return f"session-{page.translation_key}@lnpo"


def page_address(page: SessionPage) -> str:
    """The full address of the page of a session."""
    parts = page.get_url_parts()
    return f"{settings.SITE_URL}{parts[2] if parts else ''}"


def session_event(page: SessionPage, method: str, registration: Registration | None = None) -> bytes:
    """An ``.ics`` file with one event.

    Args:
        page: the session.
        method: :data:`PUBLISH` for a download, :data:`REQUEST` in a confirmation, :data:`CANCEL` to take it
            out of the calendar again.
        registration: whose event it is; the meeting link is only in the event of who is confirmed.

    """
    return _file(method, [_event(page, method, registration)])


def public_feed(pages: Iterable[SessionPage]) -> bytes:
    """All these sessions as one calendar, as everybody may see them."""
    return _file(PUBLISH, [_event(page, PUBLISH, None) for page in pages], name=gettext("Sessions of LNPO"))


def private_feed(registrations: Iterable[Registration]) -> bytes:
    """The sessions of one person as one calendar; a seat that is only offered is tentative."""
    events = [_event(row.page, PUBLISH, row) for row in registrations]
    return _file(PUBLISH, events, name=gettext("My sessions of LNPO"))


def _file(method: str, events: list[Event], name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//LNPO//Lerend Netwerk Passend Onderwijs//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    calendar.add_component(Timezone.from_ical(AMSTERDAM))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(page: SessionPage, method: str, registration: Registration | None) -> Event:
    event = Event()
    event.add("uid", event_uid(page))
    event.add("sequence", _sequence(page, registration))
    event.add("dtstamp", timezone.now())
    event.add("dtstart", page.starts_at.astimezone(ZONE))
    event.add("dtend", page.ends_at.astimezone(ZONE))
    event.add("summary", page.title)
    event.add("url", page_address(page))
    event.add("status", _status(page, method, registration))
    _add_place(event, page, registration)
    if registration is not None and method != PUBLISH:
        _add_people(event, registration)
    return event


def _status(page: SessionPage, method: str, registration: Registration | None) -> str:
    if method == CANCEL or page.admission.is_called_off:
        return "CANCELLED"
    sure = registration is None or registration.state == RegistrationState.CONFIRMED
    return "CONFIRMED" if sure else "TENTATIVE"


def _sequence(page: SessionPage, registration: Registration | None) -> int:
    """Rises when the session moves, and for one person also when that person cancels or comes back."""
    personal = registration.version - 1 if registration is not None else 0
    return int(page.admission.calendar_sequence) + personal


def _add_place(event: Event, page: SessionPage, registration: Registration | None) -> None:
    confirmed = registration is not None and registration.state == RegistrationState.CONFIRMED
    lines = [strip_tags(page.lead), page_address(page)]
    if page.format != "online":
        event.add("location", page.venue)
    elif confirmed and page.meeting_link:
        event.add("location", page.meeting_link)
    if confirmed and page.meeting_link:
        lines.insert(1, page.meeting_link)
    event.add("description", "\n\n".join(lines))


def _add_people(event: Event, registration: Registration) -> None:
    """Organiser and participant, so that a calendar accepts the update and the cancellation."""
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    organiser = vCalAddress(f"mailto:{sender}")
    organiser.params["CN"] = vText("LNPO")
    event.add("organizer", organiser)
    person = vCalAddress(f"mailto:{registration.user.email}")
    person.params["CN"] = vText(registration.user.get_full_name())
    person.params["PARTSTAT"] = vText("ACCEPTED")
    person.params["RSVP"] = vText("FALSE")
    event.add("attendee", person)
