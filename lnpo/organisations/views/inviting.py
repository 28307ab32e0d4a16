"""Invite people: one, or a list with a preview; send again, withdraw."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lnpo.organisations import invitations
from lnpo.organisations.invite_forms import InvitationForm, PastedListForm
from lnpo.organisations.models import Invitation, Organisation
from lnpo.organisations.permissions import may_invite
from lnpo.organisations.views.access import (
    WRITE,
    demand,
    member_page,
    organisation_or_404,
    person,
    refused,
    show,
)


def _open(request: HttpRequest, organisation_id: UUID) -> Organisation:
    organisation = organisation_or_404(request, organisation_id)
    demand(may_invite(person(request), organisation))
    return organisation


@require_http_methods(WRITE)
@member_page
def invite(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Invite one person."""
    organisation = _open(request, organisation_id)
    form = InvitationForm(request.POST if request.method == "POST" else None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invite(person(request), organisation, form.invitee())
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(
                request,
                _("The invitation goes to %(email)s by mail.") % {"email": form.cleaned_data["email"]},
            )
            return redirect("network:people", organisation.pk)
    return show(request, organisation, "organisations/invite.html", "people", form=form)


@require_http_methods(WRITE)
@member_page
def invite_list(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Paste a list, see what would be sent, and send it."""
    organisation = _open(request, organisation_id)
    form = PastedListForm(request.POST if request.method == "POST" else None)
    invitees = None
    if request.method == "POST" and form.is_valid():
        invitees = form.invitees
        if "send" in request.POST:
            try:
                invitations.invite_all(person(request), organisation, invitees)
            except ValidationError as error:
                refused(form, error)
                invitees = None
            else:
                messages.success(
                    request,
                    ngettext(
                        "%(number)s invitation goes out by mail.",
                        "%(number)s invitations go out by mail.",
                        len(invitees),
                    )
                    % {"number": len(invitees)},
                )
                return redirect("network:people", organisation.pk)
    return show(
        request, organisation, "organisations/invite_list.html", "people", form=form, invitees=invitees
    )


def _invitation(organisation: Organisation, invitation_id: UUID) -> Invitation:
    found = (
        Invitation.objects.filter(organisation=organisation, pk=invitation_id)
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_POST
@member_page
def invitation_again(request: HttpRequest, organisation_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Send it once more with a new link."""
    organisation = _open(request, organisation_id)
    invitation = _invitation(organisation, invitation_id)
    try:
        invitations.send_again(person(request), invitation)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except invitations.InvitationGoneError:
        messages.warning(request, _("This invitation was answered or withdrawn meanwhile."))
    else:
        messages.success(
            request,
            _("The invitation goes to %(email)s once more. The earlier link no longer works.")
            % {"email": invitation.email},
        )
    return redirect("network:people", organisation.pk)


@require_POST
@member_page
def invitation_withdraw(request: HttpRequest, organisation_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Take it back."""
    organisation = _open(request, organisation_id)
    try:
        invitations.withdraw(person(request), _invitation(organisation, invitation_id))
    except invitations.InvitationGoneError:
        messages.warning(request, _("This invitation was answered or withdrawn meanwhile."))
    else:
        messages.success(request, _("The invitation was withdrawn. Its link no longer works."))
    return redirect("network:people", organisation.pk)
