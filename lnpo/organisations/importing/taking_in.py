"""Verbs on imports: show what a list would change, take it in as a whole, drop it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.importing.planning import Change, Plan, Planner, scheme_of
from lnpo.organisations.importing.reading import Entry, read_all
from lnpo.organisations.models import (
    CodeScheme,
    FormerName,
    ImportFile,
    ImportRun,
    ImportState,
    Organisation,
    OrganisationCode,
    OrganisationLink,
    today,
)
from lnpo.organisations.permissions import may_import

BATCH = 500


class ImportChangedError(Exception):
    """Raised when the network changed since the preview, so that the list would do something else now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("the preview is out of date")
        self.plan = plan


class ImportGoneError(Exception):
    """Raised when an import was taken in or dropped already."""


class ImportErrorsError(Exception):
    """Raised when a list with errors would be taken in."""


def preview(
    actor: User, files: Iterable[tuple[str, bytes]], partnership: Organisation | None
) -> tuple[ImportRun, Plan]:
    """Read the files, keep them, and say what they would change; nothing of that changes yet.

    Raises:
        PermissionDenied: ``actor`` may not import for this samenwerkingsverband.

    """
    if not may_import(actor, partnership):
        raise PermissionDenied
    kept = [(name[:200], content) for name, content in files]
    plan = Planner(read_all(kept), partnership).make()
    with transaction.atomic():
        ImportFile.objects.filter(run__made_by=actor, run__state=ImportState.PREVIEWED).delete()
        ImportRun.objects.filter(made_by=actor, state=ImportState.PREVIEWED).update(state=ImportState.DROPPED)
        run = ImportRun.objects.create(
            made_by=actor, partnership=partnership, fingerprint=plan.fingerprint(), summary=plan.counts()
        )
        ImportFile.objects.bulk_create(
            ImportFile(run=run, name=name, content=content) for name, content in kept
        )
    return run, plan


def plan_of(run: ImportRun) -> Plan:
    """What the files of this import would change now."""
    files = [(file.name, bytes(file.content)) for file in run.files.all()]
    return Planner(read_all(files), run.partnership).make()


def take_in(actor: User, run: ImportRun) -> Plan:
    """Carry out what the preview showed: everything or nothing.

    Raises:
        PermissionDenied: somebody else's import, or ``actor`` may not import any more.
        ImportGoneError: it was taken in or dropped already.
        ImportErrorsError: there are rows that cannot be taken in.
        ImportChangedError: it would do something else than was shown.

    """
    if run.made_by_id != actor.pk or not may_import(actor, run.partnership):
        raise PermissionDenied
    with transaction.atomic():
        taken = ImportRun.objects.filter(pk=run.pk, state=ImportState.PREVIEWED).update(
            state=ImportState.APPLIED, applied_at=timezone.now()
        )
        if not taken:
            raise ImportGoneError
        plan = plan_of(run)
        if plan.fingerprint() != run.fingerprint:
            raise ImportChangedError(plan)
        if plan.errors:
            raise ImportErrorsError
        _carry_out(actor, plan)
        ImportRun.objects.filter(pk=run.pk).update(summary=plan.counts())
        run.files.all().delete()
        record(
            actor,
            "organisations.imported",
            run,
            changes={name: (None, number) for name, number in plan.counts().items()},
            organisation=run.partnership,
        )
    return plan


def show_again(run: ImportRun, plan: Plan) -> None:
    """Remember that this is now what was shown."""
    with transaction.atomic():
        ImportRun.objects.filter(pk=run.pk, state=ImportState.PREVIEWED).update(
            fingerprint=plan.fingerprint(), summary=plan.counts()
        )


def drop(actor: User, run: ImportRun) -> None:
    """Do nothing with the list, and forget it.

    Raises:
        PermissionDenied: it is somebody else's.

    """
    if run.made_by_id != actor.pk:
        raise PermissionDenied
    with transaction.atomic():
        if ImportRun.objects.filter(pk=run.pk, state=ImportState.PREVIEWED).update(state=ImportState.DROPPED):
            run.files.all().delete()
            record(actor, "organisations.import_dropped", run, organisation=run.partnership)


def _carry_out(actor: User, plan: Plan) -> None:
    made = {entry.code: _made(entry) for entry in plan.new}
    Organisation.objects.bulk_create(made.values(), batch_size=BATCH)
    taken = set(OrganisationCode.objects.filter(scheme=CodeScheme.KVK).values_list("value", flat=True))
    codes = []
    for entry in plan.new:
        codes.append(_code(made[entry.code], scheme_of(entry.kind), entry.code))
        if entry.kvk and entry.kvk not in taken:
            taken.add(entry.kvk)
            codes.append(_code(made[entry.code], CodeScheme.KVK, entry.kvk))
    codes += [_code(one.organisation, CodeScheme.KVK, one.kvk) for one in plan.changed if one.kvk]
    unique = {(code.scheme, code.value): code for code in codes}
    OrganisationCode.objects.bulk_create(unique.values(), batch_size=BATCH)
    _change(actor, plan.changed)
    _relink(plan, made)


def _made(entry: Entry) -> Organisation:
    return Organisation(
        kind=entry.kind,
        name=entry.name,
        place=entry.place,
        website=entry.website,
        sector=entry.sector,
        school_type=entry.school_type,
    )


def _code(organisation: Organisation, scheme: CodeScheme, value: str) -> OrganisationCode:
    return OrganisationCode(organisation=organisation, scheme=scheme, value=value)


def _change(actor: User, changes: list[Change]) -> None:
    former, yesterday = [], today() - timedelta(days=1)
    for change in changes:
        for name, (_old, new) in change.fields.items():
            setattr(change.organisation, name, new)
        if "name" in change.fields:
            former.append(
                FormerName(organisation=change.organisation, name=change.fields["name"][0], until=yesterday)
            )
        record(
            actor,
            "organisation.changed",
            change.organisation,
            changes=dict(change.fields),
            organisation=change.organisation,
        )
    names = ["name", "place", "website", "sector", "school_type"]
    Organisation.objects.bulk_update([one.organisation for one in changes], names, batch_size=BATCH)
    FormerName.objects.bulk_create(former, batch_size=BATCH)


def _relink(plan: Plan, made: dict[str, Organisation]) -> None:
    wanted = {link.parent for link in plan.links} | {link.child for link in plan.links}
    ids: dict[str, Any] = {code: organisation.pk for code, organisation in made.items()}
    rows = OrganisationCode.objects.exclude(scheme=CodeScheme.KVK).values_list("value", "organisation")
    ids |= {value: pk for value, pk in rows if value in wanted}
    day = today()
    moved = {ids[link.child] for link in plan.links if link.replaces}
    for chunk in _chunks(sorted(moved)):
        old = OrganisationLink.objects.current().filter(child__in=chunk, parent__kind="board")
        old.filter(Q(starts_on__isnull=True) | Q(starts_on__lt=day)).update(ends_on=day - timedelta(days=1))
        old.filter(starts_on=day).delete()  # began today and never held
    OrganisationLink.objects.bulk_create(
        [
            OrganisationLink(parent_id=ids[link.parent], child_id=ids[link.child], starts_on=day)
            for link in plan.links
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _chunks(values: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
