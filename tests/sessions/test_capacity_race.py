"""160 people in 8 processes go for 30 seats at once, on a real database of their own."""

import pytest

from tests.races import run_race

pytestmark = pytest.mark.django_db  # so that the test database exists; the race runs on a copy


@pytest.fixture(scope="module")
def race(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return run_race("tests.sessions.seat_race")


def test_nobody_gets_an_error(race):
    assert race["errors"] == []


def test_exactly_thirty_get_a_seat_and_the_others_wait(race):
    assert race["outcome"]["confirmed"] == 30
    assert race["outcome"]["waiting"] == 130
    assert race["outcome"]["counted"] == [30, 130]


def test_counting_first_oversells_so_that_this_race_proves_something(race):
    assert race["outcome"]["naive"] > 30


def test_people_who_cancel_meanwhile_are_replaced_in_order_and_never_doubly(race):
    assert race["outcome"]["mixed"] == 20
    assert race["outcome"]["first in, first served"]
    assert race["outcome"]["miscounted"] == []
