"""The checklist of what the law asks of a support plan, with how far each part is."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.core.exceptions import PermissionDenied
from django.db import transaction

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from templates.workspace.enums import LegalStatus
from templates.workspace.models import LegalItem, Plan
from templates.workspace.permissions import may_work_in

CONTENT = Path(__file__).parent / "legal_parts.yaml"
FINISHED = (LegalStatus.DONE, LegalStatus.NOT_APPLICABLE)


@dataclass(frozen=True)
class LegalPart:
    """One part, where it stands in the law, and how far the plan is with it."""

    key: str
    text: str
    reference: str
    is_step: bool
    status: LegalStatus = LegalStatus.OPEN
    note: str = ""

    @property
    def is_finished(self) -> bool:
        """Nothing needs to be done for it any more."""
        return self.status in FINISHED


@cache
def known_parts() -> tuple[LegalPart, ...]:
    """The parts of the plan, then the steps to settle it."""
    content = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return tuple(
        LegalPart(row["key"], row["text"], row.get("reference", ""), kind == "steps")
        for kind in ("parts", "steps")
        for row in content[kind]
    )


def legal_parts(plan: Plan) -> list[LegalPart]:
    """All parts with how far ``plan`` is; one query."""
    rows = {row.key: row for row in plan.legal_items.all()}
    return [
        LegalPart(
            part.key,
            part.text,
            part.reference,
            part.is_step,
            LegalStatus(rows[part.key].status) if part.key in rows else LegalStatus.OPEN,
            rows[part.key].note if part.key in rows else "",
        )
        for part in known_parts()
    ]


def set_legal_parts(user: User, plan: Plan, answers: dict[str, tuple[str, str]]) -> int:
    """Keep per part its status and note; returns how many changed.

    Raises:
        PermissionDenied: ``user`` does not work in the workspace.

    """
    if not may_work_in(user, plan.organisation):
        raise PermissionDenied
    changes = {}
    with transaction.atomic():
        Plan.objects.unscoped("hold the plan").filter(pk=plan.pk).update(first_year=plan.first_year)
        for part in legal_parts(plan):
            before, after = (str(part.status), part.note), answers.get(part.key)
            if after is None or before == after:
                continue
            status, note = after
            LegalItem.objects.unscoped("permission was checked above").update_or_create(
                plan=plan, key=part.key, defaults={"status": status, "note": note}
            )
            changes[part.key] = (" – ".join(filter(None, before)), " – ".join(filter(None, after)))
        if changes:
            record(user, "plan.legal_parts", plan, changes=changes, organisation=plan.organisation)
    return len(changes)
