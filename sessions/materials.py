"""Verbs on materials: add, remove, and tell participants that they are there."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.permissions import is_member
from lnpo.page_cache import bump_on_commit
from lnpo.ui.uploads import CheckedUpload
from sessions.after_mails import AfterMail, queue_after_mail
from sessions.models import Material, Registration, SessionPage
from sessions.permissions import may_run_sessions

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet


def materials_for(user: "User | AnonymousUser", page: SessionPage) -> "QuerySet[Material]":
    """What ``user`` may read: what is public, and the rest for members and POS."""
    found = Material.objects.filter(page=page)
    inside = is_member(user) or may_run_sessions(user)
    return found if inside else found.filter(members_only=False)


def may_read_report(user: "User | AnonymousUser", page: SessionPage) -> bool:
    """Everybody reads a public report; one for members is read by members and POS."""
    return page.report_audience == "public" or is_member(user) or may_run_sessions(user)


def add_material(
    staff: User, page: SessionPage, title: str, *, url: str, upload: CheckedUpload | None, members_only: bool
) -> Material:
    """Put a file or an address on the page of a session.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    with transaction.atomic():
        material = Material(page=page, title=title, url=url, members_only=members_only)
        if upload:
            material.file_name = upload.shown_name
            material.file.save(upload.stored_name, upload.content, save=False)
        material.save(force_insert=True)
        record(staff, "material.added", material)
        bump_on_commit()
    return material


def remove_material(staff: User, material: Material) -> None:
    """Take it from the page; the file goes with it.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    with transaction.atomic():
        record(staff, "material.removed", material, changes={"title": (material.title, None)})
        if material.file:
            name, storage = str(material.file.name), material.file.storage
            transaction.on_commit(lambda: storage.delete(name))
        material.delete()
        bump_on_commit()


def tell_of_materials(staff: User, page: SessionPage) -> int:
    """Mail everybody who had a seat that report and materials are there; again only when something was added.

    Returns:
        How many mails are on their way.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    newest = Material.objects.filter(page=page).order_by("-added_at").first()
    edition = int(newest.added_at.timestamp()) if newest else 1
    with transaction.atomic():
        people = Registration.objects.confirmed().filter(page=page)
        posted = sum(queue_after_mail(person, AfterMail.MATERIALS, edition) for person in people)
        record(staff, "materials.announced", page, changes={"mails": (None, posted)})
    return posted
