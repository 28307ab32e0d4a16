"""The race for 30 seats: once through the verb, once by counting first (which must fail), and a mixed one."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.organisations.models import Membership, Organisation
from sessions.enums import RegistrationState
from sessions.models import Registration, SessionPage
from sessions.registration import cancel, register
from sessions.seats import miscounted
from tests.sessions.factories import make_session

SEATS = 30
PEOPLE = 160
FIRST = 20
"""People who are in at the start of the mixed race, and cancel during it."""


def prepare() -> None:
    organisation = Organisation.objects.create(name="SWV", kind="swv")
    people = User.objects.bulk_create(
        User(email=f"racer{n}@example.org", last_name=str(n)) for n in range(PEOPLE)
    )
    Membership.objects.bulk_create(
        Membership(
            user=user,
            organisation=organisation,
            job_role="controller",
            starts_on=timezone.localdate() - timedelta(1),
        )
        for user in people
    )
    make_session(capacity=SEATS, slug="verb")
    make_session(capacity=SEATS, slug="naive")
    mixed = make_session(capacity=FIRST, slug="mixed")
    for user in people[:FIRST]:
        register(user, mixed, organisation)


def _user(number: int) -> User:
    return User.objects.get(email=f"racer{number}@example.org")


def attempt(worker: int, number: int, together: Callable[[], object]) -> str:
    """Everybody tries all three sessions once; nobody twice."""
    user = _user(worker * 20 + number)
    organisation = Organisation.objects.get()
    naive = _count_then_insert(user, organisation, together)
    registration, created = register(user, SessionPage.objects.with_seats().get(slug="verb"), organisation)
    assert created
    _mixed(user, organisation)
    return f"verb {registration.state}, naive {naive}"


def _count_then_insert(user: User, organisation: Organisation, together: Callable[[], object]) -> str:
    """The negative control: everybody looks first, then acts, as if nobody else were there."""
    page = SessionPage.objects.with_seats().get(slug="naive")
    room = Registration.objects.confirmed().filter(page=page).count() < SEATS
    together()
    state = RegistrationState.CONFIRMED if room else RegistrationState.WAITING
    Registration.objects.create(
        pool=page.all_pools[0],
        page=page,
        user=user,
        organisation=organisation,
        job_role="controller",
        state=state,
    )
    return state.value


def _mixed(user: User, organisation: Organisation) -> None:
    """Those who are in cancel, the others register, all at once."""
    page = SessionPage.objects.with_seats().get(slug="mixed")
    mine = (
        Registration.objects.live()
        .filter(page=page, user=user)
        .select_related("page__admission", "pool")
        .first()
    )
    if mine:
        cancel(user, mine)
    else:
        register(user, page, organisation)


def outcome() -> dict[str, object]:
    def confirmed(slug: str) -> int:
        return Registration.objects.confirmed().filter(page__slug=slug).count()

    seated = Registration.objects.confirmed().filter(page__slug="mixed").order_by("-queued_at").first()
    waiting = Registration.objects.in_queue().filter(page__slug="mixed").first()
    pool = SessionPage.objects.get(slug="verb").all_pools[0]
    return {
        "confirmed": confirmed("verb"),
        "waiting": Registration.objects.in_queue().filter(page__slug="verb").count(),
        "counted": [pool.taken, pool.waiting],
        "naive": confirmed("naive"),
        "mixed": confirmed("mixed"),
        "first in, first served": bool(seated and waiting and seated.queued_at < waiting.queued_at),
        "miscounted": [
            line
            for line in miscounted()
            if str(SessionPage.objects.get(slug="naive").pools.get().pk) not in line
        ],
    }
