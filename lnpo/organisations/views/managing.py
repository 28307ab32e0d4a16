"""Describe, close and merge organisations."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lnpo.organisations.directory import close, update
from lnpo.organisations.entry_forms import CloseForm, DescriptionForm, SecondStepForm
from lnpo.organisations.merging import merge, what_moves
from lnpo.organisations.permissions import may_describe, may_manage_members, may_merge
from lnpo.organisations.second_step import ask_second_step
from lnpo.organisations.structure_forms import MergeForm
from lnpo.organisations.views.access import (
    WRITE,
    demand,
    member_page,
    organisation_or_404,
    person,
    refused,
    show,
)


@require_http_methods(WRITE)
@member_page
def organisation_edit(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Change name, place, region or website."""
    organisation = organisation_or_404(request, organisation_id)
    demand(may_describe(person(request), organisation) and not organisation.has_ended)
    form = DescriptionForm(request.POST if request.method == "POST" else None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            update(person(request), organisation, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("The description was saved."))
            return redirect("network:organisation", organisation.pk)
    return show(
        request,
        organisation,
        "organisations/form_page.html",
        "edit",
        form=form,
        heading=_("Edit the description"),
        lead=_("A name that changes is kept: people still find the organisation by its former name."),
        submit=_("Save"),
    )


@require_http_methods(WRITE)
@member_page
def organisation_close(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Let an organisation end with a day."""
    organisation = organisation_or_404(request, organisation_id)
    demand(may_merge(person(request)) and not organisation.has_ended)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            close(person(request), organisation, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("The organisation ends with that day. Nothing was deleted."))
            return redirect("network:organisation", organisation.pk)
    return show(
        request,
        organisation,
        "organisations/form_page.html",
        "close",
        form=form,
        heading=_("Close the organisation"),
        lead=_("Links and access end with the last day. What was made stays, and so does the history."),
        submit=_("Close"),
    )


@require_http_methods(WRITE)
@member_page
def organisation_merge(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Find the organisation in which this one goes on, see what moves, and confirm."""
    organisation = organisation_or_404(request, organisation_id)
    demand(may_merge(person(request)) and not organisation.has_ended)
    data = request.POST if request.method == "POST" else request.GET if "q" in request.GET else None
    form = MergeForm(data, organisation=organisation, searching=request.method != "POST")
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["going_on"]
        try:
            merge(person(request), organisation, target, form.cleaned_data["reason"])
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(
                request, _("%(name)s went on as this organisation.") % {"name": organisation.name}
            )
            return redirect("network:organisation", target.pk)
    return show(
        request,
        organisation,
        "organisations/merge.html",
        "merge",
        form=form,
        q=form.text,
        moves=what_moves(organisation),
    )


@require_http_methods(WRITE)
@member_page
def second_step(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Of whom the organisation asks a second step when they sign in."""
    organisation = organisation_or_404(request, organisation_id)
    demand(may_manage_members(person(request), organisation) and not organisation.has_ended)
    form = SecondStepForm(
        request.POST if request.method == "POST" else None,
        initial={"second_factor": organisation.second_factor},
    )
    if request.method == "POST" and form.is_valid():
        try:
            ask_second_step(person(request), organisation, form.rule())
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Your choice was saved."))
            return redirect("network:organisation", organisation.pk)
    return show(
        request,
        organisation,
        "organisations/form_page.html",
        "second_step",
        form=form,
        heading=_("Sign in safely"),
        lead=_("With a second step nobody gets in with a stolen password alone."),
        submit=_("Save"),
    )
