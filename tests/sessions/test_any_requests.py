"""Whatever people and POS send in whatever order, over HTTP: never more people than seats."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from sessions.enums import SessionFormat
from sessions.models import Admission, HandOver, Registration, SeatPool
from sessions.permissions import grant_staff_permissions
from sessions.seats import miscounted
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.sessions.factories import make_session

pytestmark = pytest.mark.django_db

PEOPLE = st.integers(0, 5)
POOLS = st.sampled_from(["on_site", "online"])


def client_for(user):
    client = Client()
    client.force_login(user)
    return client


class Requests(RuleBasedStateMachine):
    """Six people of two organisations and POS around one hybrid session that offers its seats or not."""

    staff_user = None

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.page = make_session(capacity=2, format=SessionFormat.HYBRID, venue="De Linde")
        swvs = OrganisationFactory.create_batch(2)
        self.people = [client_for(MembershipFactory(organisation=swvs[n % 2]).user) for n in range(6)]
        self.els = client_for(self.staff_user)
        self.allowed = dict(SeatPool.objects.filter(page=self.page).values_list("form", "capacity"))

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        cache.clear()

    def send(self, client, name, data=None):
        answer = client.post(reverse(f"sessions:{name}", args=[self.page.slug]), data or {})
        assert answer.status_code in (200, 302, 404, 409), (name, answer.status_code)

    @rule(who=PEOPLE, form=POOLS)
    def register(self, who, form):
        self.send(self.people[who], "register", {"attendance": form})

    @rule(who=PEOPLE, name=st.sampled_from(["cancel", "accept", "switch", "hand_over"]))
    def act(self, who, name):
        self.send(self.people[who], name)

    @rule(who=PEOPLE)
    def take_over(self, who):
        for link in HandOver.objects.all()[:1]:
            address = reverse("sessions:take_over", args=[link.pk, link.token])
            assert self.people[who].post(address).status_code in (302, 404, 409)

    @rule(form=POOLS, capacity=st.integers(0, 4), limit=st.sampled_from(["", "1"]))
    def change_capacity(self, form, capacity, limit):
        pool = SeatPool.objects.get(page=self.page, form=form)
        answer = self.els.post(
            reverse("session_seats:edit", args=[pool.pk]),
            {"capacity": capacity, "seats_per_organisation": limit, "limited_until": ""},
        )
        assert answer.status_code == 302

    @rule(offers=st.booleans())
    def change_offers(self, offers):
        Admission.objects.filter(page=self.page).update(offers_seats=offers)

    @invariant()
    def no_more_people_than_seats(self):
        """Above the capacity only by lowering it, and then never by one more."""
        assert miscounted() == []
        for pool in SeatPool.objects.filter(page=self.page):
            ceiling = max(pool.capacity, min(self.allowed[pool.form], pool.taken))
            assert pool.taken <= ceiling
            self.allowed[pool.form] = ceiling
            confirmed = Registration.objects.confirmed().filter(pool=pool).count()
            assert confirmed <= ceiling

    @invariant()
    def nobody_has_two_places(self):
        live = Registration.objects.live().values_list("user", flat=True)
        assert len(live) == len(set(live))


def test_no_order_of_requests_gives_more_seats_than_there_are(cast):
    grant_staff_permissions(cast.els.groups.get())
    Requests.staff_user = cast.els
    run_state_machine_as_test(
        Requests,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
