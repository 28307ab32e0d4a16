"""For POS: why somebody may or may not do something with an organisation."""

import re
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lnpo.accounts.models import User
from lnpo.organisations.explaining import explain, facts_about
from lnpo.organisations.joining import meant_by
from lnpo.organisations.models import Organisation
from lnpo.organisations.views.access import demand, member_page, person

IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _typed(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:300]


@require_safe
@member_page
def explain_access(request: HttpRequest) -> HttpResponse:
    """A person by address or name, an organisation by name, code or the address of one of its pages."""
    demand(person(request).is_pos)
    who, what = _typed(request, "persoon"), _typed(request, "object")
    people = _people(who) if who else []
    organisation = _organisation(what) if what else None
    context: dict[str, Any] = {"who": who, "what": what, "people": people, "organisation": organisation}
    if len(people) == 1 and organisation is not None:
        context |= {
            "user_shown": people[0],
            "verdicts": explain(people[0], organisation),
            "facts": facts_about(people[0], organisation),
        }
    return render(request, "organisations/explain.html", context)


def _people(text: str) -> list[User]:
    exact = list(User.objects.filter(email=User.objects.normalize_email(text)))
    if exact:
        return exact
    named = User.objects.all()
    for word in text.split()[:4]:
        named = named.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return list(named[:10])


def _organisation(text: str) -> Organisation | None:
    """The first id in an address that is one of an organisation; otherwise a code or an exact name."""
    for found in IDENTITY.findall(text):
        organisation = Organisation.objects.filter(pk=UUID(found)).first()
        if organisation is not None:
            return organisation
    return meant_by(text) or Organisation.objects.filter(name__iexact=text).first()
