"""Whatever happens in whatever order, the counts are right and nobody is passed over."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from sessions.enums import RegistrationState
from sessions.models import Registration, SeatPool
from sessions.permissions import grant_staff_permissions
from sessions.registration import cancel, register
from sessions.seats import change_seats, miscounted, seats_of
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.sessions.factories import fresh, make_session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_events_keeps_every_promise(cast, seed):
    grant_staff_permissions(cast.els.groups.get())
    dice = random.Random(seed)
    page = make_session(capacity=4)
    people = [
        MembershipFactory(organisation=org) for org in OrganisationFactory.create_batch(3) for _ in range(4)
    ]
    highest_allowed = 4
    for _ in range(60):
        pool = SeatPool.objects.get(page=page)
        event = dice.choice(["register", "register", "cancel", "capacity"])
        if event == "register":
            membership = dice.choice(people)
            register(membership.user, fresh(page), membership.organisation)
        elif event == "cancel" and (live := list(Registration.objects.live().order_by("pk"))):
            registration = dice.choice(live)
            cancel(registration.user, registration)
        elif event == "capacity":
            limit = dice.choice([None, None, 1, 2])
            change_seats(cast.els, pool, dice.randint(0, 8), limit, timezone.localdate() + timedelta(days=1))
        pool.refresh_from_db()
        highest_allowed = max(pool.capacity, min(highest_allowed, pool.taken))
        assert miscounted() == []
        assert pool.taken <= highest_allowed  # above the capacity only by lowering it
        limit, held = pool.limit_on(timezone.localdate()), seats_of(pool)
        for waiting in Registration.objects.in_queue().filter(pool=pool):
            barred = limit is not None and held[str(waiting.organisation_id)] >= limit
            assert not pool.free or barred  # nobody waits for a seat that is theirs
    assert set(Registration.objects.live().values_list("state", flat=True)) <= {
        RegistrationState.CONFIRMED,
        RegistrationState.WAITING,
    }
