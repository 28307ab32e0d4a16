"""The verbs: register, cancel, and who moves up."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from lnpo.audit.models import AuditEntry
from lnpo.outbox.models import OutboxEntry
from sessions import refusals
from sessions import registration as verbs
from sessions.enums import AttendanceForm, RegistrationState, SessionFormat
from sessions.models import Registration
from tests.sessions.factories import fresh, make_session, member, sign_up

pytestmark = pytest.mark.django_db


def mails_waiting():
    """Outbox rows of sessions: publishing a page posts rows of its own."""
    return OutboxEntry.objects.filter(kind="session.mail")


def state_of(registration):
    return Registration.objects.get(pk=registration.pk).state


def keys():
    return sorted(key.split(":", 2)[2] for key in mails_waiting().values_list("key", flat=True))


def test_member_gets_a_seat_with_trail_and_mail_in_one_go():
    page = make_session(capacity=2)
    registration = sign_up(page)
    assert registration.state == RegistrationState.CONFIRMED
    assert fresh(page).all_pools[0].taken == 1
    assert AuditEntry.objects.about(registration).get().action == "registration.confirmed"
    assert mails_waiting().get().key == f"session.mail:{registration.pk}:confirmed:1"


def test_member_goes_on_the_waiting_list_when_the_session_is_full():
    page = make_session(capacity=1)
    sign_up(page)
    second, third = sign_up(page), sign_up(page)
    assert second.state == third.state == RegistrationState.WAITING
    places = Registration.objects.with_place().in_queue().values_list("pk", "place")
    assert list(places) == [(second.pk, 1), (third.pk, 2)]
    assert (fresh(page).all_pools[0].taken, fresh(page).all_pools[0].waiting) == (1, 2)


def test_a_seat_that_comes_free_goes_to_the_first_in_line():
    page = make_session(capacity=1)
    first, second, third = sign_up(page), sign_up(page), sign_up(page)
    assert verbs.cancel(first.user, first)
    assert state_of(second) == RegistrationState.CONFIRMED
    assert state_of(third) == RegistrationState.WAITING
    pool = fresh(page).all_pools[0]
    assert (pool.taken, pool.waiting) == (1, 1)
    assert keys() == ["cancelled:2", "confirmed:1", "promoted:2", "waiting:1", "waiting:1"]


def test_somebody_who_waits_and_cancels_frees_no_seat():
    page = make_session(capacity=1)
    first, second, third = sign_up(page), sign_up(page), sign_up(page)
    verbs.cancel(second.user, second)
    assert state_of(first) == RegistrationState.CONFIRMED
    assert state_of(third) == RegistrationState.WAITING
    assert fresh(page).all_pools[0].waiting == 1


def test_registering_twice_gives_the_same_registration_back():
    page, who = make_session(), member()
    first = sign_up(page, who)
    again, created = verbs.register(who.user, fresh(page), who.organisation)
    assert (again, created) == (first, False)
    assert mails_waiting().count() == 1


def test_a_double_click_that_passes_the_first_look_is_stopped_by_the_constraint(monkeypatch):
    page, who = make_session(), member()
    first = sign_up(page, who)
    monkeypatch.setattr(Registration, "is_live", False)  # the look before the transaction saw nothing
    again, created = verbs.register(who.user, fresh(page), who.organisation)
    assert (again, created) == (first, False)
    assert fresh(page).all_pools[0].taken == 1


def test_the_database_itself_refuses_a_second_live_registration():
    first = sign_up(make_session())
    first.pk = None
    with pytest.raises(IntegrityError):
        first.save(force_insert=True)


def test_cancelling_twice_is_harmless():
    page = make_session()
    registration = sign_up(page)
    assert verbs.cancel(registration.user, registration)
    assert not verbs.cancel(registration.user, registration)
    assert fresh(page).all_pools[0].taken == 0


def test_coming_back_after_cancelling_makes_a_new_registration_with_a_higher_version():
    page, who = make_session(), member()
    first = sign_up(page, who)
    verbs.cancel(who.user, first)
    second = sign_up(page, who)
    assert second.pk != first.pk
    assert second.version == 3


def test_nobody_registers_for_an_organisation_of_others():
    page, who, other = make_session(), member(), member()
    with pytest.raises(refusals.NotAMemberError):
        verbs.register(who.user, page, other.organisation)


def test_a_membership_that_ended_yesterday_counts_no_more():
    page, who = make_session(), member()
    who.starts_on = who.ends_on = timezone.localdate() - timedelta(days=1)
    who.save()
    with pytest.raises(refusals.NotAMemberError):
        verbs.register(who.user, page, who.organisation)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"opens_at": timezone.now() + timedelta(days=1)}, refusals.NotYetOpenError),
        ({"closes_at": timezone.now() - timedelta(days=1)}, refusals.RegistrationClosedError),
        ({"days": -2}, refusals.RegistrationClosedError),
        ({"days": -0.05}, refusals.RegistrationClosedError),
    ],
)
def test_outside_the_registration_period_nobody_gets_in(fields, error):
    with pytest.raises(error):
        sign_up(make_session(**fields))
    assert not Registration.objects.exists()


def test_nobody_cancels_for_somebody_else():
    registration, other = sign_up(make_session()), member()
    with pytest.raises(PermissionDenied):
        verbs.cancel(other.user, registration)


def test_after_the_last_day_only_pos_can_cancel(cast):
    from sessions.permissions import grant_staff_permissions

    grant_staff_permissions(cast.els.groups.get())
    registration = sign_up(make_session(cancel_until=timezone.localdate() - timedelta(days=1)))
    with pytest.raises(refusals.CancellationClosedError):
        verbs.cancel(registration.user, registration)
    assert verbs.cancel(cast.els, registration, reason="Rang op 1 december.")
    assert (
        AuditEntry.objects.about(registration).get(action="registration.cancelled").reason
        == "Rang op 1 december."
    )


def test_a_hybrid_session_has_two_pools_and_each_is_counted_apart():
    page = make_session(capacity=1, format=SessionFormat.HYBRID, venue="De Linde")
    who, other = member(), member()
    on_site, _ = verbs.register(who.user, fresh(page), who.organisation, form=AttendanceForm.ON_SITE)
    online, _ = verbs.register(other.user, fresh(page), other.organisation, form=AttendanceForm.ONLINE)
    assert on_site.state == online.state == RegistrationState.CONFIRMED
    assert [pool.taken for pool in fresh(page).all_pools] == [1, 1]


def test_consents_are_changed_at_any_time_and_time_stamped():
    registration = sign_up(make_session())
    verbs.change_answers(registration.user, registration, verbs.Answers("Hoe?", True, True))
    registration.refresh_from_db()
    assert registration.consented_at
    verbs.change_answers(registration.user, registration, verbs.Answers("Hoe?", False, False))
    registration.refresh_from_db()
    assert registration.consented_at is None
    assert AuditEntry.objects.filter(action="registration.consent_changed").count() == 2
    with pytest.raises(PermissionDenied):
        verbs.change_answers(member().user, registration, verbs.Answers())


def test_people_see_their_own_registrations_and_pos_sees_all(cast):
    from sessions.permissions import grant_staff_permissions

    grant_staff_permissions(cast.els.groups.get())
    mine, theirs = sign_up(make_session()), sign_up(make_session())
    assert list(Registration.objects.visible_to(mine.user)) == [mine]
    assert set(Registration.objects.visible_to(cast.els)) == {mine, theirs}
    assert not Registration.objects.visible_to(cast.daan).exists()
    assert not Registration.objects.visible_to(cast.nobody).exists()
