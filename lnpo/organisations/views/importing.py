"""Take in a list of organisations: send it, look at what would change, confirm."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lnpo.organisations.importing.layouts import EXAMPLES
from lnpo.organisations.importing.planning import Plan
from lnpo.organisations.importing.taking_in import (
    ImportChangedError,
    ImportErrorsError,
    ImportGoneError,
    drop,
    plan_of,
    preview,
    show_again,
    take_in,
)
from lnpo.organisations.models import ImportRun, ImportState, Organisation, OrganisationKind
from lnpo.organisations.structure_forms import ImportForm
from lnpo.organisations.views.access import WRITE, demand, member_page, person
from lnpo.ui.spreadsheets import csv_response

SHOWN = 100
"""How many rows of each kind the preview shows; it counts them all."""


def _choices(request: HttpRequest) -> list[Organisation]:
    """The samenwerkingsverbanden for which this person may import."""
    return list(Organisation.objects.managed_by(person(request)).current().filter(kind=OrganisationKind.SWV))


@require_http_methods(WRITE)
@member_page
def import_start(request: HttpRequest) -> HttpResponse:
    """Send one or more files."""
    user, own = person(request), _choices(request)
    demand(user.is_pos or bool(own))
    form = ImportForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        partnerships=own,
        whole_network=user.is_pos,
    )
    if request.method == "POST" and form.is_valid():
        run, _plan = preview(user, form.contents(), form.partnership())
        return redirect("network:import_preview", run.pk)
    runs = ImportRun.objects.filter(made_by=user, state=ImportState.APPLIED).select_related("partnership")
    context = {"form": form, "examples": EXAMPLES.values(), "runs": list(runs[:10])}
    return render(request, "organisations/import_start.html", context)


@require_safe
@member_page
def import_example(request: HttpRequest, key: str) -> HttpResponseBase:
    """An example of our own simple list, ready to fill in."""
    demand(person(request).is_pos or bool(_choices(request)))
    layout = EXAMPLES.get(key)
    if layout is None:
        raise Http404
    return csv_response(f"voorbeeld-{key}", layout.headings, layout.example)


@require_http_methods(WRITE)
@member_page
def import_preview(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """What would change; the button does it, all of it or nothing."""
    run = ImportRun.objects.filter(pk=run_id, made_by=person(request)).select_related("partnership").first()
    if run is None:
        raise Http404
    if run.state != ImportState.PREVIEWED:
        return _page(request, run, None)
    if request.method != "POST":
        plan = plan_of(run)
        show_again(run, plan)
        return _page(request, run, plan)
    try:
        take_in(person(request), run)
    except ImportChangedError as error:
        show_again(run, error.plan)
        messages.warning(request, _("Something changed since you looked. Look once more, then confirm."))
    except ImportErrorsError:
        messages.error(request, _("Nothing was taken in: there are rows with errors."))
    except ImportGoneError:
        messages.info(request, _("This list was taken in or dropped already."))
    else:
        messages.success(request, _("The list was taken in."))
    return redirect("network:import_preview", run.pk)


@require_POST
@member_page
def import_drop(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Do nothing with the list."""
    run = ImportRun.objects.filter(pk=run_id, made_by=person(request)).first()
    if run is None:
        raise Http404
    drop(person(request), run)
    messages.info(request, _("Nothing was taken in. The list was forgotten."))
    return redirect("network:import_start")


def _page(request: HttpRequest, run: ImportRun, plan: Plan | None) -> HttpResponse:
    context: dict[str, Any] = {"run": run, "plan": plan, "shown": SHOWN}
    return render(request, "organisations/import_preview.html", context)
