"""The directory of the network, and the page of one organisation."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from lnpo.organisations.history import history_of
from lnpo.organisations.models import (
    CodeScheme,
    Membership,
    Organisation,
    OrganisationCode,
    OrganisationKind,
    OrganisationLink,
    today,
)
from lnpo.organisations.permissions import access_role, may_see_people
from lnpo.organisations.views.access import member_page, organisation_or_404, person, show

PER_PAGE = 30


@require_safe
@member_page
def directory(request: HttpRequest) -> HttpResponse:
    """Every organisation of the network, by name, kind and place."""
    user = person(request)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    kind = request.GET.get("soort", "")
    kinds = [(value, label) for value, label in OrganisationKind.choices if value != "other"]
    found = Organisation.objects.visible_to(user).current().called(text)
    if kind in OrganisationKind.values:
        found = found.filter(kind=kind)
    else:
        kind = ""
    parents = OrganisationLink.objects.current().select_related("parent").order_by("parent__name")
    found = found.prefetch_related(Prefetch("parent_links", parents, to_attr="current_parents"))
    page = Paginator(found.order_by("name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    query = {key: value for key, value in (("q", text), ("soort", kind)) if value}
    return render(
        request,
        "organisations/directory.html",
        {"page_obj": page, "q": text, "kind": kind, "kinds": kinds, "query": urlencode(query)},
    )


@require_safe
@member_page
def organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One organisation: where it belongs, who works there, and what it was called before."""
    shown = organisation_or_404(request, organisation_id)
    if shown.merged_into_id and "gesloten" not in request.GET:
        return redirect("network:organisation", shown.merged_into_id)
    user = person(request)
    people = None
    if may_see_people(user, shown):
        people = list(
            Membership.objects.current()
            .filter(organisation=shown, user__is_active=True)
            .select_related("user__profile")
            .order_by("user__last_name", "user__first_name")
        )
    manages = user.is_pos or access_role(user, shown) == "manager"
    return show(
        request,
        shown,
        "organisations/organisation.html",
        "organisation",
        people=people,
        is_member=access_role(user, shown) is not None,
        codes=OrganisationCode.objects.filter(organisation=shown),
        kvk=CodeScheme.KVK,
        former_names=list(shown.former_names.all()),  # type: ignore[attr-defined]
        merged_from=list(shown.merged_from.all()),  # type: ignore[attr-defined]
        history=history_of(shown) if manages else [],
        **_links(shown, request),
    )


def _links(shown: Organisation, request: HttpRequest) -> dict[str, Any]:
    """What it is part of, what belongs to it, and what no longer does; a long list has pages."""
    links = OrganisationLink.objects.select_related("parent", "child")
    below = links.current().filter(parent=shown).order_by("child__kind", "child__name", "pk")
    ended = links.filter(ends_on__lt=today()).order_by("-ends_on", "pk")
    return {
        "parents": list(links.current().filter(child=shown).order_by("parent__kind", "parent__name")),
        "children": Paginator(below, PER_PAGE).get_page(request.GET.get("page")),
        "ended_parents": list(ended.filter(child=shown)[:20]),
        "ended_children": list(ended.filter(parent=shown)[:20]),
    }
