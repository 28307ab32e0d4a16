"""POS staff: the groups of people who edit the site, and what these groups may do."""

from django.contrib.auth.models import Group, Permission

from lnpo.accounts.models import User

EDITORS = "POS-redactie"
"""Writes and publishes pages, sessions, practice and goal templates, and sees who registered."""


def prepare_staff_groups() -> Group:
    """Make the group of POS editors with the right to open the CMS; may run twice.

    What the group may do with pages and records is granted where those live (``home.structure``),
    because the ground does not know its guests.
    """
    group, _ = Group.objects.get_or_create(name=EDITORS)
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.add(access)
    return group


def make_pos_editor(user: User) -> None:
    """Give ``user`` the work of a POS editor; the second factor is asked for at the first visit."""
    user.groups.add(Group.objects.get(name=EDITORS))
