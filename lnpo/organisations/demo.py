"""Demo content: themes, fictional organisations, and the cast that can sign in."""

from pathlib import Path
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from lnpo.accounts.models import User
from lnpo.accounts.staff import make_pos_editor, prepare_staff_groups
from lnpo.organisations import demo_entry
from lnpo.organisations.models import (
    CodeScheme,
    Membership,
    Organisation,
    OrganisationCode,
    OrganisationKind,
    OrganisationLink,
)
from lnpo.settings.environment import env
from lnpo.topics.models import Topic

CONTENT = Path(__file__).parent / "demo_content" / "organisations.yaml"
SECONDARY_SCHOOL_TYPES = {"vo", "pro", "vso"}


def demo_password() -> str:
    """The passphrase of everybody in the cast."""
    return env.str("DEMO_PASSWORD", default="lerend-netwerk-2026")


def demo_totp_secret() -> str:
    """The secret of Els's authenticator app (base32)."""
    return env.str("DEMO_TOTP_SECRET", default="LNPODEMO2345672345LNPODEMO234567")


@transaction.atomic
def load() -> None:
    """Make what is missing; what stands is left as it is, so that it may run twice."""
    content = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    for order, row in enumerate(content["themes"]):
        Topic.objects.get_or_create(
            key=row["key"], defaults={"title": row["title"], "intro": row["intro"], "sort_order": order}
        )
    _load_organisations(content["organisations"])
    prepare_staff_groups()
    for row in content["people"]:
        user = _person(row)
        organisation = OrganisationCode.objects.get(value=str(row["organisation"])).organisation
        Membership.objects.get_or_create(
            user=user,
            organisation=organisation,
            defaults={"job_role": row["job_role"], "access_role": row["access_role"]},
        )
    for row in content["staff"]:
        user = _person(row)
        make_pos_editor(user)
        if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            TOTP.activate(user, demo_totp_secret())
    demo_entry.load()


def _organisation(scheme: CodeScheme, code: str, **fields: Any) -> Organisation:
    found = OrganisationCode.objects.filter(scheme=scheme, value=code).select_related("organisation").first()
    if found:
        return found.organisation
    organisation = Organisation.objects.create(**fields)
    OrganisationCode.objects.create(organisation=organisation, scheme=scheme, value=code)
    return organisation


def _load_organisations(content: dict[str, list[dict[str, Any]]]) -> None:
    partnerships: dict[str, Organisation] = {}
    for row in content["partnerships"]:
        partnerships[row["code"]] = _organisation(
            CodeScheme.SWV,
            row["code"],
            kind=OrganisationKind.SWV,
            name=row["name"],
            sector=row["sector"],
            region=row["region"],
            pupils=row["pupils"],
        )
    boards: dict[str, tuple[Organisation, list[str]]] = {}
    for row in content["boards"]:
        board = _organisation(CodeScheme.BOARD, row["number"], kind=OrganisationKind.BOARD, name=row["name"])
        boards[row["number"]] = (board, row["partnerships"])
        for code in row["partnerships"]:
            OrganisationLink.objects.get_or_create(parent=partnerships[code], child=board)
    for row in content["schools"]:
        sector = "vo" if row["type"] in SECONDARY_SCHOOL_TYPES else "po"
        school = _organisation(
            CodeScheme.LOCATION,
            row["brin"] + row["location"],
            kind=OrganisationKind.SCHOOL,
            name=row["name"],
            sector=sector,
            place=row["place"],
        )
        board, codes = boards[row["board"]]
        OrganisationLink.objects.get_or_create(parent=board, child=school)
        for code in codes:
            if partnerships[code].sector == sector:
                OrganisationLink.objects.get_or_create(parent=partnerships[code], child=school)


def _person(row: dict[str, Any]) -> User:
    user, made = User.objects.get_or_create(
        email=row["email"],
        defaults={
            "first_name": row["first_name"],
            "last_name": row["last_name"],
            "job_title": row.get("job_title", ""),
        },
    )
    if made:
        user.set_password(demo_password())
        user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user
