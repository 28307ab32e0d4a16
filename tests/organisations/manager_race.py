"""Two managers of one organisation end each other's access at the same moment, in many organisations."""

from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.organisations.invitations import Invitee, accept, invite
from lnpo.organisations.membership import LastManagerError, leave, revoke
from lnpo.organisations.models import AccessRole, Invitation, JobRole, Membership, Organisation

PAIRS = 20
ROLE = {"job_role": "controller", "access_role": "manager"}


def prepare() -> None:
    from allauth.account.models import EmailAddress

    yesterday = timezone.localdate() - timedelta(days=1)
    for number in range(PAIRS):
        for kind in ("verb", "naive", "leave"):
            organisation = Organisation.objects.create(name=f"{kind} {number}", kind="swv")
            for side in range(2):
                user, _made = User.objects.get_or_create(email=f"m{number}-{side}@example.org")
                Membership.objects.create(user=user, organisation=organisation, starts_on=yesterday, **ROLE)
        guest = User.objects.create_user(f"guest{number}@example.org")
        EmailAddress.objects.create(user=guest, email=guest.email, verified=True, primary=True)
        host = User.objects.get(email=f"m{number}-0@example.org")
        invite(
            host,
            Organisation.objects.get(name=f"verb {number}"),
            Invitee(guest.email, JobRole.OTHER, AccessRole.READER),
        )


def _side(organisation: str, number: int, side: int) -> Membership:
    return Membership.objects.select_related("organisation", "user").get(
        organisation__name=organisation, user__email=f"m{number}-{side}@example.org"
    )


def attempt(worker: int, number: int, together: Callable[[], object]) -> str:
    """Each of the two workers is one of the managers of every pair, and an invited guest in two browsers."""
    me, other = (User.objects.get(email=f"m{number}-{side}@example.org") for side in (worker, 1 - worker))
    naive = _side(f"naive {number}", number, 1 - worker)
    left = Membership.objects.current().filter(organisation=naive.organisation).exclude(pk=naive.pk).exists()
    together()
    if left:
        Membership.objects.filter(pk=naive.pk).update(revoked_at=timezone.now())
    words = []
    for verb in (
        lambda: revoke(me, _side(f"verb {number}", number, 1 - worker)),
        lambda: leave(me, _side(f"leave {number}", number, worker)),
    ):
        try:
            verb()
            words.append("went")
        except (LastManagerError, PermissionDenied) as error:
            words.append(type(error).__name__)
    assert other.pk != me.pk
    try:
        guest = User.objects.get(email=f"guest{number}@example.org")
        accept(guest, Invitation.objects.get(email=guest.email))
        words.append("accepted")
    except Exception as error:
        words.append(type(error).__name__)
    return " ".join(words)


def _without_manager(kind: str) -> int:
    managed = Membership.objects.current().filter(access_role="manager").values("organisation")
    return Organisation.objects.filter(name__startswith=kind).exclude(pk__in=managed).count()


def outcome() -> dict[str, int]:
    guests = Membership.objects.filter(user__email__startswith="guest")
    return {
        "verb": _without_manager("verb"),
        "leave": _without_manager("leave"),
        "naive": _without_manager("naive"),
        "left in verb": Membership.objects.current()
        .filter(organisation__name__startswith="verb", access_role="manager")
        .count(),
        "guests": guests.count(),
        "guests twice": guests.count() - guests.values("user").distinct().count(),
    }
