"""What waits for a person, gathered from all apps."""

from datetime import date

from lnpo.ui import waiting
from lnpo.ui.waiting import Waiting, waiting_for_me, waits_for_me


def test_what_is_due_first_comes_first_and_what_has_no_date_last(monkeypatch, cast):
    monkeypatch.setattr(waiting, "_sources", [])
    someday = Waiting("Meelezen", "Kennisbank", "/x/", "Read")
    later = Waiting("Meting", "Doel", "/y/", "Report", date(2026, 12, 20))
    sooner = Waiting("Activiteit", "Doel", "/z/", "Report", date(2026, 12, 1))
    waits_for_me(lambda user: [someday, later])
    waits_for_me(lambda user: [sooner] if user == cast.anna else [])
    assert waiting_for_me(cast.anna) == [sooner, later, someday]
    assert waiting_for_me(cast.daan) == [later, someday]


def test_a_source_that_announces_itself_twice_is_asked_once(monkeypatch, cast):
    monkeypatch.setattr(waiting, "_sources", [])

    def source(user):
        return [Waiting("Meelezen", "Kennisbank", "/x/", "Read")]

    waits_for_me(source)
    waits_for_me(source)
    assert len(waiting_for_me(cast.anna)) == 1
