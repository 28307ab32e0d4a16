"""The demo: what every app has to show, in the order in which it stands on each other."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management.base import CommandError

from home import demo_news
from home.structure import prepare_site
from knowledge import demo as knowledge_demo
from lnpo.accounts.models import User
from lnpo.organisations import demo as organisations_demo
from lnpo.people import demo as people_demo
from sessions import demo as sessions_demo
from templates.library import demo as library_demo
from templates.workspace import demo as workspace_demo

BUILDERS = [
    organisations_demo.load,
    people_demo.load,
    library_demo.load,
    sessions_demo.load,
    knowledge_demo.load,
    workspace_demo.load,
    demo_news.load,
]


def is_loaded() -> bool:
    """Whether the cast is there; it is made first and loading may always be repeated."""
    return User.objects.filter(email="anna@example.org").exists()


def load() -> None:
    """Load all demo content; may run twice.

    Raises:
        CommandError: these are not the local settings.

    """
    if not settings.DEMO_ALLOWED:
        raise CommandError(
            "The demo content exists in local settings only; it brings accounts with a known password."
        )
    prepare_site()
    for builder in BUILDERS:
        builder()


def cast_lines() -> list[str]:
    """Who can sign in, for the console."""
    people = User.objects.filter(
        email__in=[f"{name}@example.org" for name in ("anna", "bram", "carla", "femke", "daan")]
    )
    lines = ["Sign in with one of these addresses:"]
    for user in people.prefetch_related("memberships__organisation"):
        works = ", ".join(
            f"{membership.get_job_role_display()}, {membership.organisation}"
            for membership in user.memberships.all()
        )
        lines.append(f"  {user.email:<20} {works}")
    lines.append("  els@example.org      POS, edits the site at /beheer/")
    lines.append(f"Passphrase of all: {organisations_demo.demo_password()}")
    if Authenticator.objects.filter(user__email="els@example.org").exists():
        lines.append(f"Els's authenticator app uses the secret {organisations_demo.demo_totp_secret()}")
    return lines
