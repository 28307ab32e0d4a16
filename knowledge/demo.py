"""Demo content: the practice examples of the content pack."""

from pathlib import Path
from typing import Any

import yaml

from knowledge.models import Evidence, PracticeIndexPage, PracticePage
from lnpo.organisations.models import Organisation, OrganisationKind
from lnpo.topics.models import Sector, Topic
from templates.library.enums import Level
from templates.library.models import GoalTemplatePage

CONTENT = Path(__file__).parent / "demo_content" / "articles.yaml"
LEVEL_OF_KIND = {OrganisationKind.BOARD: Level.BOARD, OrganisationKind.SCHOOL: Level.SCHOOL}


def load() -> None:
    """Publish what is missing; an example that stands is left as it is."""
    index = PracticeIndexPage.objects.get()
    for row in yaml.safe_load(CONTENT.read_text(encoding="utf-8"))["articles"]:
        if not PracticePage.objects.child_of(index).filter(slug=row["slug"]).exists():
            page = PracticePage(**_fields(row))
            index.add_child(instance=page)
            page.goal_templates.set(GoalTemplatePage.objects.filter(code__in=row["related_templates"]))
            page.save_revision().publish()


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    name = row["author_org"].removesuffix(" (verzonnen)")
    organisation = Organisation.objects.filter(name=name).first()
    kind = OrganisationKind(organisation.kind) if organisation else OrganisationKind.SWV
    return {
        "title": row["title"],
        "slug": row["slug"],
        "search_description": row["lead"],
        "topic": Topic.objects.get(key=row["theme"]),
        "sector": (organisation.sector if organisation else "") or Sector.BOTH,
        "level": LEVEL_OF_KIND.get(kind, Level.SWV),
        "organisation": organisation,
        "author_line": "" if organisation else row["author_org"],
        "lead": row["lead"],
        "context": row["context"],
        "body": [{"type": "passage", "value": passage} for passage in row["body"]],
        "evidence": row.get("evidence", Evidence.REPORTED),
        "cost": row.get("cost", ""),
        "effect": row.get("effect", ""),
        "tips": [{"type": "tip", "value": tip} for tip in row["tips"]],
        "reader_question": row["questions_to_reader"][0],
    }
