"""Load the demo content."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from home import demo
from lnpo.search.indexing import reconcile


class Command(BaseCommand):
    """For trying out; refuses in production."""

    help = "Load the demo: organisations, the cast, sessions, practice, goal templates and a workspace."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--only-when-empty`` leaves a database alone in which the cast already stands."""
        parser.add_argument("--only-when-empty", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry out."""
        if options["only_when_empty"] and demo.is_loaded():
            return
        self.stdout.write("Loading the demo content …")
        self.stdout.flush()
        demo.load()
        reconcile()  # so that everything is found at once, also before a worker runs
