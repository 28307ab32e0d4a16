"""Make the sections of the site and the rights of POS editors."""

from typing import Any

from django.core.management.base import BaseCommand

from home.structure import prepare_site


class Command(BaseCommand):
    """Needed once on a new installation, harmless afterwards."""

    help = "Make the fixed pages and the group of POS editors where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry out."""
        prepare_site()
