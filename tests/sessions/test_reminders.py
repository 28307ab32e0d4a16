"""Mails that come by the calendar, and what POS writes itself."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from lnpo.outbox import delivery
from sessions.calendar import ZONE
from sessions.models import MailPlan, Registration
from sessions.reminders import queue_due
from sessions.tasks import remind
from tests.sessions.factories import fresh, make_session, sign_up

pytestmark = pytest.mark.django_db

START = datetime(2027, 3, 31, 15, 0, tzinfo=ZONE)  # three days after the clock went forward


def sent():
    mail.outbox.clear()
    delivery.sweep()
    return [(message.to[0], message.subject, message.body) for message in mail.outbox]


@pytest.fixture
def coming():
    """A session with one seated and one waiting, both mailed."""
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC)):
        page = make_session(capacity=1, starts_at=START, ends_at=START + timedelta(hours=2))
        seated, waiting = sign_up(page), sign_up(page)
        sent()
    return page, seated, waiting


def at(*moment):
    return time_machine.travel(datetime(*moment, tzinfo=ZONE), tick=False)


def test_the_reminder_goes_once_to_who_comes_and_never_to_who_waits(coming):
    _page, seated, waiting = coming
    with at(2027, 3, 24, 8, 1):
        assert remind() == 1
        remind()
        ((to, _subject, body),) = sent()
        remind()
        assert sent() == []
    assert to == seated.user.email != waiting.user.email
    assert "secret-room" in body


@pytest.mark.parametrize(("before", "after"), [((24, 7, 59), (24, 8, 0)), ((30, 7, 59), (30, 8, 0))])
def test_the_change_of_the_clock_does_not_shift_a_reminder(coming, before, after):
    MailPlan.objects.create(page=coming[0], week_before=before[0] == 24)
    with at(2027, 3, *before):
        assert queue_due() == 0
    with at(2027, 3, *after):
        assert queue_due() == 1


def test_a_session_that_moves_reminds_again_and_the_old_reminder_is_not_sent(coming):
    page, seated, _waiting = coming
    with at(2027, 3, 24, 8, 1):
        remind()  # queued, and not sent yet
        moved = fresh(page)
        moved.starts_at += timedelta(days=10)
        moved.ends_at += timedelta(days=10)
        moved.save_revision().publish()
        assert sorted(to for to, *_rest in sent()) == sorted(
            row.user.email for row in Registration.objects.all()
        )
    with at(2027, 4, 3, 8, 1):
        remind()
        assert [to for to, *_rest in sent()] == [seated.user.email]


def test_who_gets_a_seat_later_is_not_reminded_at_once(coming):
    page = coming[0]
    type(page).objects.filter(pk=page.pk)
    with at(2027, 3, 24, 9, 0):
        page.all_pools[0].__class__.objects.filter(page=page).update(capacity=5)
        from sessions.registration import cancel

        cancel(coming[1].user, Registration.objects.get(pk=coming[1].pk))
        sent()
        assert remind() == 0


def test_pos_switches_a_reminder_off_or_gives_it_words_of_its_own(coming):
    plan = MailPlan.objects.create(page=coming[0], week_before=False, day_text="Neem je jaarplan mee.")
    with at(2027, 3, 24, 8, 1):
        assert remind() == 0
    with at(2027, 3, 30, 8, 1):
        remind()
        assert "Neem je jaarplan mee." in sent()[0][2]
    plan.delete()


def test_a_reminder_that_comes_too_late_is_not_sent(coming):
    with at(2027, 3, 30, 8, 1):
        remind()
    with at(2027, 3, 31, 15, 1):
        assert sent() == []


def test_six_weeks_later_the_learning_question_comes_back_once(coming):
    _page, seated, _waiting = coming
    with at(2027, 5, 12, 8, 1):
        assert remind() == 0
        Registration.objects.filter(pk=seated.pk).update(learning_question="Hoe meet je rust?")
        assert remind() == 1
        ((to, _subject, body),) = sent()
        remind()
        assert sent() == []
    assert to == seated.user.email
    assert "Hoe meet je rust?" in body
    assert "secret-room" not in body.replace("meet.example.org", "")


def test_everybody_who_waits_reads_of_a_move_without_link_or_event(coming):
    page, seated, waiting = coming
    with at(2027, 3, 10, 12, 0):
        moved = fresh(page)
        moved.starts_at += timedelta(hours=1)
        moved.save_revision().publish()
        mail.outbox.clear()
        delivery.sweep()
        by = {message.to[0]: message for message in mail.outbox}
        assert set(by) == {seated.user.email, waiting.user.email}
        assert by[seated.user.email].attachments
        assert not by[waiting.user.email].attachments
        assert "secret-room" not in str(by[waiting.user.email].message())
