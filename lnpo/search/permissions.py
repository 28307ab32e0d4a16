"""Policies of search; the docstring is the policy."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission

if TYPE_CHECKING:
    from django.contrib.auth.models import Group


def grant_staff_permissions(group: "Group") -> None:
    """POS editors keep groups of synonyms, and see which searches found nothing."""
    wanted = ["view_synonymgroup", "add_synonymgroup", "change_synonymgroup", "delete_synonymgroup"]
    wanted += ["view_emptysearch", "delete_emptysearch"]
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label="search", codename__in=wanted),
    )
