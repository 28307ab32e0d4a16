"""The cast of every access test: two SWV's, a board and a school of the first, and POS."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import AnonymousUser

from lnpo.accounts.models import User
from lnpo.accounts.staff import make_pos_editor, prepare_staff_groups
from lnpo.organisations.models import AccessRole, JobRole, Organisation, OrganisationKind
from tests.organisations.factories import LinkFactory, MembershipFactory, OrganisationFactory, UserFactory

PASSWORD = "lerend-netwerk-2026"


@dataclass
class Cast:
    """Who takes part; named as in the demo."""

    swv: Organisation
    board: Organisation
    school: Organisation
    other_swv: Organisation
    anna: User  # director of the SWV, manager
    bram: User  # quality officer there, contributor
    rita: User  # reader there
    carla: User  # executive of the board, manager there
    femke: User  # head teacher of the school, manager there
    daan: User  # director of the other SWV: the outsider
    els: User  # POS editor with a second factor
    nobody: AnonymousUser


def _person(name: str, organisation: Organisation, job: JobRole, access: AccessRole) -> User:
    user = UserFactory(email=f"{name.lower()}@example.org", first_name=name, last_name="Voorbeeld")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    MembershipFactory(user=user, organisation=organisation, job_role=job, access_role=access)
    return user


def make_cast() -> Cast:
    """The cast in the database."""
    swv = OrganisationFactory(name="SWV Lindestreek")
    board = OrganisationFactory(kind=OrganisationKind.BOARD, name="Stichting Lindeboomscholen")
    school = OrganisationFactory(kind=OrganisationKind.SCHOOL, name="Basisschool De Vlier")
    other_swv = OrganisationFactory(name="SWV De Zilverkust")
    for parent, child in ((swv, board), (swv, school), (board, school)):
        LinkFactory(parent=parent, child=child)
    prepare_staff_groups()
    els = UserFactory(email="els@example.org", first_name="Els", last_name="Voorbeeld")
    els.set_password(PASSWORD)
    els.save()
    EmailAddress.objects.create(user=els, email=els.email, verified=True, primary=True)
    make_pos_editor(els)
    TOTP.activate(els, generate_totp_secret())
    return Cast(
        swv=swv,
        board=board,
        school=school,
        other_swv=other_swv,
        anna=_person("Anna", swv, JobRole.SWV_DIRECTOR, AccessRole.MANAGER),
        bram=_person("Bram", swv, JobRole.QUALITY_OFFICER, AccessRole.CONTRIBUTOR),
        rita=_person("Rita", swv, JobRole.CONSULTANT, AccessRole.READER),
        carla=_person("Carla", board, JobRole.BOARD_EXECUTIVE, AccessRole.MANAGER),
        femke=_person("Femke", school, JobRole.HEAD_TEACHER, AccessRole.MANAGER),
        daan=_person("Daan", other_swv, JobRole.SWV_DIRECTOR, AccessRole.MANAGER),
        els=els,
        nobody=AnonymousUser(),
    )
