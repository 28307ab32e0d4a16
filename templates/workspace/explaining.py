"""Why somebody may or may not open the workspace of an organisation."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.organisations.explaining import Verdict
from lnpo.organisations.models import Organisation, OrganisationKind
from lnpo.organisations.permissions import access_role
from templates.workspace.models import Plan
from templates.workspace.permissions import may_open, may_work_in, role_reads


def explain_workspace(user: User, organisation: Organisation) -> Iterable[Verdict]:
    """Reading and writing in the workspace; POS staff have no way in of their own."""
    if organisation.kind != OrganisationKind.SWV:
        return
    role = access_role(user, organisation)
    plan = Plan.objects.visible_to(user).filter(organisation=organisation).first()
    opens, works = may_open(role, plan), may_work_in(user, organisation)
    if role_reads(role):
        why = _("Reader, contributor or manager of this samenwerkingsverband.")
    elif opens:
        why = _("Works at a board or school that is responsible for something in the plan.")
    else:
        why = _("No role in it, and no board or school of theirs is responsible for something. POS neither.")
    yield Verdict(opens, _("Open the workspace"), why)
    yield Verdict(
        works,
        _("Write in the workspace"),
        _("Contributor or manager.") if works else _("Only contributors and managers write."),
    )
