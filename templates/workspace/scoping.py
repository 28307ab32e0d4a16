"""Workspace rows are never read by accident: a query says for whom, or why not.

A query set of a workspace model raises when it is carried out, unless ``.visible_to(user)`` or
``.unscoped(reason)`` was called on the way, or it hangs on an object that was itself reached that way
(``goal.indicators``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models.sql import Query

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User

M = TypeVar("M", bound=models.Model)
_checking = ContextVar("workspace_integrity_check", default=False)


class UnscopedQueryError(RuntimeError):
    """Raised when workspace rows are asked for without saying for whom."""


@contextmanager
def integrity_check() -> Iterator[None]:
    """Let Django look at all rows while it checks a unique constraint; nothing of them is shown."""
    token = _checking.set(True)
    try:
        yield
    finally:
        _checking.reset(token)


class ScopedQuery(Query):
    """Remembers whether it was scoped, also inside ``Exists`` and ``Subquery``, which take only the query."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scoped = _checking.get()

    def demand_scope(self) -> None:
        """Refuse to run unscoped.

        Raises:
            UnscopedQueryError: nobody said for whom.

        """
        if not self.scoped and not _checking.get():
            assert self.model is not None
            message = f"{self.model.__name__}: call .visible_to(user) or .unscoped(reason) first"
            raise UnscopedQueryError(message)

    def resolve_expression(self, query: Any = None, *args: Any, **kwargs: Any) -> Any:
        """A subquery reads rows too."""
        self.demand_scope()
        return super().resolve_expression(query, *args, **kwargs)

    def split_exclude(self, *args: Any, **kwargs: Any) -> Any:
        """Excluding through a relation makes a subquery; the scope of the outer query covers it."""
        with integrity_check():
            return super().split_exclude(*args, **kwargs)  # type: ignore[misc]


class ScopedQuerySet(models.QuerySet[M]):
    """Refuses to run when its query was not scoped."""

    def __init__(self, model: Any = None, query: Any = None, *args: Any, **kwargs: Any) -> None:
        if query is None and model is not None:
            query = ScopedQuery(model)
        super().__init__(model, query, *args, **kwargs)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The rows that ``user`` may see; the rule stands in ``templates.workspace.visibility``."""
        from templates.workspace.visibility import restrict

        return restrict(self, user).unscoped("restricted to a user")

    def unscoped(self, reason: str) -> Self:
        """All rows; ``reason`` says to the reader of the code why that is right here."""
        if not reason:
            message = "say why"
            raise ValueError(message)
        clone: Self = self._chain()  # type: ignore[attr-defined]
        clone.query.scoped = True  # type: ignore[attr-defined]
        return clone

    def current(self) -> Self:
        """Rows that were not removed; for models that keep removed rows as tombstones."""
        return self.filter(removed_at__isnull=True)

    def _demand_scope(self) -> None:
        query: Any = self.query
        query.demand_scope()

    def _fetch_all(self) -> None:
        if self._result_cache is None:  # type: ignore[has-type]
            self._demand_scope()
        super()._fetch_all()  # type: ignore[misc]

    def _iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._demand_scope()
        return super()._iterator(*args, **kwargs)  # type: ignore[misc]

    def count(self) -> int:
        """See Django."""
        self._demand_scope()
        return super().count()

    def exists(self) -> bool:
        """See Django."""
        self._demand_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """See Django."""
        self._demand_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """See Django."""
        self._demand_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """See Django."""
        self._demand_scope()
        return super().delete()

    def explain(self, *args: Any, **kwargs: Any) -> str:
        """See Django."""
        self._demand_scope()
        return super().explain(*args, **kwargs)


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The default manager of workspace models; the manager of a relation is scoped through its parent."""

    def get_queryset(self) -> Any:
        """A query set that still has to be scoped, or one that hangs on a parent."""
        queryset: Any = super().get_queryset()
        if getattr(self, "instance", None) is not None:
            return queryset.unscoped("reached through its parent")
        return queryset


class WorkspaceModel(models.Model):
    """Base of every row that belongs to a workspace."""

    objects = ScopedManager()

    class Meta:
        abstract = True

    def validate_unique(self, exclude: Any = None) -> None:
        """Let Django compare with all rows."""
        with integrity_check():
            super().validate_unique(exclude)

    def validate_constraints(self, exclude: Any = None) -> None:
        """Let Django compare with all rows."""
        with integrity_check():
            super().validate_constraints(exclude)
