"""Calendars to subscribe to, read back by a calendar parser."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from lnpo.outbox import delivery
from sessions.admission import call_off
from sessions.models import Admission, CalendarFeed, Registration
from sessions.permissions import grant_staff_permissions
from sessions.registration import cancel, register
from tests.sessions.factories import fresh, make_session, sign_up

pytestmark = pytest.mark.django_db


def feed_address(client):
    assert client.post(reverse("sessions:my_calendar")).status_code == 302
    feed = CalendarFeed.objects.get()
    address = reverse("sessions:private_calendar", args=[feed.pk, feed.token])
    assert address in client.get(reverse("sessions:my_calendar")).content.decode()
    return address


def events(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    assert calendar["VERSION"] == "2.0"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    found = calendar.walk("VEVENT")
    for event in found:
        assert event["UID"] and event["DTSTAMP"] and event["DTSTART"].dt < event["DTEND"].dt
    return {str(event["SUMMARY"]): event for event in found}


def test_the_public_feed_has_every_published_session_and_no_link(client):
    make_session(title="Eerste")
    make_session(title="Tweede", days=3)
    make_session(title="Verborgen").unpublish()
    found = events(client, reverse("sessions:public_calendar"))
    assert set(found) == {"Eerste", "Tweede"}
    assert "secret-room" not in str(found)


def test_the_private_feed_has_my_seats_with_link_and_nothing_of_others(cast, client_of, client):
    mine, waits, other = make_session(title="Mijn"), make_session(1, title="Wacht"), make_session()
    sign_up(waits)
    for page in (mine, waits):
        register(cast.anna, fresh(page), cast.swv)
    sign_up(other)
    found = events(client, feed_address(client_of(cast.anna)))
    assert set(found) == {"Mijn"}
    assert "secret-room" in str(found["Mijn"].to_ical())


def test_moving_a_session_is_one_event_with_the_new_time(cast, client_of, client):
    page = make_session(title="Mijn")
    register(cast.anna, fresh(page), cast.swv)
    address = feed_address(client_of(cast.anna))
    before = events(client, address)["Mijn"]
    moved = fresh(page)
    moved.starts_at += timedelta(days=1)
    moved.ends_at += timedelta(days=1)
    moved.save_revision().publish()
    found = events(client, address)
    assert len(found) == 1
    after = found["Mijn"]
    assert before["UID"] == after["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(days=1)


def test_a_new_address_makes_the_old_one_worthless_and_revoking_too(cast, client_of, client):
    anna = client_of(cast.anna)
    old = feed_address(anna)
    new = feed_address(anna)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert client.get(new[:-6] + "AA.ics").status_code == 404
    cast.anna.is_active = False
    cast.anna.save()
    assert client.get(new).status_code == 404
    cast.anna.is_active = True
    cast.anna.save()
    client_of(cast.anna).post(reverse("sessions:my_calendar"), {"revoke": "1"})
    assert client.get(new).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_a_seat_on_offer_is_tentative_and_has_no_link(cast, client_of, client):
    page = make_session(1, title="Aanbod")
    Admission.objects.filter(page=page).update(offers_seats=True)
    first = sign_up(page)
    register(cast.anna, fresh(page), cast.swv)
    cancel(first.user, first)
    event = events(client, feed_address(client_of(cast.anna)))["Aanbod"]
    assert event["STATUS"] == "TENTATIVE"
    assert b"secret-room" not in event.to_ical()


def test_what_is_called_off_is_cancelled_in_both_feeds(cast, client_of, client):
    grant_staff_permissions(cast.els.groups.get())
    page = make_session(title="Weg")
    register(cast.anna, fresh(page), cast.swv)
    address = feed_address(client_of(cast.anna))
    call_off(cast.els, page, "")
    for feed in (address, reverse("sessions:public_calendar")):
        assert events(client, feed)["Weg"]["STATUS"] == "CANCELLED"


def test_a_feed_costs_the_same_with_more_sessions(cast, client_of, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    register(cast.anna, fresh(make_session()), cast.swv)
    address = feed_address(client_of(cast.anna))
    client.get(address)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        counts.append(len(queries))
        for _number in range(4):
            register(cast.anna, fresh(make_session()), cast.swv)
        client.get(address)
    assert counts[0] == counts[1]


def test_every_file_of_every_mail_is_read_by_the_parser(cast):
    page = make_session(1)
    first, _second = sign_up(page), sign_up(page)
    cancel(first.user, Registration.objects.get(pk=first.pk))
    delivery.sweep()
    files = [part[1] for message in mail.outbox for part in message.attachments]
    assert files
    for content in files:
        calendar = Calendar.from_ical(content)
        assert len(calendar.walk("VEVENT")) == len(calendar.walk("VTIMEZONE")) == 1
        assert "\r\n" in content
