"""Verbs on groups of three: propose, adjust, publish, and what the group writes down."""

import re
from collections import defaultdict
from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import OrganisationKind, OrganisationLink
from sessions.models import GroupSeat, LearningGroup, Registration, SessionPage
from sessions.permissions import may_run_sessions

SIZE = 3
SAME_PARTNERSHIP = -100
"""What it costs when two of one samenwerkingsverband meet: more than any number of shared words."""
LETTERS = 4
"""Shorter words say nothing about what somebody wants to find out."""


def propose(staff: User, page: SessionPage) -> int:
    """Put everybody with a seat in groups of three, anew: what was made by hand is gone.

    People with like learning questions come together, people of one samenwerkingsverband do not.

    Returns:
        How many groups there are.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    people = list(
        Registration.objects.confirmed()
        .filter(page=page)
        .select_related("organisation", "user")
        .order_by("created_at", "pk")
    )
    parts = divide(people, partnerships_of({person.organisation_id for person in people}))
    with transaction.atomic():
        LearningGroup.objects.filter(page=page).delete()
        for number, part in enumerate(parts, start=1):
            group = LearningGroup.objects.create(page=page, number=number)
            GroupSeat.objects.bulk_create(GroupSeat(registration=person, group=group) for person in part)
        record(staff, "groups.proposed", page, changes={"groups": (None, len(parts))})
    return len(parts)


def partnerships_of(organisations: set[UUID]) -> dict[UUID, set[UUID]]:
    """For each organisation the samenwerkingsverbanden above it today, and itself; two queries."""
    above: dict[UUID, set[UUID]] = defaultdict(set)
    partnerships: set[UUID] = set()
    for child, parent, kind in OrganisationLink.objects.current().values_list(
        "child_id", "parent_id", "parent__kind"
    ):
        above[child].add(parent)
        if kind == OrganisationKind.SWV:
            partnerships.add(parent)
    found = {}
    for organisation in organisations:
        reached, todo = {organisation}, [organisation]
        while todo:
            for parent in above[todo.pop()] - reached:
                reached.add(parent)
                todo.append(parent)
        found[organisation] = (reached & partnerships) | {organisation}
    return found


def divide(people: list[Registration], partnerships: dict[UUID, set[UUID]]) -> list[list[Registration]]:
    """Groups of three; one or two who are left over join a group of three, so that nobody is alone."""
    words = {person.pk: _words(person.learning_question) for person in people}

    def fit(one: Registration, other: Registration) -> int:
        same = partnerships[one.organisation_id] & partnerships[other.organisation_id]
        return len(words[one.pk] & words[other.pk]) + (SAME_PARTNERSHIP if same else 0)

    left = sorted(people, key=lambda person: -len(words[person.pk]))
    groups: list[list[Registration]] = []
    while len(left) >= SIZE or (left and not groups):
        group = [left.pop(0)]
        while left and len(group) < SIZE:
            best = max(left, key=lambda person: sum(fit(person, other) for other in group))
            left.remove(best)
            group.append(best)
        groups.append(group)
    for person in left:
        smallest = min(map(len, groups))
        open_groups = [group for group in groups if len(group) == smallest]
        max(open_groups, key=lambda group: sum(fit(person, other) for other in group)).append(person)
    _part_colleagues(groups, fit)
    return groups


def _part_colleagues(
    groups: list[list[Registration]], fit: Callable[[Registration, Registration], int]
) -> None:
    """Swap people of one samenwerkingsverband who are in one group with somebody of another group."""

    def score(group: list[Registration]) -> int:
        return sum(fit(one, other) for at, one in enumerate(group) for other in group[:at])

    for group in groups:
        for at in range(len(group)):
            if score(group) >= 0:
                break
            _best_swap(group, at, [other for other in groups if other is not group], score)


def _best_swap(
    group: list[Registration],
    at: int,
    others: list[list[Registration]],
    score: Callable[[list[Registration]], int],
) -> None:
    """Swap the person at place ``at`` with the first person elsewhere that makes both groups better."""
    for other in others:
        before = score(group) + score(other)
        for there in range(len(other)):
            group[at], other[there] = other[there], group[at]
            if score(group) + score(other) > before:
                return
            group[at], other[there] = other[there], group[at]


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > LETTERS}


def put_in_group(staff: User, registration: Registration, group: LearningGroup | None) -> None:
    """Put somebody in another group of the same session, or in none; an empty group disappears.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    with transaction.atomic():
        before = GroupSeat.objects.filter(registration=registration).select_related("group").first()
        if group is None:
            GroupSeat.objects.filter(registration=registration).delete()
        else:
            GroupSeat.objects.update_or_create(registration=registration, defaults={"group": group})
        LearningGroup.objects.filter(page=registration.page_id, seats__isnull=True).delete()
        record(
            staff,
            "groups.changed",
            registration,
            changes={"group": (before.group.number if before else None, group.number if group else None)},
            organisation=registration.organisation,
        )


def publish(staff: User, page: SessionPage) -> int:
    """Let the members of the groups see one another.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    with transaction.atomic():
        unpublished = LearningGroup.objects.filter(page=page, published_at__isnull=True)
        published = unpublished.update(published_at=timezone.now())
        if published:
            record(staff, "groups.published", page)
    return published


def own_group(user: User, page: SessionPage) -> LearningGroup | None:
    """The open group of ``user`` in ``page``, if the host published it and it has not ended."""
    group = (
        LearningGroup.objects.filter(page=page, seats__registration__user=user)
        .filter(seats__registration__state="confirmed")
        .select_related("page")
        .first()
    )
    return group if group is not None and group.is_open else None


def write_notes(user: User, group: LearningGroup, notes: str) -> None:
    """Change what the group agreed.

    Raises:
        PermissionDenied: ``user`` is not in the group, or it has ended.

    """
    mine = own_group(user, group.page)
    if mine is None or mine.pk != group.pk:
        raise PermissionDenied
    with transaction.atomic():
        LearningGroup.objects.filter(pk=group.pk).update(notes=notes)
        record(user, "group.notes_written", group)
