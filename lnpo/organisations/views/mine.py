"""My organisations: for which I work now, what I asked for, and leaving."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lnpo.organisations import membership as memberships
from lnpo.organisations.entry_forms import SwitchForm
from lnpo.organisations.models import JoinRequest, Membership
from lnpo.organisations.switch import active_organisation, choose
from lnpo.organisations.views.access import WRITE, member_page, person


@require_safe
@member_page
def mine(request: HttpRequest) -> HttpResponse:
    """Where I work, with what role and until when."""
    user = person(request)
    standing = Membership.objects.of_user(user).not_over().select_related("organisation", "stands_in_for")
    asked = JoinRequest.objects.filter(user=user, state="waiting").select_related("organisation")
    return render(
        request,
        "organisations/mine.html",
        {
            "memberships": list(standing),
            "active": active_organisation(request),
            "requests": list(asked),
        },
    )


@require_POST
@member_page
def switch(request: HttpRequest) -> HttpResponse:
    """Work for another of my organisations."""
    form = SwitchForm(request.POST)
    if not form.is_valid() or not choose(request, form.cleaned_data["organisation"]):
        raise Http404
    active = active_organisation(request)
    messages.success(request, _("You now work for %(name)s.") % {"name": active})
    return redirect("network:mine")


@require_http_methods(WRITE)
@member_page
def leave(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """End my own access; the last manager names a successor first."""
    own = (
        Membership.objects.of_user(person(request))
        .not_over()
        .filter(pk=membership_id)
        .select_related("organisation")
        .first()
    )
    if own is None:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            memberships.leave(person(request), own)
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
        else:
            messages.success(
                request, _("You left %(name)s. Thank you for what you did.") % {"name": own.organisation}
            )
            return redirect("network:mine")
    return render(request, "organisations/leave.html", {"membership": own, "error": error})
