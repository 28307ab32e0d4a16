"""The mails about registrations and the calendar event in them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from icalendar import Calendar

from lnpo.outbox import delivery
from lnpo.outbox.models import OutboxEntry, OutboxState
from sessions.admission import call_off
from sessions.calendar import ZONE, session_event
from sessions.models import Registration, SessionPage
from sessions.permissions import grant_staff_permissions
from sessions.registration import cancel
from tests.sessions.factories import fresh, make_session, sign_up

pytestmark = pytest.mark.django_db


def deliver():
    """Send what waits in the outbox; the mails."""
    mail.outbox.clear()
    delivery.sweep()
    assert not OutboxEntry.objects.exclude(state=OutboxState.DONE).exists()
    return list(mail.outbox)


def event_in(message):
    content, mimetype = message.attachments[0][1], message.attachments[0][2]
    calendar = Calendar.from_ical(content)
    assert f"method={calendar['METHOD']}" in mimetype
    assert calendar.walk("VTIMEZONE")[0]["TZID"] == "Europe/Amsterdam"
    return calendar["METHOD"], calendar.walk("VEVENT")[0]


def test_the_confirmation_has_link_and_event_in_text_and_html():
    registration = sign_up(make_session(title="Euro's & doelen"))
    (message,) = deliver()
    assert message.to == [registration.user.email]
    assert "Euro's & doelen" in message.subject
    html = message.alternatives[0][0]
    for part in (message.body, html):
        assert "https://meet.example.org/secret-room" in part
        assert "/sessies/sessie-1/" in part
    assert "Euro's & doelen" in message.body
    assert "Euro&#x27;s &amp; doelen" in html or "Euro's &amp; doelen" in html
    method, event = event_in(message)
    assert (method, int(event["SEQUENCE"])) == ("REQUEST", 0)
    assert event["ATTENDEE"] == f"mailto:{registration.user.email}"
    assert event.decoded("DTSTART") == registration.page.starts_at


def test_the_same_mail_keeps_its_message_id():
    sign_up(make_session())
    (first,) = deliver()
    OutboxEntry.objects.update(state=OutboxState.PENDING)
    (second,) = deliver()
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_who_waits_gets_the_place_and_never_the_meeting_link():
    page = make_session(capacity=1)
    sign_up(page)
    waiting = sign_up(page)
    message = next(message for message in deliver() if message.to == [waiting.user.email])
    assert not message.attachments
    assert "secret-room" not in message.body + message.alternatives[0][0]
    assert "1" in message.body


def test_a_confirmation_is_not_sent_to_who_cancelled_meanwhile():
    registration = sign_up(make_session())
    cancel(registration.user, registration)
    (message,) = deliver()
    method, event = event_in(message)
    assert (method, event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert "secret-room" not in message.body


def test_who_moves_up_gets_one_mail_with_the_link():
    page = make_session(capacity=1)
    first, second = sign_up(page), sign_up(page)
    deliver()
    cancel(first.user, first)
    to_second = [message for message in deliver() if message.to == [second.user.email]]
    assert len(to_second) == 1
    assert "secret-room" in to_second[0].body


def test_coming_back_gives_the_same_event_with_a_higher_version():
    page = make_session()
    first = sign_up(page)
    cancel(first.user, first)
    membership = first.user.memberships.get()
    deliver()
    sign_up(page, membership)
    (message,) = deliver()
    method, event = event_in(message)
    assert (method, int(event["SEQUENCE"])) == ("REQUEST", 2)


def test_moving_a_session_mails_one_event_with_a_new_time():
    page = make_session()
    sign_up(page)
    _, before = event_in(deliver()[0])
    page = SessionPage.objects.get(pk=page.pk)
    page.starts_at += timedelta(days=1)
    page.ends_at += timedelta(days=1)
    page.save_revision().publish()
    (message,) = deliver()
    _, after = event_in(message)
    assert before["UID"] == after["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after.decoded("DTSTART") == page.starts_at


def test_calling_off_mails_the_reason_and_takes_the_event_away(cast):
    grant_staff_permissions(cast.els.groups.get())
    page = make_session(capacity=1)
    seated, waiting = sign_up(page), sign_up(page)
    deliver()
    call_off(cast.els, page, "De zaal staat onder water.")
    messages = {message.to[0]: message for message in deliver()}
    assert set(messages) == {seated.user.email, waiting.user.email}
    assert all("onder water" in message.body for message in messages.values())
    assert event_in(messages[seated.user.email])[0] == "CANCEL"
    assert not messages[waiting.user.email].attachments


def test_who_only_waited_gets_no_event_to_remove():
    page = make_session(capacity=1)
    sign_up(page)
    waiting = sign_up(page)
    deliver()
    cancel(waiting.user, waiting)
    (message,) = deliver()
    assert message.to == [waiting.user.email]
    assert not message.attachments


@pytest.mark.parametrize(
    ("day", "hour_in_utc"), [((2027, 3, 27), 12), ((2027, 3, 28), 11), ((2027, 10, 31), 12)]
)
def test_the_clock_change_does_not_shift_a_session(day, hour_in_utc):
    starts_at = datetime(*day, 13, 0, tzinfo=ZONE)
    page = make_session(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    event = Calendar.from_ical(session_event(page, "PUBLISH")).walk("VEVENT")[0]
    assert event["DTSTART"].to_ical() == starts_at.strftime("%Y%m%dT130000").encode()
    assert event.decoded("DTSTART").astimezone(UTC).hour == hour_in_utc


def test_a_closed_account_gets_no_mail():
    registration = sign_up(make_session())
    registration.user.is_active = False
    registration.user.save()
    assert deliver() == []


def test_the_public_event_has_no_meeting_link_and_survives_the_clock_change():
    page = make_session()
    assert b"secret-room" not in session_event(page, "PUBLISH")
    waiting = Registration(page=page, state="waiting")
    assert b"secret-room" not in session_event(page, "PUBLISH", waiting)
    event = Calendar.from_ical(session_event(fresh(page), "PUBLISH")).walk("VEVENT")[0]
    assert event.decoded("DTSTART") == page.starts_at
    assert str(event["DTSTART"].params["TZID"]) == "Europe/Amsterdam"
