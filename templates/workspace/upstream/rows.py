"""A goal of a workspace, read as the content of a template, and written back row by row."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from lnpo.topics.models import Topic
from templates.library.merging import FIELDS, LISTS, Content
from templates.workspace.enums import ActivityStatus
from templates.workspace.models import Activity, Goal, Indicator

GOAL_FIELDS = {"title": "title", "rationale": "rationale", "strategic_objective": "objective"}
ORIGIN = ("template_uid", "base_version", "base", "sort_order", "removed_at")
GOAL_STATE = (*GOAL_FIELDS.values(), "topic_id", "template_version_id", "base_version", "base")


@dataclass
class Local:
    """A goal as content, with the row behind every node; ``tombstones`` were taken out here."""

    goal: Goal
    content: Content
    rows: dict[tuple[str, str], Any] = field(default_factory=dict)
    tombstones: dict[tuple[str, str], Any] = field(default_factory=dict)


def uid_of(row: Any) -> str:
    """The node a row is: that of the template, or its own when it was made here."""
    return row.template_uid or str(row.pk)


def read(goal: Goal, known: Mapping[str, list[Any]] | None = None) -> Local:
    """Read ``goal`` (with topic and template version) and what hangs on it: a query for each kind.

    ``known`` are the rows of a kind when the caller has read them already.
    """
    base = goal.template_version.content["goal"] if goal.template_version else {}
    own = {name: getattr(goal, attribute) for name, attribute in GOAL_FIELDS.items()}
    node = {
        "uid": goal.template_uid or str(goal.pk),
        **own,
        "legal_reference": base.get("legal_reference", ""),
        "theme": goal.topic.key if goal.topic else "",
    }
    local = Local(goal, {"goal": node})
    for kind in LISTS:
        local.content[kind] = []
        for row in (known or {}).get(kind) or getattr(goal, kind).all():
            key = (kind, uid_of(row))
            if row.removed_at:
                local.tombstones[key] = row
                continue
            local.rows[key] = row
            values = {name: getattr(row, name) for name in FIELDS[kind]}
            local.content[kind].append({"uid": uid_of(row), **values})
    return local


def carrying(local: Local) -> set[str]:
    """The nodes that carry work of one's own: something hangs on them, or they were filled in."""
    kept = set()
    for kind in LISTS:
        rows = {row.pk: uid for (where, uid), row in local.rows.items() if where == kind}
        if rows:
            model = type(next(row for (where, _uid), row in local.rows.items() if where == kind))
            kept |= {rows[pk] for pk in hanging_on(model, list(rows))}
    for (_kind, uid), row in local.rows.items():
        if isinstance(row, Indicator) and (row.baseline is not None or row.target is not None):
            kept.add(uid)
        if isinstance(row, Activity) and (row.status != ActivityStatus.PLANNED or row.person_id):
            kept.add(uid)
    return kept


def hanging_on(model: type[models.Model], pks: list[uuid.UUID]) -> set[uuid.UUID]:
    """Which of the rows ``pks`` have other rows that point at them: one query per relation."""
    found: set[uuid.UUID] = set()
    for relation in model._meta.related_objects:
        manager: Any = relation.related_model._default_manager  # type: ignore[union-attr]
        rows = (
            manager.unscoped("only whether something hangs on it")
            if hasattr(manager, "unscoped")
            else manager
        )
        name = relation.field.name
        found |= set(rows.filter(**{f"{name}__in": pks}).values_list(name, flat=True))
    return found


def state(kind: str, row: Any) -> dict[str, Any]:
    """How ``row`` stands, ready to be kept as JSON."""
    names = GOAL_STATE if kind == "goal" else (*FIELDS[kind], *ORIGIN)
    return {name: _plain(getattr(row, name)) for name in names}


def put_back(row: Any, values: dict[str, Any]) -> None:
    """Set ``values`` of a kept state on ``row``; not stored yet."""
    for name, value in values.items():
        setattr(row, name, _typed(row, name, value))


def topic_for(key: str) -> Topic | None:
    """The theme of this installation with this key."""
    return Topic.objects.filter(key=key).first() if key else None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _typed(row: Any, name: str, value: Any) -> Any:
    target: Any = row._meta.get_field(name)
    target = getattr(target, "target_field", target)
    return value if value is None or isinstance(target, models.JSONField) else target.to_python(value)
