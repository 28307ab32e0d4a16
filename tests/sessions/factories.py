"""Builders of sessions and registrations, with traits."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page, Site

from lnpo.organisations.models import Organisation
from lnpo.topics.models import Topic
from sessions.models import Admission, Registration, SeatPool, SessionIndexPage, SessionPage
from sessions.registration import Answers, register
from tests.organisations.factories import MembershipFactory


def make_index() -> SessionIndexPage:
    """The page /sessies/, made once."""
    found = SessionIndexPage.objects.first()
    if found:
        return found
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    parent = site.root_page if site else Page.objects.get(depth=1)
    return parent.add_child(instance=SessionIndexPage(title="Sessies", slug="sessies"))


def make_session(capacity: int = 30, days: float = 21, topic: str = "doelmatigheid", **fields) -> SessionPage:
    """A published session that starts ``days`` from now; past when negative."""
    admission = {key: fields.pop(key) for key in ("opens_at", "closes_at", "cancel_until") if key in fields}
    number = SessionPage.objects.count() + 1
    starts_at = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    values = {
        "title": f"Session {number}",
        "slug": f"sessie-{number}",
        "topic": Topic.objects.get_or_create(key=topic, defaults={"title": topic.title()})[0],
        "lead": "What it is about.",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "meeting_link": "https://meet.example.org/secret-room",
        **fields,
    }
    page = make_index().add_child(instance=SessionPage(**values))
    page.save_revision().publish()
    SeatPool.objects.filter(page=page).update(capacity=capacity)
    Admission.objects.filter(page=page).update(**admission)
    return fresh(page)


def fresh(page: SessionPage) -> SessionPage:
    """The page as a new request reads it."""
    return SessionPage.objects.with_seats().get(pk=page.pk)


def member(organisation: Organisation | None = None):
    """A person with a membership; of a new organisation when none is given."""
    return MembershipFactory(**({"organisation": organisation} if organisation else {}))


def sign_up(page: SessionPage, membership=None, answers: Answers | None = None) -> Registration:
    """Somebody registers, through the verb."""
    membership = membership or member()
    registration, created = register(membership.user, fresh(page), membership.organisation, answers)
    assert created
    return registration
