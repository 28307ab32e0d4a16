"""Demo content: four sessions, each in another state, with fictional participants."""

from datetime import date, datetime, time, timedelta
from html import escape
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.organisations.models import AccessRole, Membership, OrganisationCode
from lnpo.topics.models import Topic
from sessions.enums import RegistrationState
from sessions.models import Admission, Registration, SeatPool, SessionIndexPage, SessionPage

CONTENT = Path(__file__).parent / "demo_content" / "sessions.yaml"
MIDWEEK = (1, 2, 3)  # Tuesday, Wednesday, Thursday: the days on which the network meets


@transaction.atomic
def load() -> None:
    """Make what is missing; what stands is left as it is, so that it may run twice.

    Registrations are written as rows, not through the verb: nobody in the demo gets forty mails.
    """
    from sessions.demo_series import load_series

    content = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    people = [_person(row) for row in content["people"]]
    index = SessionIndexPage.objects.get()
    for row in content["sessions"]:
        if SessionPage.objects.filter(slug=row["slug"]).exists():
            continue
        page = _page(index, row)
        _fill(page, row, people, content["learning_questions"])
    load_series(people)


def day_from_now(offset: int) -> date:
    """A day in the middle of the week, ``offset`` days from today or just beyond."""
    day, step = timezone.localdate() + timedelta(days=offset), timedelta(days=1 if offset > 0 else -1)
    while day.weekday() not in MIDWEEK:
        day += step
    return day


def at(day: date, clock: str) -> datetime:
    """A Dutch time on a day."""
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


def _page(index: SessionIndexPage, row: dict[str, Any]) -> SessionPage:
    day = day_from_now(row["offset_days"])
    page: SessionPage = index.add_child(
        instance=SessionPage(
            slug=row["slug"],
            title=row["title"],
            topic=Topic.objects.get(key=row["theme"]),
            audience=row["audience"],
            format=row["format"],
            starts_at=at(day, row["start"]),
            ends_at=at(day, row["end"]),
            venue=row.get("venue", ""),
            meeting_link=row.get("meeting_link", ""),
            host="Perspectief op School (POS)",
            cost=row["cost"],
            lead=row["lead"],
            intro=f"<p>{escape(row['intro'])}</p>",
            agenda=[("item", agenda_item(part)) for part in row["agenda"]],
            preparation=[("item", line) for line in row["preparation"]],
            takeaways=[("item", line) for line in row["takeaways"]],
            report=f"<p>{escape(row['report'])}</p>" if row.get("report") else "",
            search_description=row["lead"],
        )
    )
    page.save_revision().publish()
    opens_before = row.get("opens_days_before")
    Admission.objects.filter(page=page).update(
        cancel_until=day - timedelta(days=7),
        opens_at=at(day - timedelta(days=opens_before), "09:00") if opens_before else None,
        open_to_guests=row.get("open_to_guests", False),
    )
    SeatPool.objects.filter(page=page).update(capacity=row["capacity"])
    return page


def agenda_item(part: dict[str, Any]) -> dict[str, Any]:
    """One part of the programme, as the block wants it."""
    return {
        "time": time.fromisoformat(part["time"]),
        "minutes": part["minutes"],
        "title": part["title"],
        "form": part.get("form", ""),
        "by": part.get("by", ""),
    }


def _person(row: dict[str, str]) -> Membership:
    """Somebody who cannot sign in, as member of an organisation."""
    first_name, _, last_name = row["name"].partition(" ")
    email = f"{row['name'].lower().replace(' ', '.')}@example.org"
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, first_name=first_name, last_name=last_name
    )
    organisation = OrganisationCode.objects.get(value=row["organisation"]).organisation
    return Membership.objects.get_or_create(
        user=user,
        organisation=organisation,
        defaults={"job_role": row["job_role"], "access_role": AccessRole.READER},
    )[0]


def _fill(page: SessionPage, row: dict[str, Any], people: list[Membership], questions: list[str]) -> None:
    """Registrations in order: seats first, then the waiting list; the counts follow the rows."""
    pool = SeatPool.objects.get(page=page)
    coming = (
        _of_the_cast(row.get("cast", []))
        + people[: row["registered"]]
        + _of_the_cast(row.get("cast_waiting", []))
    )
    first_day = timezone.localdate(min(timezone.now(), page.starts_at)) - timedelta(days=20)
    registrations = []
    for number, membership in enumerate(coming):
        seated = number < pool.capacity
        moment = at(first_day + timedelta(days=number // 3), "09:20") + timedelta(hours=2 * (number % 3))
        shares = number % 3 != 2
        registrations.append(
            Registration(
                pool=pool,
                page=page,
                user=membership.user,
                organisation=membership.organisation,
                job_role=membership.job_role,
                state=RegistrationState.CONFIRMED if seated else RegistrationState.WAITING,
                queued_at=moment,
                created_at=moment,
                confirmed_at=moment if seated else None,
                learning_question=questions[number // 5 % len(questions)] if number % 5 == 0 else "",
                share_learning_question=number % 5 == 0,
                share_name=shares,
                consented_at=moment if shares or number % 5 == 0 else None,
            )
        )
    Registration.objects.bulk_create(registrations)
    SeatPool.objects.filter(pk=pool.pk).update(
        taken=min(len(coming), pool.capacity), waiting=max(len(coming) - pool.capacity, 0)
    )


def _of_the_cast(emails: list[str]) -> list[Membership]:
    found = Membership.objects.filter(user__email__in=emails).select_related("user", "organisation")
    return list(found.order_by("user__email"))
