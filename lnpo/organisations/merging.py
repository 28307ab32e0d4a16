"""Merge two organisations without losing anything: whatever points at the one comes to point at the other.

Foreign keys are found, not listed: a model that is added later is carried over by itself. Only where the
database allows one row per organisation must its app say what happens when both have one; a test asks for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision, RevisionMixin

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.directory import end_with
from lnpo.organisations.membership import hold
from lnpo.organisations.models import Organisation, today
from lnpo.organisations.permissions import may_merge

CarryOver = Callable[[Organisation, Organisation], None]
"""Takes the organisation that ends and the one that goes on, inside the transaction of the merge."""
_rules: dict[tuple[str, str], CarryOver] = {}


@dataclass(frozen=True)
class Pointer:
    """A foreign key (or many-to-many) of some model to organisations."""

    model: type[models.Model]
    field: Any

    @property
    def key(self) -> tuple[str, str]:
        """How a rule is found: the label of the model, and the name of the field."""
        return self.model._meta.label_lower, self.field.name

    def rows(self, organisation: Organisation) -> Any:
        """The rows that point at ``organisation``, past every rule about who may see them."""
        return self.model._base_manager.filter(**{self.field.name: organisation})

    @property
    def is_unique(self) -> bool:
        """Whether the database can refuse a second row for the same organisation."""
        meta, name = self.model._meta, self.field.name
        together = [set(fields) for fields in meta.unique_together]
        together += [set(one.fields) for one in meta.constraints if isinstance(one, models.UniqueConstraint)]
        return self.field.unique or any(name in fields for fields in together)


def carries_over(model: str, field: str) -> Callable[[CarryOver], CarryOver]:
    """Register what happens to the rows of ``model`` (``"app.model"``) that point with ``field``."""

    def register(rule: CarryOver) -> CarryOver:
        _rules[(model.lower(), field)] = rule
        return rule

    return register


def pointers() -> Iterator[Pointer]:
    """Every relation of every installed model to organisations, except those of merging itself."""
    relations: list[Any] = list(Organisation._meta.get_fields(include_hidden=True))
    for relation in relations:
        if not relation.auto_created or not (relation.one_to_many or relation.one_to_one):
            continue
        if relation.field.name != "merged_into":
            yield Pointer(relation.related_model, relation.field)


def rule_of(pointer: Pointer) -> CarryOver | None:
    """What its app announced, if anything."""
    return _rules.get(pointer.key)


def what_moves(organisation: Organisation) -> list[tuple[str, int]]:
    """How many rows of each kind point at ``organisation``, for the preview."""
    counted: dict[str, int] = {}
    for pointer in pointers():
        name = str(pointer.model._meta.verbose_name_plural)
        counted[name] = counted.get(name, 0) + pointer.rows(organisation).count()
    return sorted((name, number) for name, number in counted.items() if number)


def refuse_what_cannot_merge(ending: Organisation, going_on: Organisation) -> None:
    """Raise ``ValidationError`` when these two cannot become one."""
    if ending.pk == going_on.pk:
        raise ValidationError(_("Choose two different organisations."), code="same")
    if ending.kind != going_on.kind:
        raise ValidationError(_("These are not of the same kind."), code="kind")
    if ending.merged_into_id or ending.has_ended or going_on.has_ended or going_on.merged_into_id:
        raise ValidationError(_("One of the two has ended already."), code="ended")


def _carry_drafts(pointer: Pointer, ending: Organisation, going_on: Organisation) -> None:
    """Saved drafts of pages name the organisation too; publishing one would bring the old one back."""
    if not issubclass(pointer.model, RevisionMixin):
        return
    kept = f"content__{pointer.field.name}"
    kind = ContentType.objects.get_for_model(pointer.model, for_concrete_model=False)
    for revision in Revision.objects.filter(content_type=kind, **{kept: str(ending.pk)}):
        revision.content[pointer.field.name] = str(going_on.pk)
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def merge(actor: User, ending: Organisation, going_on: Organisation, reason: str) -> None:
    """Let ``ending`` go on as ``going_on``: people, links, codes and all that apps hang on it move along.

    What cannot point elsewhere, because the other has the same, stays with the one that ends, as history.

    Raises:
        PermissionDenied: ``actor`` is not POS staff.
        ValidationError: they cannot become one; see :func:`refuse_what_cannot_merge`; or no reason is given.

    """
    if not may_merge(actor):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Write why: it stays in the history."), code="reason")
    with transaction.atomic():
        for one in sorted((ending, going_on), key=lambda organisation: organisation.pk):
            hold(one)
        ending, going_on = (Organisation.objects.get(pk=one.pk) for one in (ending, going_on))
        refuse_what_cannot_merge(ending, going_on)
        moved = what_moves(ending)
        for pointer in pointers():
            rule = rule_of(pointer)
            if rule is not None:
                rule(ending, going_on)
            else:
                pointer.rows(ending).update(**{pointer.field.name: going_on})
            _carry_drafts(pointer, ending, going_on)
        ending.former_names.create(name=ending.name, until=today())
        ending.former_names.update(organisation=going_on)
        ending.merged_into, ending.ends_on = going_on, today() - timedelta(days=1)
        ending.save(update_fields=["merged_into", "ends_on"])
        end_with(ending, ending.ends_on)
        Organisation.objects.filter(merged_into=ending).update(merged_into=going_on)
        for subject, word in ((ending, "organisation.merged"), (going_on, "organisation.took_over")):
            record(
                actor,
                word,
                subject,
                changes={
                    "merged_into": (ending, going_on),
                    "name": (ending.name, going_on.name),
                    "moved": (None, [f"{name}: {number}" for name, number in moved]),
                },
                organisation=subject,
                reason=reason.strip(),
            )
