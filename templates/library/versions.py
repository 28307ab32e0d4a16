"""Publish a goal template: the next immutable version, when something has changed."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Max

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from templates.library.models import GoalTemplatePage, GoalTemplateVersion


def content_of(page: GoalTemplatePage) -> dict[str, Any]:
    """The whole tree of ``page``: a goal and lists of nodes, each with its stable uid."""

    def nodes(stream: Any) -> list[dict[str, Any]]:
        return [
            {"uid": block.id, **{name: value or "" for name, value in block.value.items()}}
            for block in stream
        ]

    return {
        "goal": {
            "uid": str(page.template_uid),
            "title": page.title,
            "rationale": page.rationale,
            "strategic_objective": page.strategic_objective,
            "legal_reference": page.legal_reference,
            "theme": page.topic.key if page.topic else "",
        },
        "indicators": nodes(page.indicators),
        "activities": nodes(page.activities),
        "resources": nodes(page.resources),
        "questions": nodes(page.questions),
    }


def publish_version(page: GoalTemplatePage, user: User | None = None) -> GoalTemplateVersion | None:
    """Make the next version of ``page``; publishing without a change makes none and returns ``None``.

    The row of the page is locked first, so that two editors who publish at once get two numbers.
    """
    with transaction.atomic():
        GoalTemplatePage.objects.filter(pk=page.pk).update(template_uid=page.template_uid)
        content = content_of(page)
        last = newest(page.template_uid)
        if last is not None and last.content == content and last.sector == page.sector:
            return None
        number = (last.number if last else 0) + 1
        version = GoalTemplateVersion.objects.create(
            page=page,
            template_uid=page.template_uid,
            number=number,
            code=page.code,
            title=page.title,
            sector=page.sector,
            content=content,
            change_note=page.change_note if last else "",
            credit=page.credit,
        )
        record(user, "goal_template.published", version, changes={"number": (number - 1 or None, number)})
    return version


def newest(template_uid: uuid.UUID) -> GoalTemplateVersion | None:
    """The latest version of a template, if it was ever published."""
    return GoalTemplateVersion.objects.filter(template_uid=template_uid).order_by("-number").first()


def newest_numbers(template_uids: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    """The latest version number of each template, in one query."""
    rows = (
        GoalTemplateVersion.objects.filter(template_uid__in=template_uids)
        .values_list("template_uid")
        .annotate(last=Max("number"))
        .order_by()
    )
    return dict(rows)


def renew_uids(page: GoalTemplatePage) -> None:
    """Give a copy its own identity: a new uid for the template and for every node."""
    page.template_uid = uuid.uuid4()
    for stream in (page.indicators, page.activities, page.resources, page.questions):
        for block in stream:
            block.id = str(uuid.uuid4())
