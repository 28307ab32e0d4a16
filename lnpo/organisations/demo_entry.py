"""Demo content of how people and organisations come, go on and end: every state of it once."""

from datetime import date, timedelta

from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.organisations.directory import close
from lnpo.organisations.invitations import Invitee, invite
from lnpo.organisations.joining import Asker, ask, ask_as, confirm
from lnpo.organisations.membership import grant
from lnpo.organisations.merging import merge
from lnpo.organisations.models import (
    AccessRole,
    CodeScheme,
    FormerName,
    Invitation,
    JobRole,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationCode,
    OrganisationKind,
    OrganisationLink,
    today,
)
from lnpo.outbox.models import OutboxEntry

SECOND_SCHOOL, MERGED, CLOSED = "99AA01", "99AK00", "99AL00"


def load() -> None:
    """Make what is missing; may run twice. The cast and the organisations are there."""
    if FormerName.objects.filter(name="WSNS Lindestreek").exists():
        return
    people = {name: User.objects.get(email=f"{name}@example.org") for name in CAST}
    _history(people["els"])
    _people(people)
    _invitations(people)
    _requests(people)
    # Loading the demo mails nobody; an invitation can be sent again from its page.
    OutboxEntry.objects.filter(kind__startswith="organisations.").delete()


CAST = ("anna", "bram", "carla", "femke", "els")


def _by(code: str) -> Organisation:
    return OrganisationCode.objects.select_related("organisation").get(value=code).organisation


def _history(els: User) -> None:
    """A former name, a school that went on in another, and one that ends with the school year."""
    swv = _by("PO9901")
    FormerName.objects.create(organisation=swv, name="WSNS Lindestreek", until=date(2014, 7, 31))
    board = _by("99001")
    for code, name in ((MERGED, "Basisschool De Wilg"), (CLOSED, "Basisschool Klein Lindenveld")):
        school = Organisation.objects.create(
            kind=OrganisationKind.SCHOOL, name=name, sector="po", place="Lindenveld"
        )
        OrganisationCode.objects.create(organisation=school, scheme=CodeScheme.LOCATION, value=code)
        for parent in (board, swv):
            OrganisationLink.objects.create(parent=parent, child=school, starts_on=date(2016, 8, 1))
    merge(els, _by(MERGED), _by(SECOND_SCHOOL), "Samen verder op de locatie Molenwijk.")
    day = today()
    ends_on = date(day.year + (day.month > 7), 7, 31)
    close(els, _by(CLOSED), ends_on, "Te weinig leerlingen; de school stopt na dit schooljaar.")


def _people(people: dict[str, User]) -> None:
    """Somebody who works at two schools, a deputy with a last day, and somebody who left."""
    swv = _by("PO9901")
    grant(people["els"], people["femke"], _by(SECOND_SCHOOL), JobRole.HEAD_TEACHER, AccessRole.MANAGER)
    noor = _colleague("noor@example.org", "Noor", "Hendriks")
    grant(
        people["anna"],
        noor,
        swv,
        JobRole.QUALITY_OFFICER,
        AccessRole.READER,
        today() + timedelta(days=60),
        people["bram"],
    )
    left = _colleague("joost@example.org", "Joost", "Kuipers")
    Membership.objects.create(
        user=left,
        organisation=swv,
        job_role=JobRole.CONTROLLER,
        access_role=AccessRole.CONTRIBUTOR,
        starts_on=today() - timedelta(days=700),
        ends_on=today() - timedelta(days=120),
    )


def _colleague(email: str, first_name: str, last_name: str) -> User:
    """Somebody who has not signed in yet."""
    user = User.objects.filter(email=email).first()
    return user or User.objects.create_user(email, first_name=first_name, last_name=last_name)


def _invitations(people: dict[str, User]) -> None:
    """One that is open, one whose link has run out, and one of a board for its school."""
    swv = _by("PO9901")
    invite(
        people["anna"],
        swv,
        Invitee("ingrid.smit@example.org", JobRole.CONTROLLER, AccessRole.CONTRIBUTOR, "Ingrid", "Smit"),
    )
    late = invite(
        people["anna"],
        _by("99002"),
        Invitee("peter.dekker@example.org", JobRole.BOARD_EXECUTIVE, AccessRole.MANAGER, "Peter", "Dekker"),
    )
    Invitation.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(days=3))
    invite(
        people["carla"],
        _by("99AB00"),
        Invitee("marieke.jansen@example.org", JobRole.HEAD_TEACHER, AccessRole.MANAGER, "Marieke", "Jansen"),
    )


def _requests(people: dict[str, User]) -> None:
    """Two that wait for Anna, and one of which POS says which organisation is meant."""
    swv = _by("PO9901")
    vera = Asker(
        "vera.postma@example.org",
        "Vera",
        "Postma",
        JobRole.CONSULTANT,
        "Ik werk sinds augustus als consulent bij jullie.",
    )
    _asked(vera, swv.name)
    _asked(
        Asker("rob.mulder@example.org", "Rob", "Mulder", JobRole.HEAD_TEACHER, "Voorheen De Wilg."),
        "De Regenboog in Lindenveld",
    )
    ask_as(
        people["carla"],
        swv,
        JobRole.COUNCIL_MEMBER,
        "Ik zit in de ondersteuningsplanraad.",
    )


def _asked(asker: Asker, organisation: str) -> None:
    ask(asker, organisation)
    confirm(JoinRequest.objects.get(email=asker.email))
