"""What a process remembers of the public site."""

import pytest
from django.utils import translation

from lnpo.page_cache import bump, bump_site
from lnpo.ui import site_memory
from lnpo.ui.site_memory import remembered


@pytest.fixture(autouse=True)
def memory(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(site_memory, "_switched_off", lambda: False)
    site_memory.forget()
    yield
    site_memory.forget()


class Counter:
    calls = 0

    def __call__(self):
        self.calls += 1
        return [self.calls]


def test_a_value_is_made_once_until_the_site_changes():
    counter = Counter()
    assert remembered("a", counter) is remembered("a", counter)
    bump_site()
    assert remembered("a", counter) == [2]


def test_a_seat_that_is_taken_changes_only_what_shows_counts():
    plain, counts = Counter(), Counter()
    remembered("plain", plain)
    remembered("counts", counts, with_counts=True)
    bump()
    remembered("plain", plain)
    remembered("counts", counts, with_counts=True)
    assert (plain.calls, counts.calls) == (1, 2)


def test_a_value_grows_old(monkeypatch):
    counter = Counter()
    remembered("a", counter)
    later = site_memory.time.monotonic() + site_memory.LIFETIME + 1
    monkeypatch.setattr(site_memory.time, "monotonic", lambda: later)
    remembered("a", counter)
    assert counter.calls == 2


def test_each_language_has_its_own_value():
    counter = Counter()
    for language in ("nl", "en", "nl"):
        with translation.override(language):
            remembered("a", counter)
    assert counter.calls == 2


def test_nothing_is_not_remembered():
    calls = []
    for _turn in range(2):
        assert remembered("a", lambda: calls.append(1)) is None
    assert len(calls) == 2


def test_the_memory_has_a_limit(monkeypatch):
    monkeypatch.setattr(site_memory, "CAPACITY", 2)
    for key in "abc":
        remembered(key, Counter())
    assert len(site_memory._values) == 2


def test_two_changes_in_the_same_instant_are_two_versions():
    from lnpo.page_cache import site_version

    versions = []
    for _turn in range(20):
        bump_site()
        versions.append(site_version())
    assert len(set(versions)) == 20


def test_in_a_transaction_nothing_is_remembered(db, monkeypatch):
    monkeypatch.undo()
    counter = Counter()
    remembered("a", counter)
    remembered("a", counter)
    assert counter.calls == 2
