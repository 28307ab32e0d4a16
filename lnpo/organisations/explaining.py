"""Why somebody may or may not: the policies, asked one by one, with the facts on which they decide."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.accounts.second_factor import has_second_factor
from lnpo.organisations.models import Membership, Organisation, today
from lnpo.organisations.permissions import (
    access_role,
    has_manager,
    is_member,
    manages_above,
    may_decide_on_requests,
    may_describe,
    may_invite,
    may_manage_members,
    may_see_people,
)
from lnpo.ui.dutch_format import date_long


@dataclass(frozen=True)
class Verdict:
    """One thing that somebody may or may not do, and why."""

    may: bool
    what: str
    why: str


Explainer = Callable[[User, Organisation], Iterable[Verdict]]
_explainers: list[Explainer] = []


def explains_access(explainer: Explainer) -> Explainer:
    """Register what an app lets people do with an organisation's things; called in ``AppConfig.ready``."""
    if explainer not in _explainers:
        _explainers.append(explainer)
    return explainer


def explain(user: User, organisation: Organisation) -> list[Verdict]:
    """All verdicts about this person and what belongs to this organisation."""
    return [verdict for explainer in _explainers for verdict in explainer(user, organisation)]


def facts_about(user: User, organisation: Organisation) -> list[str]:
    """What the policies look at, as sentences."""
    facts = [_("The account is open.") if user.is_active else _("The account is closed: nothing is open.")]
    if user.is_pos:
        second = has_second_factor(user)
        facts.append(
            _("POS staff, with a second factor.") if second else _("POS staff, no second factor yet.")
        )
    found = Membership.objects.filter(user=user, organisation=organisation).order_by("starts_on")
    facts += [_standing(membership) for membership in found]
    if not found:
        facts.append(_("There is and was no access to this organisation itself."))
    if manages_above(user, organisation):
        facts.append(_("Manager of a samenwerkingsverband or board to which this organisation belongs."))
    if organisation.ends_on:
        facts.append(_("The organisation exists until %(day)s.") % {"day": date_long(organisation.ends_on)})
    return facts


def _standing(membership: Membership) -> str:
    values: dict[str, Any] = {
        "role": membership.get_access_role_display(),
        "start": date_long(membership.starts_on),
        "end": date_long(membership.ends_on) or _("no end"),
    }
    if membership.revoked_at:
        values["day"] = date_long(membership.revoked_at)
        return _("%(role)s from %(start)s; ended at once on %(day)s.") % values
    if membership.is_over:
        return _("%(role)s from %(start)s; over since %(end)s.") % values
    if membership.starts_on > today():
        return _("%(role)s, but only from %(start)s.") % values
    return _("%(role)s from %(start)s, until: %(end)s.") % values


@explains_access
def explain_organisation(user: User, organisation: Organisation) -> Iterable[Verdict]:
    """What somebody may do with the organisation and its people."""
    role = access_role(user, organisation)
    pos, above = user.is_pos, manages_above(user, organisation)
    as_pos, as_manager = _("POS staff may."), _("Manager of this organisation.")
    from_above = _("Manager above this organisation.")
    none = _("No role that allows it.")
    own = as_pos if pos else as_manager
    seen = pos or is_member(user)
    yield Verdict(
        seen,
        _("See the organisation in the directory"),
        as_pos
        if pos
        else _("Everybody with access somewhere sees it.")
        if seen
        else _("No access anywhere."),
    )
    sees = may_see_people(user, organisation)
    why = as_pos if pos else _("Has access to it.") if role else from_above if above else none
    yield Verdict(sees, _("See who works there"), why)
    manages = may_manage_members(user, organisation)
    yield Verdict(manages, _("Decide who has access"), own if manages else none)
    invites = may_invite(user, organisation)
    yield Verdict(invites, _("Invite people"), own if manages else from_above if invites else none)
    decides = may_decide_on_requests(user, organisation)
    waits = above and has_manager(organisation)
    why = own if manages else from_above if decides else none
    if waits and not decides:
        why = _("The organisation has a manager of its own, who decides.")
    yield Verdict(decides, _("Decide on requests for access"), why)
    describes = may_describe(user, organisation)
    yield Verdict(describes, _("Change its name and details"), own if describes else none)
