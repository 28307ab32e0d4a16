"""Verbs of POS on what lies around a date: mails, series, and cloning with dates shifted."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import changed_fields, record
from lnpo.page_cache import bump_on_commit
from sessions.models import Admission, MailPlan, Question, SeatPool, SessionPage, SessionSeries
from sessions.permissions import may_manage_seats

DATED = re.compile(r"-\d{4}-\d{2}-\d{2}(-\d+)?$")
PLAN_FIELDS = ["week_before", "week_text", "day_before", "day_text", "follow_up", "follow_up_text"]


def _only_staff(staff: User) -> None:
    if not may_manage_seats(staff):
        raise PermissionDenied


def keep(staff: User, row: models.Model, values: Mapping[str, Any], action: str) -> None:
    """Save a series, a question, or the mails of a session, with a trail.

    Raises:
        PermissionDenied: ``staff`` may not manage sessions.

    """
    _only_staff(staff)
    with transaction.atomic():
        stored = type(row)._base_manager.filter(pk=row.pk).first()
        changes = changed_fields(stored, dict(values)) if stored else {}
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        if changes or stored is None:
            record(staff, action, row, changes=changes)
        bump_on_commit()


def remove_question(staff: User, question: Question) -> None:
    """Remove a question with its answers; questions that hang on it are asked of everybody then.

    Raises:
        PermissionDenied: ``staff`` may not manage sessions.

    """
    _only_staff(staff)
    with transaction.atomic():
        record(staff, "question.removed", question, changes={"text": (question.text, None)})
        question.delete()


def change_mails(staff: User, page: SessionPage, values: Mapping[str, Any]) -> MailPlan:
    """Set which mails go around ``page`` and what stands in them.

    Raises:
        PermissionDenied: ``staff`` may not manage sessions.

    """
    plan = MailPlan.objects.filter(page=page).first() or MailPlan(page=page)
    keep(staff, plan, {name: values[name] for name in PLAN_FIELDS}, "session_mails.changed")
    return plan


def copy_questions(of: Mapping[str, Any], to: Mapping[str, Any]) -> None:
    """Copy the questions of a session or series to another, with the conditions between them."""
    copies: dict[Any, Question] = {}
    originals = list(Question.objects.filter(**of))
    for original in originals:
        fields = {
            name: getattr(original, name)
            for name in (
                "position",
                "text",
                "help_text",
                "kind",
                "options",
                "required",
                "depends_value",
                "keep_days",
            )
        }
        copies[original.pk] = Question.objects.create(**fields, **to)
    for original in originals:
        if original.depends_on_id is not None:
            copy = copies[original.pk]
            copy.depends_on = copies.get(original.depends_on_id, original.depends_on)
            copy.save(update_fields=["depends_on"])


def copy_arrangements(page: SessionPage, copy: SessionPage, days: int = 0) -> None:
    """Questions, limits, period and mails come along to ``copy``; registrations do not. May run twice."""
    for pool in SeatPool.objects.filter(page=page.pk):
        limit = pool.limited_until
        SeatPool.objects.filter(page=copy.pk, form=pool.form).update(
            capacity=pool.capacity,
            seats_per_organisation=pool.seats_per_organisation,
            limited_until=limit + timedelta(days=days) if limit else None,
            restricted=pool.seats_per_organisation is not None,
        )
    old = Admission.objects.get(page=page.pk)
    Admission.objects.filter(page=copy.pk).update(
        opens_at=shifted(old.opens_at, days),
        closes_at=shifted(old.closes_at, days),
        cancel_until=old.cancel_until + timedelta(days=days) if old.cancel_until else None,
        offers_seats=old.offers_seats,
        offer_hours=old.offer_hours,
        may_switch=old.may_switch,
        open_to_guests=old.open_to_guests,
    )
    plan = MailPlan.objects.filter(page=page.pk).first()
    if plan is not None:
        MailPlan.objects.update_or_create(
            page_id=copy.pk, defaults={name: getattr(plan, name) for name in PLAN_FIELDS}
        )
    if not Question.objects.filter(page=copy.pk).exists():
        copy_questions({"page": page.pk}, {"page_id": copy.pk})


def shifted(moment: datetime | None, days: int) -> datetime | None:
    """The same Dutch time of day, so many days later; a change of the clock does not shift it."""
    if moment is None:
        return None
    local = timezone.localtime(moment)
    return timezone.make_aware(datetime.combine(local.date() + timedelta(days=days), local.time()))


def clone_session(
    staff: User, page: SessionPage, day: date, series: SessionSeries | None = None
) -> SessionPage:
    """Make a draft of ``page`` on another day, with everything but its registrations and its report.

    Raises:
        PermissionDenied: ``staff`` may not manage sessions.

    """
    _only_staff(staff)
    days = (day - timezone.localdate(page.starts_at)).days
    with transaction.atomic():
        copy: SessionPage = page.copy(
            update_attrs={
                "slug": _free_slug(f"{DATED.sub('', page.slug)}-{day.isoformat()}"),
                "starts_at": shifted(page.starts_at, days),
                "ends_at": shifted(page.ends_at, days),
                "report": "",
                "series": series or page.series,
            },
            copy_revisions=False,
            keep_live=False,
            user=staff,
        )
        copy_arrangements(page, copy, days)
        record(staff, "session.cloned", copy, changes={"page": (page.pk, copy.pk)})
    return copy


def clone_series(staff: User, series: SessionSeries, title: str, first_day: date) -> SessionSeries:
    """Make a series of drafts of which the first date is ``first_day`` and the rest follows as far apart.

    Raises:
        PermissionDenied: ``staff`` may not manage sessions.

    """
    _only_staff(staff)
    pages = list(SessionPage.objects.filter(series=series).order_by("starts_at"))
    with transaction.atomic():
        copy = SessionSeries.objects.create(
            title=title,
            slug=_free_series_slug(f"{DATED.sub('', series.slug)[:60]}-{first_day.isoformat()}"),
            lead=series.lead,
            most_dates_per_person=series.most_dates_per_person,
        )
        copy_questions({"series": series}, {"series": copy})
        days = (first_day - timezone.localdate(pages[0].starts_at)).days if pages else 0
        for page in pages:
            clone_session(staff, page, timezone.localdate(page.starts_at) + timedelta(days=days), copy)
        record(staff, "series.cloned", copy, changes={"series": (str(series.pk), str(copy.pk))})
    return copy


def _free_slug(wanted: str) -> str:
    taken = set(SessionPage.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return _first_free(wanted, taken)


def _free_series_slug(wanted: str) -> str:
    taken = set(SessionSeries.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return _first_free(wanted, taken)


def _first_free(wanted: str, taken: set[str]) -> str:
    number, slug = 2, wanted
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
