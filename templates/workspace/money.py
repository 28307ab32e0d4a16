"""Euros on goals: sums that are right to the cent, and what is not linked always in sight."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from templates.workspace.enums import Stage
from templates.workspace.models import Deployment

NOUGHT = Decimal("0.00")


@dataclass
class Amounts:
    """The three amounts; ``None`` where nothing was entered, which is not the same as 0."""

    budgeted: Decimal | None = None
    granted: Decimal | None = None
    realised: Decimal | None = None

    def add(self, stage: str, amount: Decimal) -> None:
        """Add one amount."""
        name = {Stage.BUDGETED: "budgeted", Stage.GRANTED: "granted", Stage.REALISED: "realised"}[
            Stage(stage)
        ]
        setattr(self, name, (getattr(self, name) or NOUGHT) + amount)

    @property
    def free(self) -> Decimal | None:
        """What was budgeted and not yet realised; ``None`` without a budget."""
        return None if self.budgeted is None else self.budgeted - (self.realised or NOUGHT)

    def __bool__(self) -> bool:
        return any(amount is not None for amount in (self.budgeted, self.granted, self.realised))


@dataclass
class Ledger:
    """Amounts per goal, without a goal, and all together."""

    per_goal: dict[UUID, Amounts] = field(default_factory=dict)
    unlinked: Amounts = field(default_factory=Amounts)
    total: Amounts = field(default_factory=Amounts)


def ledger(deployments: Iterable[Deployment], school_year: int | None = None) -> Ledger:
    """Add up ``deployments``, of one school year or of all."""
    book = Ledger()
    for row in deployments:
        if school_year is not None and row.school_year != school_year:
            continue
        target = book.per_goal.setdefault(row.goal_id, Amounts()) if row.goal_id else book.unlinked
        target.add(row.stage, row.amount)
        book.total.add(row.stage, row.amount)
    return book


def calendar_split(amount: Decimal) -> tuple[Decimal, Decimal]:
    """An amount of a school year over two calendar years: August-December 5/12, January-July the rest."""
    first = (amount * 5 / 12).quantize(Decimal("0.01"))
    return first, amount - first
