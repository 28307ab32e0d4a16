"""Write the audit trail."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from lnpo.audit.models import AuditEntry

if TYPE_CHECKING:
    from lnpo.accounts.models import User


class OutsideTransactionError(RuntimeError):
    """Raised when an entry is written outside the transaction of its verb."""


def record(
    actor: "User | None",
    action: str,
    obj: models.Model,
    *,
    changes: dict[str, tuple[Any, Any]] | None = None,
    organisation: models.Model | None = None,
    reason: str = "",
) -> AuditEntry:
    """Write that ``actor`` did ``action`` to ``obj``.

    Args:
        actor: who did it; ``None`` for the system itself (a sweep, a deadline).
        obj: what it was done to.
        action: ``<noun>.<past participle>``, such as ``registration.confirmed``.
        changes: per field the value before and after; models become their primary key.
        organisation: whose object it is, when it belongs to one; kept as its UUID, because the trail
            lies below the organisations and outlives them.
        reason: what the actor gave as reason, when the verb asks for one.

    Raises:
        OutsideTransactionError: there is no transaction that ties the entry to the change.

    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError(f"{action} was recorded outside a transaction")
    entry = AuditEntry(
        actor=actor,
        action=action,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        organisation_uuid=organisation.pk if organisation is not None else None,
        changes={name: [_plain(old), _plain(new)] for name, (old, new) in (changes or {}).items()},
        reason=reason,
    )
    entry.save(force_insert=True)
    return entry


def changed_fields(obj: models.Model, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What would change on ``obj`` if it took ``values``: only the fields that really differ."""
    return {name: (getattr(obj, name), new) for name, new in values.items() if getattr(obj, name) != new}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Decimal | date | datetime):
        return str(value)
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return str(value)
