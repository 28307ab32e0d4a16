"""Demo content: the goal templates of the content pack, published in the library."""

import uuid
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify

from lnpo.topics.models import Sector, Topic
from templates.library.models import GoalTemplatePage, LibraryIndexPage

CONTENT = Path(__file__).parent / "demo_content" / "goal_templates.yaml"
IMPROVEMENTS = CONTENT.with_name("improvements.yaml")


def load() -> None:
    """Publish what is missing; a template that stands is left as it is."""
    index = LibraryIndexPage.objects.get()
    topics = {topic.key: topic for topic in Topic.objects.all()}
    known = set(GoalTemplatePage.objects.values_list("code", flat=True))
    for row in yaml.safe_load(CONTENT.read_text(encoding="utf-8"))["templates"]:
        if row["code"] not in known:
            page = GoalTemplatePage(**_fields(row), topic=topics[row["theme"]])
            index.add_child(instance=page)
            page.save_revision().publish()


def improve() -> None:
    """Publish the second version of some templates; one that has it is left as it is."""
    for row in yaml.safe_load(IMPROVEMENTS.read_text(encoding="utf-8"))["improvements"]:
        page = GoalTemplatePage.objects.filter(code=row["code"]).first()
        if page is None or page.versions.count() != 1:
            continue
        for name in ("indicators", "activities"):
            stream = getattr(page, name)
            for change in row.get(name, []):
                stream[change["index"]].value.update(
                    {field: value.strip() for field, value in change.items() if field != "index"}
                )
        for kind, stream in (("activity", page.activities), ("question", page.questions)):
            if f"add_{kind}" in row:
                stream.append((kind, row[f"add_{kind}"]))
                stream[-1].id = str(_uid(row["code"], f"{kind}-new"))
        page.change_note, page.credit = row["change_note"], row["credit"]
        page.save_revision().publish()


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    code = row["code"]
    return {
        "title": row["title"],
        "slug": slugify(row["title"])[:80].strip("-"),
        "template_uid": _uid(code, "goal"),
        "code": code,
        "sector": Sector.BOTH if len(row["sector"]) > 1 else row["sector"][0],
        "rationale": row["rationale"],
        "strategic_objective": row["strategic_objective"],
        "legal_reference": row.get("legal_reference", "") or "",
        "search_description": row["rationale"][:200],
        "indicators": _stream(code, "indicator", [_indicator(item) for item in row["indicators"]]),
        "activities": _stream(code, "activity", row["activities"]),
        "resources": _stream(code, "resource", [{"kind": kind} for kind in row["resources"]]),
        "questions": _stream(
            code,
            "question",
            [
                {"phase": phase, "text": text}
                for phase, texts in row["conversation_questions"].items()
                for text in texts
            ],
        ),
    }


def _indicator(item: dict[str, Any]) -> dict[str, Any]:
    return {**{name: value for name, value in item.items() if name != "type"}, "kind": item["type"]}


def _stream(code: str, kind: str, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"type": kind, "id": str(_uid(code, f"{kind}-{index}")), "value": value}
        for index, value in enumerate(values)
    ]


def _uid(code: str, path: str) -> uuid.UUID:
    """The same uid on every installation, so that demo workspaces and templates recognise each other."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"lnpo:template:{code}:{path}")
