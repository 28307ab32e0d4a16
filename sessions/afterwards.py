"""What the page of a session shows on the day and afterwards."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from lnpo.organisations.permissions import is_member
from sessions.attendance import is_check_in_time
from sessions.groups import own_group
from sessions.harvest import Harvest, harvest_of
from sessions.materials import materials_for, may_read_report
from sessions.models import Certificate, EvaluationTicket, Material, SessionPage
from sessions.permissions import may_run_sessions, may_see_participants

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User


@dataclass(frozen=True)
class Link:
    """Something that whoever looks can do."""

    text: str
    url: str


@dataclass(frozen=True)
class Afterwards:
    """What there is for whoever looks."""

    may_read_report: bool
    materials: list[Material]
    harvest: list[Harvest]
    links: list[Link]
    runs: bool


def afterwards(page: SessionPage, user: "User | AnonymousUser", has_seat: bool) -> Afterwards:
    """Materials, practice and links; a preview of a new page has none."""
    if page.pk is None or not page.slug:
        return Afterwards(True, [], [], [], False)
    return Afterwards(
        may_read_report(user, page),
        list(materials_for(user, page)),
        harvest_of(page, user),
        _links(page, user, has_seat),
        may_run_sessions(user),
    )


def _links(page: SessionPage, user: "User | AnonymousUser", has_seat: bool) -> list[Link]:
    if not user.is_authenticated:
        return []
    links = []
    if may_see_participants(user) and is_member(user):
        links.append(_link(_("Participants"), "participants", page))
    if has_seat and (not page.is_past or is_check_in_time(page)):
        links.append(_link(_("At the door: my QR code"), "check_in", page))
    if has_seat and page.is_past:
        links += _looking_back(page, user)
    if has_seat and own_group(user, page):
        links.append(_link(_("Your group of three"), "group", page))
    return links


def _looking_back(page: SessionPage, user: "User") -> list[Link]:
    links = []
    if Certificate.objects.valid().filter(registration__page=page, registration__user=user).exists():
        links.append(_link(_("My certificate (PDF)"), "certificate", page))
    ticket = EvaluationTicket.objects.filter(registration__page=page, registration__user=user, used=False)
    if ticket.exists():
        links.append(_link(_("Answer the evaluation"), "evaluation", page))
    return links


def _link(text: str, name: str, page: SessionPage) -> Link:
    return Link(text, reverse(f"sessions:{name}", args=[page.slug]))
