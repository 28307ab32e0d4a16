"""The fixed part of the page tree, and what POS editors may do in it. May run again at any time."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from home.models import ContactPage, ContentPage, HomePage, NewsIndexPage
from knowledge import glossary, reviewing
from knowledge import permissions as knowledge_permissions
from knowledge.models import PracticeIndexPage
from lnpo.accounts.staff import prepare_staff_groups
from lnpo.interest import permissions as interest_permissions
from lnpo.organisations import permissions as organisation_permissions
from lnpo.search import permissions as search_permissions
from sessions import permissions as session_permissions
from sessions.models import SessionIndexPage
from templates.library.models import LibraryIndexPage

CONTENT = Path(__file__).parent / "site_content" / "pages.yaml"
PAGE_TYPES: dict[str, type[Page]] = {
    "content": ContentPage,
    "contact": ContactPage,
    "news": NewsIndexPage,
    "sessions": SessionIndexPage,
    "practice": PracticeIndexPage,
    "library": LibraryIndexPage,
}
RESERVED_SLUGS = frozenset(
    {
        "account",
        "beheer",
        "documenten",
        "healthz",
        "mail",
        "media",
        "mijn",
        "organisaties",
        "op-de-hoogte",
        "readyz",
        "static",
        "werkruimte",
        "zoeken",
    }
)
"""First parts of addresses that views use; no page under the home page may have one of these slugs."""
PAGE_PERMISSIONS = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"]


@transaction.atomic
def prepare_site() -> HomePage:
    """Make what is missing: the site, its sections with a first text, and the rights of POS editors."""
    content = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    home = HomePage.objects.first() or _make_home(content["home"])
    for row in content["pages"]:
        if not home.get_children().filter(slug=row["slug"]).exists():
            page = PAGE_TYPES[row["type"]](**{name: value for name, value in row.items() if name != "type"})
            home.add_child(instance=page)
            page.save_revision().publish()
    _grant(home)
    reviewing.prepare_workflow()
    glossary.prepare_terms()
    return home


def _make_home(row: dict[str, Any]) -> HomePage:
    """The front page in the place of Wagtail's own first page."""
    root = Page.get_first_root_node()
    for welcome in root.get_children().filter(slug="home"):
        welcome.delete()
    root.refresh_from_db()
    home = HomePage(**row)
    root.add_child(instance=home)
    home.save_revision().publish()
    address = urlsplit(settings.SITE_URL)
    Site.objects.all().delete()
    Site.objects.create(
        hostname=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 80),
        root_page=home,
        is_default_site=True,
        site_name=settings.WAGTAIL_SITE_NAME,
    )
    return home


def _grant(home: HomePage) -> Group:
    group = prepare_staff_groups()
    for codename in PAGE_PERMISSIONS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=home.page_ptr, permission=permission)
    collection = Collection.get_first_root_node()
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in ("add", "change", "choose"):
            permission = Permission.objects.get(content_type__app_label=app, codename=f"{action}_{model}")
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    organisation_permissions.grant_staff_permissions(group)
    session_permissions.grant_staff_permissions(group)
    search_permissions.grant_staff_permissions(group)
    interest_permissions.grant_staff_permissions(group)
    knowledge_permissions.grant_staff_permissions(group)
    return group
