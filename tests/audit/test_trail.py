"""The audit trail: written with the change, never changed again."""

from decimal import Decimal

import pytest
from django.db import transaction

from lnpo.audit.models import AppendOnlyError, AuditEntry
from lnpo.audit.trail import changed_fields, record
from tests.organisations.factories import OrganisationFactory


@pytest.fixture
def entry(cast):
    with transaction.atomic():
        return record(
            cast.anna,
            "thing.changed",
            cast.swv,
            changes={"amount": (Decimal("1.50"), Decimal(0)), "owner": (None, cast.bram)},
            organisation=cast.swv,
        )


def test_an_entry_says_who_what_and_from_what_to_what(entry, cast):
    stored = AuditEntry.objects.get(pk=entry.pk)
    assert stored.actor == cast.anna
    assert stored.changes == {"amount": ["1.50", "0"], "owner": [None, str(cast.bram.pk)]}
    assert stored.organisation_uuid == cast.swv.pk
    assert list(AuditEntry.objects.about(cast.swv)) == [stored]


def test_an_entry_cannot_be_saved_again(entry):
    entry.action = "other"
    with pytest.raises(AppendOnlyError):
        entry.save()


def test_an_entry_cannot_be_removed(entry):
    with pytest.raises(AppendOnlyError):
        entry.delete()


@pytest.mark.parametrize("door", ["update", "delete"])
def test_entries_cannot_be_changed_in_bulk(entry, door):
    with pytest.raises(AppendOnlyError):
        if door == "update":
            AuditEntry.objects.all().update(action="other")
        else:
            AuditEntry.objects.all().delete()


@pytest.mark.django_db
def test_only_real_differences_count_as_changes():
    organisation = OrganisationFactory(name="A", place="B")
    assert changed_fields(organisation, {"name": "A", "place": "C"}) == {"place": ("B", "C")}
