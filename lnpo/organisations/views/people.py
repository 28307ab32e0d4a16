"""Who works at an organisation: change what they may do, and end it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lnpo.organisations.entry_forms import AccessForm, ReasonForm
from lnpo.organisations.joining import queue_of
from lnpo.organisations.membership import change, revoke
from lnpo.organisations.models import AccessRole, Invitation, JobRole, Membership, Organisation, today
from lnpo.organisations.permissions import may_invite, may_manage_members
from lnpo.organisations.views.access import (
    WRITE,
    demand,
    member_page,
    organisation_or_404,
    person,
    refused,
    show,
)

PER_PAGE = 50


@require_safe
@member_page
def people(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Members, open invitations and requests; managers above see invitations and requests only."""
    organisation = organisation_or_404(request, organisation_id)
    user = person(request)
    manages = may_manage_members(user, organisation)
    demand(manages or may_invite(user, organisation))
    members = (
        Membership.objects.not_over()
        .filter(organisation=organisation)
        .select_related("user", "stands_in_for")
        .order_by("user__last_name", "user__first_name", "pk")
    )
    ended = (
        Membership.objects.filter(organisation=organisation)
        .exclude(pk__in=Membership.objects.not_over().values("pk"))
        .select_related("user")
        .order_by("-revoked_at", "-ends_on")
    )
    invitations = (
        Invitation.objects.unanswered().filter(organisation=organisation).select_related("invited_by")
    )
    return show(
        request,
        organisation,
        "organisations/people.html",
        "people",
        members=Paginator(members, PER_PAGE).get_page(request.GET.get("page")) if manages else None,
        ended=list(ended[:20]) if manages else [],
        invitations=list(invitations[:200]),
        requests=list(queue_of(user).filter(organisation=organisation)[:50]),
        today=today(),
    )


def _membership(organisation: Organisation, membership_id: UUID) -> Membership:
    found = (
        Membership.objects.not_over()
        .filter(organisation=organisation, pk=membership_id)
        .select_related("user", "organisation")
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_http_methods(WRITE)
@member_page
def membership_edit(request: HttpRequest, organisation_id: UUID, membership_id: UUID) -> HttpResponse:
    """Job role, access role, last day, and for whom somebody stands in."""
    organisation = organisation_or_404(request, organisation_id)
    demand(may_manage_members(person(request), organisation))
    membership = _membership(organisation, membership_id)
    form = AccessForm(request.POST if request.method == "POST" else None, membership=membership)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change(
                person(request),
                membership,
                JobRole(data["job_role"]),
                AccessRole(data["access_role"]),
                data["ends_on"],
                data["stands_in_for"],
            )
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("The access of %(name)s was changed.") % {"name": membership.user})
            return _back(request, organisation)
    return show(
        request,
        organisation,
        "organisations/membership.html",
        "people",
        form=form,
        membership=membership,
    )


@require_http_methods(WRITE)
@member_page
def membership_end(request: HttpRequest, organisation_id: UUID, membership_id: UUID) -> HttpResponse:
    """End somebody's access at once."""
    organisation = organisation_or_404(request, organisation_id)
    demand(may_manage_members(person(request), organisation))
    membership = _membership(organisation, membership_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke(person(request), membership, form.cleaned_data["reason"])
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("%(name)s no longer has access.") % {"name": membership.user})
            return _back(request, organisation)
    return show(
        request,
        organisation,
        "organisations/form_page.html",
        "people",
        form=form,
        heading=_("End the access of %(name)s") % {"name": membership.user},
        lead=_("It ends at once. What they made stays with the organisation, and so does the history."),
        submit=_("End the access"),
    )


def _back(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """To the list of people, for who may still see it."""
    if may_manage_members(person(request), organisation):
        return redirect("network:people", organisation.pk)
    return redirect("network:mine")
