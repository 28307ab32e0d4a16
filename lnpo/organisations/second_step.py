"""A second step when signing in, where an organisation asks it of its managers or of everybody."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.accounts.second_factor import has_second_factor
from lnpo.audit.trail import record
from lnpo.organisations.membership import hold
from lnpo.organisations.models import AccessRole, Organisation, SecondFactorRule, memberships_of
from lnpo.organisations.permissions import may_manage_members

OPEN = ("/account/", "/static/", "/media/", "/healthz", "/readyz", "/i18n/", "/.well-known/")
"""What somebody reaches who must set up a second step first: the own account, and what every page needs."""


def ask_second_step(actor: User, organisation: Organisation, rule: SecondFactorRule) -> None:
    """Say of whom the organisation asks a second step; in force with everybody's next request.

    Raises:
        PermissionDenied: ``actor`` may not decide about its members.
        ValidationError: ``actor`` would ask of others what is not set up for the own account.

    """
    if not may_manage_members(actor, organisation):
        raise PermissionDenied
    if rule != SecondFactorRule.NOBODY and not has_second_factor(actor):
        raise ValidationError(
            _("Set up a second step for yourself first. Then you know how it works."), code="not_yourself"
        )
    with transaction.atomic():
        hold(organisation)
        before = Organisation.objects.values_list("second_factor", flat=True).get(pk=organisation.pk)
        if before == rule.value:
            return
        Organisation.objects.filter(pk=organisation.pk).update(second_factor=rule.value)
        record(
            actor,
            "organisation.second_step_changed",
            organisation,
            changes={"second_factor": (before, rule.value)},
            organisation=organisation,
        )
    organisation.second_factor = rule.value


def needs_second_step(user: User) -> bool:
    """Whether POS or an organisation of this person asks a second step."""
    return user.is_pos or any(
        one.organisation.second_factor == SecondFactorRule.ALL
        or (
            one.organisation.second_factor == SecondFactorRule.MANAGERS
            and one.access_role == AccessRole.MANAGER
        )
        for one in memberships_of(user)
    )


class SecondStepMiddleware:
    """Who must have a second step and has none sets it up first; until then only the own account opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Ask only for signed-in people, and only outside the pages of the own account."""
        user = request.user
        if (
            isinstance(user, User)
            and not request.path.startswith(OPEN)
            and needs_second_step(user)
            and not has_second_factor(user)
        ):
            messages.info(
                request, _("Your organisation asks for a second step when you sign in. Set it up first.")
            )
            return redirect("mfa_index")
        return self.get_response(request)
