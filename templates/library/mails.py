"""Mail about proposals for the library. The handler looks again whether it should still go."""

from typing import Any

from lnpo.outbox.handlers import handles
from templates.library.enums import ProposalState
from templates.library.models import TemplateProposal


@handles("library.proposal_answered")
def send_proposal_answered(key: str, payload: dict[str, Any]) -> None:
    """Tell the proposer what POS answered; nothing when it was sent again meanwhile."""
    from lnpo.ui.mail import build_mail

    answered = [ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.RETURNED]
    proposal = (
        TemplateProposal.objects.filter(pk=payload["proposal"], state__in=answered)
        .select_related("proposer", "version__page")
        .first()
    )
    if proposal is None or proposal.proposer is None or not proposal.proposer.is_active:
        return
    build_mail(
        name="library/mail/proposal_answered",
        context={"proposal": proposal, "user": proposal.proposer},
        to=proposal.proposer.email,
        message_id_key=key,
    ).send()
