"""Builders of goal templates and their versions."""

import uuid
from typing import Any

from wagtail.models import Page, Site

from lnpo.topics.models import Topic
from templates.library.models import GoalTemplatePage, GoalTemplateVersion, LibraryIndexPage
from templates.library.versions import newest

INDICATOR = {
    "name": "Share of pupils at school",
    "kind": "meetbaar",
    "unit": "procent",
    "direction": "omhoog",
    "level": "swv",
    "measurement": "Count them.",
    "source": "anders",
    "frequency": "per_jaar",
}
NOTICED = {**INDICATOR, "name": "Pupils feel welcome", "kind": "merkbaar", "unit": "schaal_1_4"}
ACTIVITY = {"title": "Visit every school", "level": "swv", "role": "kwaliteitsmedewerker", "period": ""}
QUESTION = {"phase": "start", "text": "What do we want to see in a year?"}


def make_library() -> LibraryIndexPage:
    """The page of the library, made once."""
    found = LibraryIndexPage.objects.first()
    if found:
        return found
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    parent = site.root_page if site else Page.objects.get(depth=1)
    return parent.add_child(instance=LibraryIndexPage(title="Doelsjablonen", slug="doelsjablonen"))


def blocks(kind: str, *values: dict[str, Any]) -> list[dict[str, Any]]:
    """Values as a stream field takes them, each with an id of its own."""
    return [{"type": kind, "id": str(uuid.uuid4()), "value": value} for value in values]


def make_template(topic: str = "doelmatigheid", publish: bool = True, **fields: Any) -> GoalTemplatePage:
    """A goal template with two indicators, two activities, a resource and a question."""
    number = GoalTemplatePage.objects.count() + 1
    values = {
        "title": f"Goal template {number}",
        "slug": f"goal-template-{number}",
        "code": f"T-{number:02}",
        "topic": Topic.objects.get_or_create(key=topic, defaults={"title": topic.title()})[0],
        "rationale": "Every child belongs.",
        "strategic_objective": "All pupils at school.",
        "indicators": blocks("indicator", INDICATOR, NOTICED),
        "activities": blocks("activity", ACTIVITY, {**ACTIVITY, "title": "Talk", "level": "school"}),
        "resources": blocks("resource", {"kind": "scholing"}),
        "questions": blocks("question", QUESTION),
        **fields,
    }
    page = make_library().add_child(instance=GoalTemplatePage(**values, live=publish))
    revision = page.save_revision()
    if publish:
        revision.publish()
    return GoalTemplatePage.objects.get(pk=page.pk)


def make_version(**fields: Any) -> GoalTemplateVersion:
    """The first version of a new goal template."""
    version = newest(make_template(**fields).template_uid)
    assert version is not None
    return version
