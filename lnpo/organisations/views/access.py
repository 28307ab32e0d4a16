"""How the pages of this app find their objects, and who may open them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.accounts.second_factor import has_second_factor
from lnpo.organisations.models import Organisation
from lnpo.organisations.permissions import (
    may_describe,
    may_import,
    may_invite,
    may_manage_members,
    may_merge,
)

View = Callable[..., HttpResponseBase]
WRITE = ["GET", "HEAD", "POST"]


def member_page(view: View) -> View:
    """Signed in; POS staff, who may do everything here, have a second factor first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = person(request)
        if user.is_pos and not has_second_factor(user):
            messages.info(request, _("Set up a second factor first. After that you can edit the site."))
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return login_required(guarded)


def person(request: HttpRequest) -> User:
    """The signed-in person."""
    user = request.user
    assert isinstance(user, User)
    return user


def organisation_or_404(request: HttpRequest, organisation_id: UUID) -> Organisation:
    """An organisation that this person may see in the directory."""
    visible = Organisation.objects.visible_to(person(request)).select_related("merged_into")
    organisation = visible.filter(pk=organisation_id).first()
    if organisation is None:
        raise Http404
    return organisation


def demand(allowed: bool) -> None:
    """Refuse who sees the organisation but may not do this.

    Raises:
        PermissionDenied: ``allowed`` is false.

    """
    if not allowed:
        raise PermissionDenied


def show(
    request: HttpRequest,
    organisation: Organisation,
    template: str,
    section: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page about one organisation, with the tabs that this person may open."""
    user = person(request)
    manages = may_manage_members(user, organisation)
    frame = {
        "organisation": organisation,
        "section": section,
        "may_manage": manages,
        "may_invite": not organisation.has_ended and (manages or may_invite(user, organisation)),
        "may_describe": not organisation.has_ended and may_describe(user, organisation),
        "may_merge": not organisation.has_ended and may_merge(user),
        "may_import": organisation.kind == "swv" and may_import(user, organisation),
    }
    return render(request, template, {**frame, **context}, status=status)


def refused(form: forms.BaseForm, error: ValidationError) -> None:
    """Put the refusal of a verb in the form."""
    form.add_error(None, error)
