"""Switching, moving by staff, and handing a seat over."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from lnpo.audit.models import AuditEntry
from lnpo.outbox import delivery
from sessions.enums import AttendanceForm, SessionFormat
from sessions.handing_over import offer_to_colleague, take_over
from sessions.models import Admission, HandOver, Registration, SeatPool
from sessions.moving import move, switch_form
from sessions.permissions import grant_staff_permissions
from sessions.refusals import NoSeatThereError, NoSwitchError, NotToHandOverError
from sessions.registration import register
from sessions.seats import change_capacity, miscounted
from tests.sessions.factories import fresh, make_session, member, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def els(cast):
    grant_staff_permissions(cast.els.groups.get())
    return cast.els


def hybrid(on_site, online):
    page = make_session(capacity=on_site, format=SessionFormat.HYBRID, venue="De Linde")
    SeatPool.objects.filter(page=page, form="online").update(capacity=online)
    return fresh(page)


def enter(page, form, membership=None):
    membership = membership or member()
    return register(membership.user, fresh(page), membership.organisation, form=AttendanceForm(form))[0]


def state(row):
    row.refresh_from_db()
    return row.state, row.pool.form


def test_switching_gives_the_seat_that_is_left_to_the_next_in_line():
    page = hybrid(1, 2)
    first, second = enter(page, "on_site"), enter(page, "on_site")
    assert switch_form(first.user, first, AttendanceForm.ONLINE)
    assert (state(first), state(second)) == (("confirmed", "online"), ("confirmed", "on_site"))
    assert miscounted() == []


def test_who_waits_can_take_a_free_seat_on_the_other_side():
    page = hybrid(1, 1)
    enter(page, "on_site")
    waiting = enter(page, "on_site")
    assert switch_form(waiting.user, waiting, AttendanceForm.ONLINE)
    assert state(waiting) == ("confirmed", "online")
    assert miscounted() == []


def test_a_full_other_side_or_a_session_without_switch_changes_nothing(client_of):
    page = hybrid(2, 1)
    enter(page, "online")
    row = enter(page, "on_site")
    with pytest.raises(NoSeatThereError):
        switch_form(row.user, row, AttendanceForm.ONLINE)
    address = reverse("sessions:switch", args=[page.slug])
    assert client_of(row.user).get(address).status_code == 200
    assert client_of(row.user).post(address).status_code == 302
    Admission.objects.filter(page=page).update(may_switch=False)
    again = Registration.objects.get(pk=row.pk)
    with pytest.raises(NoSwitchError):
        switch_form(row.user, again, AttendanceForm.ONLINE)
    assert client_of(row.user).get(address).status_code == 404
    assert state(row) == ("confirmed", "on_site")


def test_staff_moves_somebody_ahead_of_the_line_with_a_reason_that_is_kept(els, cast):
    page = make_session(capacity=1)
    sign_up(page)
    row = sign_up(page)
    with pytest.raises(PermissionDenied):
        move(cast.anna, row, row.pool, "Ik wil")
    with pytest.raises(NoSeatThereError):
        move(els, row, fresh(page).all_pools[0], "Spreekt die middag")
    move(els, row, fresh(page).all_pools[0], "Spreekt die middag", beyond_capacity=True)
    assert state(row)[0] == "confirmed"
    assert AuditEntry.objects.get(action="registration.moved").reason == "Spreekt die middag"
    assert miscounted() == []


def test_staff_moves_somebody_to_another_date_with_answers_and_frees_the_seat(els):
    page, other = make_session(capacity=1), make_session(capacity=1)
    row, waiting = sign_up(page), sign_up(page)
    Registration.objects.filter(pk=row.pk).update(learning_question="Hoe?")
    row.refresh_from_db()
    moved = move(els, row, other.all_pools[0], "Andere datum")
    assert (moved.page_id, moved.state, moved.learning_question) == (other.pk, "confirmed", "Hoe?")
    assert (state(row)[0], state(waiting)[0]) == ("cancelled", "confirmed")
    assert miscounted() == []
    delivery.sweep()
    assert len([m for m in mail.outbox if m.to == [row.user.email]]) == 2


@pytest.fixture
def seat(cast):
    page = make_session(capacity=1)
    giver = register(cast.anna, fresh(page), cast.swv)[0]
    waiting = [sign_up(page), sign_up(page)]
    delivery.sweep()
    mail.outbox.clear()
    return page, giver, waiting


def address_of(link):
    return reverse("sessions:take_over", args=[link.pk, link.token])


def test_a_seat_changes_hands_and_the_line_stays_as_it_is(seat, cast, client_of):
    page, giver, _waiting = seat
    before = [row.pk for row in Registration.objects.in_queue()]
    own = reverse("sessions:hand_over", args=[page.slug])
    assert client_of(cast.anna).post(own).status_code == 302
    link = HandOver.objects.get()
    assert link.token in client_of(cast.anna).get(own).content.decode()
    assert client_of(cast.bram).get(address_of(link)).status_code == 200
    assert client_of(cast.bram).post(address_of(link)).status_code == 302
    assert Registration.objects.get(user=cast.bram).state == "confirmed"
    assert state(giver)[0] == "cancelled"
    assert [row.pk for row in Registration.objects.in_queue()] == before
    assert miscounted() == []
    delivery.sweep()
    sent = {message.to[0]: message for message in mail.outbox}
    assert set(sent) == {"anna@example.org", "bram@example.org"}
    taken_away = Calendar.from_ical(sent["anna@example.org"].attachments[0][1])
    assert taken_away["METHOD"] == "CANCEL"
    assert client_of(cast.bram).get(address_of(link)).status_code == 404


def test_the_link_is_for_colleagues_only_and_dies_when_taken_back(seat, cast, client_of):
    page, giver, _waiting = seat
    link = offer_to_colleague(cast.anna, giver)
    for outsider in (cast.daan, cast.carla, cast.femke, cast.els):
        assert client_of(outsider).get(address_of(link)).status_code == 404
        assert client_of(outsider).post(address_of(link)).status_code == 404
    wrong = reverse("sessions:take_over", args=[link.pk, link.token[:-2] + "AA"])
    assert client_of(cast.bram).get(wrong).status_code == 404
    client_of(cast.anna).post(reverse("sessions:hand_over", args=[page.slug]), {"withdraw": "1"})
    assert client_of(cast.bram).post(address_of(link)).status_code == 404
    with pytest.raises(NotToHandOverError):
        take_over(cast.bram, link)


def test_a_colleague_who_waits_leaves_the_line_with_the_seat(cast):
    page = make_session(capacity=1)
    giver = register(cast.anna, fresh(page), cast.swv)[0]
    colleague = register(cast.bram, fresh(page), cast.swv)[0]
    taken = take_over(cast.bram, offer_to_colleague(cast.anna, giver))
    assert (taken.pk, taken.state) == (colleague.pk, "confirmed")
    assert miscounted() == []


def test_a_seat_is_not_handed_over_once_the_session_began_or_to_who_has_one(cast, els):
    page = make_session(capacity=5)
    giver = register(cast.anna, fresh(page), cast.swv)[0]
    link = offer_to_colleague(cast.anna, giver)
    register(cast.bram, fresh(page), cast.swv)
    with pytest.raises(NotToHandOverError):
        take_over(cast.bram, link)
    type(page).objects.filter(pk=page.pk).update(starts_at=timezone.now() - timedelta(hours=1))
    link.refresh_from_db()
    with pytest.raises(NotToHandOverError):
        take_over(cast.rita, HandOver.objects.select_related("registration__page").get())
    assert change_capacity(els, fresh(page).all_pools[0], 9) == []


def test_who_switches_gets_a_mail_with_the_other_place():
    page = hybrid(1, 2)
    row = enter(page, "on_site")
    delivery.sweep()
    mail.outbox.clear()
    assert switch_form(row.user, row, AttendanceForm.ONLINE)
    delivery.sweep()
    (told,) = [message for message in mail.outbox if message.to == [row.user.email]]
    assert told.alternatives
    assert any(part.get_filename() == "sessie.ics" for part in told.message().walk())
