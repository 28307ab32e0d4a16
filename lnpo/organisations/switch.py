"""For which of several organisations somebody works right now."""

from uuid import UUID

from django.http import HttpRequest

from lnpo.organisations.models import Organisation, memberships_of

SESSION_KEY = "organisation"


def own_organisations(request: HttpRequest) -> list[Organisation]:
    """The organisations of the signed-in person, the chosen one first."""
    found = {
        membership.organisation_id: membership.organisation for membership in memberships_of(request.user)
    }
    chosen = request.session.get(SESSION_KEY)
    return sorted(found.values(), key=lambda one: (str(one.pk) != chosen, one.name))


def active_organisation(request: HttpRequest) -> Organisation | None:
    """The organisation that was chosen, or the first; ``None`` for who has none."""
    return next(iter(own_organisations(request)), None)


def chosen_organisation(request: HttpRequest) -> Organisation | None:
    """The organisation that was chosen by hand, while it is one's own."""
    chosen = request.session.get(SESSION_KEY)
    return next((one for one in own_organisations(request) if str(one.pk) == chosen), None)


def choose(request: HttpRequest, organisation_id: UUID) -> bool:
    """Work for this organisation from now on; say whether it is one's own."""
    own = any(one.pk == organisation_id for one in own_organisations(request))
    if own:
        request.session[SESSION_KEY] = str(organisation_id)
    return own
