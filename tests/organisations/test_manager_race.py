"""Two managers who remove each other at once never leave an organisation without one."""

import pytest

from tests.organisations.manager_race import PAIRS
from tests.races import run_race

pytestmark = pytest.mark.django_db  # so that the test database exists; the race runs on a copy


@pytest.fixture(scope="module")
def race(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return run_race("tests.organisations.manager_race", processes=2, attempts=PAIRS)


def test_nobody_gets_an_error(race):
    assert race["errors"] == []


def test_one_manager_is_always_left(race):
    assert race["outcome"]["verb"] == 0
    assert race["outcome"]["leave"] == 0
    assert race["outcome"]["left in verb"] == PAIRS


def test_looking_first_leaves_some_without_a_manager_so_that_this_race_proves_something(race):
    assert race["outcome"]["naive"] > 0


def test_an_invitation_is_never_used_twice(race):
    assert race["outcome"]["guests twice"] == 0
