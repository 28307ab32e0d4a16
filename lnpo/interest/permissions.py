"""Policies about the interest list; the docstring is the policy."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission

if TYPE_CHECKING:
    from django.contrib.auth.models import Group


def grant_staff_permissions(group: "Group") -> None:
    """POS editors see who is on the interest list, and take somebody off it who asks for that."""
    wanted = ["view_subscriber", "delete_subscriber"]
    group.permissions.add(*Permission.objects.filter(content_type__app_label="interest", codename__in=wanted))
