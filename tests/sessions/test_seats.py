"""The verbs on seats and on a whole session."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lnpo.audit.models import AuditEntry
from lnpo.outbox.models import OutboxEntry
from sessions import seats
from sessions.admission import call_off, change_period
from sessions.enums import RegistrationState, SessionFormat
from sessions.models import Registration, SeatPool, SessionPage
from sessions.permissions import grant_staff_permissions
from sessions.refusals import SessionCalledOffError
from sessions.registration import cancel, register
from sessions.tasks import check_seats
from tests.organisations.factories import OrganisationFactory
from tests.sessions.factories import fresh, make_session, member, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def els(cast):
    grant_staff_permissions(cast.els.groups.get())
    return cast.els


def states(page):
    return list(Registration.objects.filter(page=page).order_by("queued_at").values_list("state", flat=True))


def test_raising_the_capacity_by_three_promotes_three(els):
    page = make_session(capacity=1)
    for _ in range(5):
        sign_up(page)
    promoted = seats.change_capacity(els, fresh(page).all_pools[0], 4)
    assert len(promoted) == 3
    assert states(page) == ["confirmed"] * 4 + ["waiting"]
    assert AuditEntry.objects.get(action="seats.changed").changes["capacity"] == [1, 4]


def test_lowering_the_capacity_throws_nobody_out_and_gives_no_seat_until_there_is_room(els):
    page = make_session(capacity=3)
    people = [sign_up(page) for _ in range(3)]
    seats.change_capacity(els, fresh(page).all_pools[0], 1)
    assert states(page) == ["confirmed"] * 3
    late = sign_up(page)
    cancel(people[0].user, people[0])
    cancel(people[1].user, people[1])
    late.refresh_from_db()
    assert late.state == RegistrationState.WAITING
    cancel(people[2].user, people[2])
    late.refresh_from_db()
    assert late.state == RegistrationState.CONFIRMED


def test_members_do_not_change_seats(cast):
    page = make_session()
    with pytest.raises(PermissionDenied):
        seats.change_capacity(cast.anna, page.all_pools[0], 99)
    with pytest.raises(PermissionDenied):
        change_period(cast.anna, page.admission, None, None, None)
    with pytest.raises(PermissionDenied):
        call_off(cast.anna, page, "")


def test_the_third_of_one_organisation_waits_while_the_hall_has_room_until_the_date(els):
    page, swv = make_session(capacity=10), OrganisationFactory()
    until = timezone.localdate() + timedelta(days=2)
    seats.change_seats(els, page.all_pools[0], 10, 2, until)
    assert [sign_up(page, member(swv)).state for _ in range(3)] == ["confirmed", "confirmed", "waiting"]
    assert sign_up(page).state == RegistrationState.CONFIRMED
    SeatPool.objects.filter(page=page).update(limited_until=timezone.localdate() - timedelta(days=1))
    assert check_seats() == 0
    assert "waiting" not in states(page)
    assert not fresh(page).all_pools[0].restricted


def test_a_seat_of_the_same_organisation_that_comes_free_goes_to_its_own_colleague(els):
    page, swv = make_session(capacity=10), OrganisationFactory()
    seats.change_seats(els, page.all_pools[0], 10, 1, None)
    first, second = sign_up(page, member(swv)), sign_up(page, member(swv))
    cancel(first.user, first)
    second.refresh_from_db()
    assert second.state == RegistrationState.CONFIRMED


def test_calling_off_tells_everybody_once_and_closes_every_door(els):
    page = make_session(capacity=1)
    sign_up(page)
    sign_up(page)
    assert call_off(els, page, "De zaal staat onder water.") == 2
    assert call_off(els, page, "nog eens") == 0
    assert OutboxEntry.objects.filter(key__contains=":called_off:").count() == 2
    with pytest.raises(SessionCalledOffError):
        sign_up(page)


def test_a_request_that_looked_before_the_session_was_called_off_gets_no_seat(els):
    page, who = make_session(), member()
    looked_before = fresh(page)
    call_off(els, page, "")
    with pytest.raises(SessionCalledOffError):
        register(who.user, looked_before, who.organisation)
    assert not Registration.objects.exists()


def test_the_registration_period_is_changed_with_a_trail(els):
    page = make_session()
    opens_at = timezone.now() + timedelta(days=3)
    change_period(els, page.admission, opens_at, None, None)
    assert fresh(page).admission.opens_at == opens_at
    assert AuditEntry.objects.filter(action="admission.changed").count() == 1


def test_the_nightly_check_sees_a_wrong_count():
    page = make_session()
    sign_up(page)
    assert check_seats() == 0
    SeatPool.objects.filter(page=page).update(taken=5)
    assert check_seats() == 1


def test_a_copy_of_a_session_has_its_own_empty_seats():
    page = make_session()
    sign_up(page)
    copy = page.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert [(pool.taken, pool.waiting) for pool in copy.pools.all()] == [(0, 0)]
    assert copy.admission.called_off_at is None
    assert not copy.registrations.exists()


def test_publishing_an_older_revision_changes_no_seat():
    page = make_session()
    revision = page.save_revision()
    sign_up(page)
    revision.publish()
    assert fresh(page).all_pools[0].taken == 1


def test_making_a_session_hybrid_adds_the_other_pool_and_keeps_the_first():
    page = make_session()
    sign_up(page)
    page = SessionPage.objects.get(pk=page.pk)
    page.format, page.venue = SessionFormat.HYBRID, "De Linde"
    page.save()
    assert [(pool.form, pool.taken) for pool in fresh(page).all_pools] == [("on_site", 0), ("online", 1)]


def test_an_empty_pool_follows_the_format_with_its_capacity():
    page = SessionPage.objects.get(pk=make_session(capacity=12).pk)
    page.format, page.venue = SessionFormat.ON_SITE, "De Linde"
    page.save()
    assert [(pool.form, pool.capacity) for pool in fresh(page).all_pools] == [("on_site", 12)]
    page.format = SessionFormat.HYBRID
    page.save()
    assert [pool.form for pool in fresh(page).all_pools] == ["on_site", "online"]
    page.format = SessionFormat.ONLINE
    page.save()
    assert [pool.form for pool in fresh(page).all_pools] == ["online"]


def test_moving_a_session_tells_who_comes_and_who_waits_once_and_raises_the_version():
    page = make_session(capacity=1)
    sign_up(page)
    sign_up(page)
    page = SessionPage.objects.get(pk=page.pk)
    page.lead = "Other words."
    page.save_revision().publish()
    assert fresh(page).admission.calendar_sequence == 0
    page.starts_at += timedelta(hours=1)
    page.ends_at += timedelta(hours=1)
    page.save_revision().publish()
    page.save_revision().publish()
    assert fresh(page).admission.calendar_sequence == 1
    assert OutboxEntry.objects.filter(key__endswith=":changed:1").count() == 2
