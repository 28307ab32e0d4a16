"""When a web session ends."""

from datetime import timedelta

import pytest

from lnpo.accounts.session_limits import IDLE, LONGEST, LONGEST_STAFF


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-11-02T09:00:00+01:00", tick=False)
    return time_machine


def is_in(client) -> bool:
    return client.get("/mijn/").status_code == 200


def use_for(clock, client, how_long: timedelta) -> bool:
    """Ask for a page every seven hours; whether the person is still signed in at the end."""
    step = timedelta(hours=7)
    for _turn in range(int(how_long / step)):
        clock.shift(step)
        is_in(client)
    clock.shift(how_long % step)
    return is_in(client)


def test_a_session_that_nobody_uses_ends(cast, client_of, clock):
    client = client_of(cast.anna)
    assert is_in(client)
    clock.shift(IDLE - timedelta(minutes=1))
    assert is_in(client)
    clock.shift(IDLE + timedelta(minutes=1))
    answer = client.get("/mijn/")
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_session_that_is_used_lives_on_but_not_for_ever(cast, client_of, clock):
    client = client_of(cast.anna)
    is_in(client)
    assert use_for(clock, client, LONGEST - timedelta(hours=1))
    assert not use_for(clock, client, timedelta(hours=2))


def test_a_session_of_staff_ends_the_same_day(cast, client_of, clock):
    client = client_of(cast.els)
    is_in(client)
    assert use_for(clock, client, LONGEST_STAFF - timedelta(hours=1))
    assert not use_for(clock, client, timedelta(hours=2))


def test_use_is_noted_now_and_then_and_not_at_every_page(cast, client_of, clock, django_assert_num_queries):
    client = client_of(cast.anna)
    is_in(client)
    before = client.session["session_seen"]
    clock.shift(timedelta(minutes=2))
    is_in(client)
    assert client.session["session_seen"] == before
    clock.shift(timedelta(minutes=11))
    is_in(client)
    assert client.session["session_seen"] > before
