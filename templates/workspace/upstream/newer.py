"""Take what is new in the library into a goal, and undo it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.page_cache import bump_on_commit
from templates.library.merging import FIELDS, LISTS, Content, Difference, differences, merged, same
from templates.library.models import GoalTemplateVersion
from templates.workspace.adoption import row_of
from templates.workspace.models import Goal, UpstreamMerge
from templates.workspace.permissions import may_edit_goal
from templates.workspace.upstream.rows import (
    GOAL_FIELDS,
    Local,
    carrying,
    put_back,
    read,
    state,
    topic_for,
)


@dataclass(frozen=True)
class Standing:
    """How a goal stands beside the newest version of its template."""

    newest: GoalTemplateVersion
    found: list[Difference]
    is_newer: bool
    is_same: bool
    is_withdrawn: bool

    @property
    def waits(self) -> bool:
        """Whether there is something new to take over."""
        return self.is_newer and bool(self.found) and not self.is_withdrawn

    @property
    def seal(self) -> str:
        """Changes as soon as one of the texts that were compared does."""
        shown = [[item.key, item.base, item.mine, item.theirs, item.conflict] for item in self.found]
        text = json.dumps([self.newest.number, shown], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def standing(goal: Goal) -> Standing | None:
    """Compare ``goal`` with the newest version; ``None`` for a goal that came from no template."""
    if goal.template_version is None:
        return None
    return _standing(goal, goal.template_version, read(goal))


def at_a_glance(goal: Goal, known: Mapping[str, list[Any]]) -> Standing | None:
    """Like :func:`standing`, for the page of the goal, which has read most rows already.

    It does not look which parts carry work of one's own: that matters once one takes over.
    """
    base = goal.template_version
    if base is None:
        return None
    newest = _newest(base)
    local = read(goal, known)
    is_newer = newest.number > base.number
    found = differences(base.content, local.content, newest.content, set()) if is_newer else []
    is_withdrawn = newest.page is None or not newest.page.live
    return Standing(newest, found, is_newer, same(local.content, newest.content), is_withdrawn)


def _newest(base: GoalTemplateVersion) -> GoalTemplateVersion:
    versions = GoalTemplateVersion.objects.filter(template_uid=base.template_uid)
    return versions.select_related("page").order_by("-number")[0]


def _standing(goal: Goal, base: GoalTemplateVersion, local: Local) -> Standing:
    newest = _newest(base)
    is_newer = newest.number > base.number
    kept = carrying(local) if is_newer else set()
    return Standing(
        newest,
        differences(base.content, local.content, newest.content, kept) if is_newer else [],
        is_newer,
        same(local.content, newest.content),
        newest.page is None or not newest.page.live,
    )


def take_over(user: User, goal: Goal, choices: Mapping[str, str], seal: str = "") -> UpstreamMerge | None:
    """Merge the newest version into ``goal``; ``None`` when there is nothing newer.

    Args:
        user: who chooses.
        goal: the goal as it was shown.
        choices: per key of a difference mine, theirs or both; what is missing follows its default.
        seal: that of the comparison that was shown; empty compares with nothing.

    Raises:
        PermissionDenied: ``user`` may not edit the goal.
        ValidationError: the template was withdrawn, or a text changed meanwhile; nothing is saved.

    """
    if not may_edit_goal(user, goal):
        raise PermissionDenied
    with transaction.atomic():
        stored = _locked(goal)
        base = stored.template_version
        if base is None or stored.removed_at:
            return None
        local = read(stored)
        now = _standing(stored, base, local)
        if not now.is_newer:
            return None
        if now.is_withdrawn:
            raise ValidationError(_("The library no longer offers this template. Your goal stays as it is."))
        if seal and seal != now.seal:
            raise ValidationError(
                _("Something changed since you opened this page. Look at the comparison again.")
            )
        result = merged(local.content, now.newest.content, now.found, choices)
        rows = _Writer(stored, local, now.newest).write(result)
        merge = UpstreamMerge(goal=stored, from_version=base, to_version=now.newest, rows=rows, done_by=user)
        merge.save()
        _record(user, "goal.merged", stored, (base.number, now.newest.number))
    return merge


def _locked(goal: Goal) -> Goal:
    """``goal`` as it stands, locked; who has an older text of it open will see that it changed."""
    rows = Goal.objects.unscoped("permission was checked by the verb").filter(pk=goal.pk)
    rows.update(version=F("version") + 1)
    stored: Goal = rows.select_related("plan__organisation", "topic", "template_version").get()
    return stored


def _record(user: User, action: str, goal: Goal, numbers: tuple[int, int]) -> None:
    changes: dict[str, tuple[Any, Any]] = {"version": numbers, "title": (None, goal.title)}
    record(user, action, goal, changes=changes, organisation=goal.plan.organisation)
    bump_on_commit()


class _Writer:
    """Writes a merged content over the rows of a goal and notes how each row stood and stands."""

    def __init__(self, goal: Goal, local: Local, version: GoalTemplateVersion) -> None:
        self.goal, self.local, self.version = goal, local, version
        self.notes: list[dict[str, Any]] = []

    def write(self, result: Content) -> list[dict[str, Any]]:
        """Write everything; returns the notes of :attr:`UpstreamMerge.rows`."""
        before = state("goal", self.goal)
        for name, attribute in GOAL_FIELDS.items():
            setattr(self.goal, attribute, result["goal"][name])
        if result["goal"]["theme"] != self.local.content["goal"]["theme"]:
            self.goal.topic = topic_for(result["goal"]["theme"])
        self.goal.template_version, self.goal.base_version = self.version, self.version.number
        self.goal.base = self.version.content["goal"]
        self.goal.save(
            update_fields=[*GOAL_FIELDS.values(), "topic", "template_version", "base_version", "base"]
        )
        self._note("goal", self.goal, before)
        for kind in LISTS:
            self._write_list(kind, result[kind])
        return self.notes

    def _write_list(self, kind: str, nodes: list[dict[str, Any]]) -> None:
        bases = {node["uid"]: node for node in self.version.content[kind]}
        moved = [node["uid"] for node in nodes] != [node["uid"] for node in self.local.content[kind]]
        changed, added = [], []
        for order, node in enumerate(nodes):
            key = (kind, node["uid"])
            row = self.local.rows.get(key) or self.local.tombstones.get(key)
            if row is None:
                added.append(row_of(self.goal, kind, node, self.version.number, order))
                continue
            before = state(kind, row)
            for name in FIELDS[kind]:
                setattr(row, name, node[name])
            row.removed_at = None
            if moved:
                row.sort_order = order
            self._rebase(row, bases.get(node["uid"]))
            changed.append((row, before))
        staying = {node["uid"] for node in nodes}
        for (where, uid), row in self.local.rows.items():
            if where == kind and uid not in staying:
                before = state(kind, row)
                row.removed_at = timezone.now()
                changed.append((row, before))
        self._store(kind, changed, added)

    def _rebase(self, row: Any, node: dict[str, Any] | None) -> None:
        if node is not None:
            row.template_uid, row.base_version, row.base = node["uid"], self.version.number, node

    def _store(self, kind: str, changed: list[tuple[Any, dict[str, Any]]], added: list[Any]) -> None:
        manager = getattr(self.goal, kind)
        changed = [(row, before) for row, before in changed if state(kind, row) != before]
        for row, before in changed:
            self._note(kind, row, before)
        if changed:
            manager.bulk_update([row for row, _before in changed], list(state(kind, changed[0][0])))
        if added:
            type(added[0]).objects.bulk_create(added)
        for row in added:
            self._note(kind, row, None)

    def _note(self, kind: str, row: Any, before: dict[str, Any] | None) -> None:
        after = state(kind, row)
        self.notes.append({"kind": kind, "pk": str(row.pk), "before": before, "after": after})


def last_merge(goal: Goal) -> UpstreamMerge | None:
    """The merge that can be undone: the last one, while the goal still stands on its version."""
    merge: UpstreamMerge | None = goal.merges.select_related("from_version", "to_version", "done_by").first()
    if merge is None or merge.undone_at or merge.to_version_id != goal.template_version_id:
        return None
    return merge


def undo(user: User, goal: Goal) -> UpstreamMerge | None:
    """Put back what the last merge changed; ``None`` when there is none.

    What was changed after the merge stays as it is, field by field; a row that the merge added and that
    carries something by now stays too.

    Raises:
        PermissionDenied: ``user`` may not edit the goal.

    """
    if not may_edit_goal(user, goal):
        raise PermissionDenied
    with transaction.atomic():
        stored = _locked(goal)
        merge = last_merge(stored)
        if merge is None:
            return None
        for note in merge.rows:
            if note["kind"] == "goal":
                _restore("goal", stored, note)
        for kind in LISTS:
            _restore_list(stored, kind, [note for note in merge.rows if note["kind"] == kind])
        merge.undone_at = timezone.now()
        merge.save(update_fields=["undone_at"])
        _record(user, "goal.merge_undone", stored, (merge.to_version.number, merge.from_version.number))
    return merge


def _restore(kind: str, row: Any, note: dict[str, Any]) -> None:
    now = state(kind, row)
    values = {
        name: value
        for name, value in note["before"].items()
        if value != note["after"][name] and now[name] == note["after"][name]
    }
    if values:
        put_back(row, values)
        row.save(update_fields=list(values))


def _restore_list(goal: Goal, kind: str, notes: list[dict[str, Any]]) -> None:
    rows = {str(row.pk): row for row in getattr(goal, kind).all()}
    for note in notes:
        row = rows.get(note["pk"])
        if row is None:
            continue
        if note["before"] is not None:
            _restore(kind, row, note)
        elif state(kind, row) == note["after"] and not _carries(kind, row):
            row.delete()


def _carries(kind: str, row: Any) -> bool:
    """Whether somebody did something with a row that the merge had added."""
    return bool(carrying(Local(row.goal, {"goal": {}}, {(kind, str(row.pk)): row})))
