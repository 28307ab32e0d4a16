"""Make everything that can be found anew, while the old index keeps answering."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from lnpo.search.indexing import rebuild

WIDTH = 40


class Command(BaseCommand):
    """Rebuild the search index."""

    help = "Make the search index anew; search keeps answering meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        """Show how far it is, and how fast it went."""
        started = time.monotonic()

        def tell(done: int, total: int) -> None:
            filled = WIDTH * done // max(1, total)
            self.stdout.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total}", ending="")
            self.stdout.flush()

        total = rebuild(tell)
        seconds = time.monotonic() - started
        self.stdout.write(
            f"\n{total} entries in {seconds:.1f} s ({total / max(seconds, 0.001):.0f} per second)."
        )
