"""Verbs on proposals for the library: send, answer, take up."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import Organisation
from lnpo.organisations.permissions import is_member
from lnpo.outbox.delivery import post
from lnpo.topics.models import Topic
from templates.library.enums import ProposalState
from templates.library.merging import LISTS, Content, differences, merged
from templates.library.models import GoalTemplatePage, GoalTemplateVersion, LibraryIndexPage, TemplateProposal
from templates.library.versions import newest

BLOCKS = {
    "indicators": "indicator",
    "activities": "activity",
    "resources": "resource",
    "questions": "question",
}


def propose(
    user: User,
    content: Content,
    *,
    sector: str,
    explanation: str,
    credit: str,
    organisation: Organisation | None = None,
    improves: GoalTemplateVersion | None = None,
) -> TemplateProposal:
    """Offer ``content`` as a new template, or as the next version of what it ``improves``.

    Raises:
        PermissionDenied: ``user`` is no member of the network.

    """
    if not is_member(user):
        raise PermissionDenied
    with transaction.atomic():
        proposal = TemplateProposal.objects.create(
            proposer=user,
            organisation=organisation,
            template_uid=improves.template_uid if improves else None,
            base_version=improves.number if improves else None,
            sector=sector,
            content=content,
            explanation=explanation,
            credit=credit,
            sent_at=timezone.now(),
        )
        record(
            user,
            "proposal.sent",
            proposal,
            changes={"title": (None, proposal.title)},
            organisation=organisation,
        )
    return proposal


def withdraw(user: User, proposal: TemplateProposal) -> None:
    """Take one's own proposal back, as long as it was not decided.

    Raises:
        PermissionDenied: it is somebody else's.
        ValidationError: it was decided already.

    """
    if proposal.proposer_id != user.pk:
        raise PermissionDenied
    with transaction.atomic():
        _decide(user, proposal, ProposalState.WITHDRAWN, [ProposalState.WAITING, ProposalState.RETURNED])


def send_again(
    user: User, proposal: TemplateProposal, content: Content, explanation: str, credit: str
) -> None:
    """Send a proposal that came back with remarks once more.

    Raises:
        PermissionDenied: it is somebody else's.
        ValidationError: it is not with the proposer.

    """
    if proposal.proposer_id != user.pk:
        raise PermissionDenied
    with transaction.atomic():
        _decide(user, proposal, ProposalState.WAITING, [ProposalState.RETURNED])
        TemplateProposal.objects.filter(pk=proposal.pk).update(
            content=content,
            explanation=explanation,
            credit=credit,
            sent_at=timezone.now(),
            times_sent=F("times_sent") + 1,
        )


def answer(user: User, proposal: TemplateProposal, state: str, remarks: str) -> None:
    """POS sends a proposal back with remarks, declines it, or takes it up in the library.

    Raises:
        PermissionDenied: ``user`` is not of POS.
        ValidationError: it was decided meanwhile; or the library changed the same text since.

    """
    if not user.is_pos:
        raise PermissionDenied
    with transaction.atomic():
        _decide(user, proposal, state, [ProposalState.WAITING], remarks)
        if state == ProposalState.ACCEPTED:
            version = _take_up(user, proposal)
            TemplateProposal.objects.filter(pk=proposal.pk).update(version=version)
        key = f"library.proposal_answered:{proposal.pk}:{proposal.proposer_id}:{proposal.times_sent}"
        post(key, "library.proposal_answered", {"proposal": str(proposal.pk)})


def _decide(
    user: User, proposal: TemplateProposal, state: str, expected: list[ProposalState], remarks: str = ""
) -> None:
    rows = TemplateProposal.objects.filter(pk=proposal.pk, state__in=expected)
    values: dict[str, Any] = {"state": state, "decided_at": timezone.now(), "decided_by": user}
    if not rows.update(**values, remarks=remarks):
        raise ValidationError(_("This proposal was dealt with already."))
    record(
        user,
        "proposal.answered",
        proposal,
        changes={"state": (proposal.state, str(state))},
        organisation=proposal.organisation,
        reason=remarks,
    )


def _take_up(user: User, proposal: TemplateProposal) -> GoalTemplateVersion:
    page, content = _page_and_content(proposal)
    goal = content["goal"]
    page.title, page.rationale = goal["title"], goal["rationale"]
    page.strategic_objective, page.legal_reference = goal["strategic_objective"], goal["legal_reference"]
    page.topic = Topic.objects.filter(key=goal["theme"]).first() or page.topic
    page.sector = proposal.sector
    for kind in LISTS:
        values = [
            {
                "type": BLOCKS[kind],
                "id": node["uid"],
                "value": {name: value for name, value in node.items() if name != "uid"},
            }
            for node in content[kind]
        ]
        setattr(page, kind, values)
    page.change_note, page.credit = proposal.explanation, proposal.credit
    if page.pk is None:
        page.slug = f"{slugify(page.title)[:60].strip('-')}-{str(proposal.pk)[:8]}"
        page.live = False
        LibraryIndexPage.objects.get().add_child(instance=page)
    page = GoalTemplatePage.objects.get(pk=_saved(page).pk)
    page.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    version = newest(page.template_uid)
    assert version is not None
    return version


def _saved(page: GoalTemplatePage) -> GoalTemplatePage:
    page.full_clean()
    page.save()
    return page


def _page_and_content(proposal: TemplateProposal) -> tuple[GoalTemplatePage, Content]:
    """The page to change and what it becomes: what others changed meanwhile stays."""
    if proposal.template_uid is None:
        return GoalTemplatePage(), proposal.content
    page = GoalTemplatePage.objects.filter(template_uid=proposal.template_uid, live=True).first()
    now = newest(proposal.template_uid)
    base = GoalTemplateVersion.objects.filter(
        template_uid=proposal.template_uid, number=proposal.base_version or 0
    ).first()
    if page is None or now is None or base is None:
        raise ValidationError(_("The library does not offer this template."))
    found = differences(base.content, now.content, proposal.content)
    if any(item.conflict for item in found):
        raise ValidationError(
            _("The library changed the same text since this was sent. Send it back with a remark.")
        )
    return page, merged(now.content, proposal.content, found, {})
