"""Demo content: a series of three dates with questions, two pools, seats on offer and mails of its own."""

from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from lnpo.organisations.models import Membership
from lnpo.topics.models import Topic
from sessions.demo import agenda_item, at, day_from_now
from sessions.enums import RegistrationState
from sessions.models import (
    Admission,
    Answer,
    MailPlan,
    Question,
    Registration,
    SeatPool,
    SessionIndexPage,
    SessionPage,
    SessionSeries,
)

CONTENT = Path(__file__).parent / "demo_content" / "series.yaml"


def load_series(people: list[Membership]) -> None:
    """Make what is missing; may run twice."""
    content = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    row = content["series"]
    series, new = SessionSeries.objects.get_or_create(
        slug=row["slug"],
        defaults={"title": row["title"], "lead": row["lead"], "most_dates_per_person": 1},
    )
    if new:
        _ask(series, row["questions"])
    first = 0
    for date_row in content["dates"]:
        if not SessionPage.objects.filter(slug=date_row["slug"]).exists():
            page = _page(series, content["session"], date_row)
            _fill(page, people[first : first + date_row["people"]], date_row)
        first += date_row["people"]


def _ask(series: SessionSeries, rows: list[dict[str, Any]]) -> None:
    made: dict[str, Question] = {}
    for position, row in enumerate(rows, start=1):
        made[row["key"]] = Question.objects.create(
            series=series,
            position=position,
            text=row["text"],
            help_text=row.get("help", ""),
            kind=row["kind"],
            options=row.get("options", []),
            required=row.get("required", False),
            depends_on=made.get(row.get("after", "")),
            depends_value=row.get("answer", ""),
            keep_days=row.get("keep_days", 0),
        )


def _page(series: SessionSeries, shared: dict[str, Any], row: dict[str, Any]) -> SessionPage:
    day = day_from_now(row["offset_days"])
    online = row["format"] != "on_site"
    page: SessionPage = SessionIndexPage.objects.get().add_child(
        instance=SessionPage(
            slug=row["slug"],
            title=row["title"],
            series=series,
            topic=Topic.objects.get(key=shared["theme"]),
            audience=shared["audience"],
            format=row["format"],
            starts_at=at(day, "13:00"),
            ends_at=at(day, "16:00"),
            venue=row.get("venue", ""),
            meeting_link=f"https://vergaderen.example.org/{row['slug']}" if online else "",
            host="Perspectief op School (POS)",
            cost=shared["cost"],
            lead=shared["lead"],
            intro=f"<p>{escape(shared['intro'])}</p>",
            agenda=[("item", agenda_item(part)) for part in shared["agenda"]],
            preparation=[("item", line) for line in shared["preparation"]],
            takeaways=[("item", line) for line in shared["takeaways"]],
            search_description=shared["lead"],
        )
    )
    page.save_revision().publish()
    Admission.objects.filter(page=page).update(
        cancel_until=day - timedelta(days=5), offers_seats=row.get("offers", False)
    )
    for pool in SeatPool.objects.filter(page=page):
        limit = row.get("per_organisation")
        SeatPool.objects.filter(pk=pool.pk).update(
            capacity=row[pool.form],
            seats_per_organisation=limit,
            limited_until=day - timedelta(days=14) if limit else None,
            restricted=bool(limit),
        )
    MailPlan.objects.create(
        page=page, day_text="Neem de afspraak die je koos mee. Er is een broodje vanaf 13.00 uur."
    )
    return page


def _fill(page: SessionPage, people: list[Membership], row: dict[str, Any]) -> None:
    """Seats first, then the line; the person of ``offered`` has a seat on offer for two days."""
    pools = page.all_pools
    offered = Membership.objects.filter(user__email=row.get("offered", "")).first()
    room = row.get("on_site", row.get("online", 0)) - (1 if offered else 0)
    now = timezone.now()
    for number, membership in enumerate(people):
        pool = pools[number % len(pools)]
        seated = number < room * len(pools)
        _register(page, pool, membership, seated, now - timedelta(days=6, hours=-2 * number))
    if offered is not None:
        registration = _register(page, pools[0], offered, False, now - timedelta(days=7))
        registration.state, registration.version = RegistrationState.OFFERED, 2
        registration.offered_until = at(timezone.localdate() + timedelta(days=2), "12:00")
        registration.save()
    for pool in pools:
        rows = Registration.objects.filter(pool=pool)
        SeatPool.objects.filter(pk=pool.pk).update(
            taken=rows.holding_a_seat().count(), waiting=rows.in_queue().count()
        )


def _register(
    page: SessionPage, pool: SeatPool, membership: Membership, seated: bool, moment: Any
) -> Registration:
    registration = Registration.objects.create(
        pool=pool,
        page=page,
        user=membership.user,
        organisation=membership.organisation,
        job_role=membership.job_role,
        state=RegistrationState.CONFIRMED if seated else RegistrationState.WAITING,
        queued_at=moment,
        created_at=moment,
        confirmed_at=moment if seated else None,
    )
    lunch = Question.objects.get(series=page.series, position=1)
    Answer.objects.create(registration=registration, question=lunch, value="yes" if seated else "no")
    return registration
