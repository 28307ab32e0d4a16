"""Differences between contents in words of people."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lnpo.organisations.models import JobRole
from templates.library.enums import (
    Direction,
    Frequency,
    IndicatorKind,
    IndicatorSource,
    Level,
    Phase,
    ResourceKind,
    Unit,
)
from templates.library.merging import ORDER, PRESENCE, Difference

NOUNS = {
    "goal": gettext_lazy("Goal"),
    "indicators": gettext_lazy("Indicator"),
    "activities": gettext_lazy("Activity"),
    "resources": gettext_lazy("Kind of resources"),
    "questions": gettext_lazy("Question"),
}
FIELD_NAMES = {
    "title": gettext_lazy("title"),
    "rationale": gettext_lazy("why"),
    "strategic_objective": gettext_lazy("what we want to reach"),
    "legal_reference": gettext_lazy("reference to the law"),
    "theme": gettext_lazy("theme"),
    "name": gettext_lazy("name"),
    "kind": gettext_lazy("kind"),
    "unit": gettext_lazy("unit"),
    "direction": gettext_lazy("better is"),
    "level": gettext_lazy("level"),
    "measurement": gettext_lazy("how it is measured"),
    "source": gettext_lazy("source"),
    "frequency": gettext_lazy("how often"),
    "role": gettext_lazy("role"),
    "period": gettext_lazy("period"),
    "phase": gettext_lazy("when"),
    "text": gettext_lazy("text"),
    ORDER: gettext_lazy("order"),
    PRESENCE: gettext_lazy("whole"),
}
CHOICES: dict[str, Any] = {
    "unit": Unit,
    "direction": Direction,
    "level": Level,
    "source": IndicatorSource,
    "frequency": Frequency,
    "role": JobRole,
    "phase": Phase,
}


def in_words(kind: str, field: str, value: Any) -> str:
    """A value as people read it; a key becomes its label."""
    if field == "kind":
        choices: Any = ResourceKind if kind == "resources" else IndicatorKind
    else:
        choices = CHOICES.get(field)
    return str(dict(choices.choices).get(value, value)) if choices is not None else str(value)


def name_of(kind: str, node: Any) -> str:
    """What a node is called."""
    field = {"indicators": "name", "resources": "kind", "questions": "text"}.get(kind, "title")
    return in_words(kind, field, node.get(field, ""))


def said(item: Difference, own: bool = False) -> dict[str, str]:
    """``label``, ``mine`` and ``theirs`` in words, and a ``sentence`` that says it in one line."""
    noun = str(NOUNS[item.kind])
    if item.field == ORDER:
        return {
            "label": f"{noun}: {FIELD_NAMES[ORDER]}",
            "mine": _("the order as it is here"),
            "theirs": _("another order"),
            "sentence": f"{noun}: {_('another order')}",
        }
    if item.field == PRESENCE:
        mine, theirs = (name_of(item.kind, node) if node else "" for node in (item.mine, item.theirs))
        verb = _("new") if theirs else _("taken away")
        return {
            "label": f"{noun}: {verb}",
            "mine": mine or _("does not stand here"),
            "theirs": theirs or _("taken away"),
            "sentence": f"{noun}, {verb}: {theirs or mine}",
        }
    mine, theirs = (
        in_words(item.kind, item.field, value) or _("empty") for value in (item.mine, item.theirs)
    )
    label = f"{noun}: {FIELD_NAMES[item.field]}"
    return {"label": label, "mine": mine, "theirs": theirs, "sentence": f"{label}: {theirs}"}
