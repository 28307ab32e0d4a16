"""Demo content: news, with dates that stay recent."""

from datetime import timedelta
from pathlib import Path

import yaml

from home.models import NewsIndexPage, NewsPage
from lnpo.organisations.models import today

CONTENT = Path(__file__).parent / "demo_content" / "news.yaml"


def load() -> None:
    """Publish what is missing."""
    index = NewsIndexPage.objects.get()
    for row in yaml.safe_load(CONTENT.read_text(encoding="utf-8"))["news"]:
        if not NewsPage.objects.child_of(index).filter(slug=row["slug"]).exists():
            fields = {name: row[name] for name in ("title", "slug", "intro", "body")}
            page = NewsPage(
                **fields,
                date=today() - timedelta(days=row["days_ago"]),
                search_description=row["intro"][:200],
            )
            index.add_child(instance=page)
            page.save_revision().publish()
