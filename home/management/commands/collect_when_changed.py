"""Collect static files, but only when one of them is newer than the last collection."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Keep a second start quick: collecting and compressing takes seconds."""

    help = "Run collectstatic when the project's static files or its dependencies have changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare times of change with the mark of the last run."""
        mark = Path(settings.STATIC_ROOT) / ".collected"
        sources = [settings.BASE_DIR / "uv.lock"]
        for app in ("lnpo/ui", "sessions", "knowledge", "home", "templates"):
            sources += [path for path in (settings.BASE_DIR / app).rglob("static/**/*") if path.is_file()]
        newest = max((path.stat().st_mtime for path in sources if path.exists()), default=0.0)
        if mark.exists() and mark.stat().st_mtime >= newest:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.touch()
