"""Mail about access to an organisation. Each handler looks again whether its mail should still go."""

from typing import Any

from lnpo.accounts.models import User
from lnpo.organisations import invitations, joining
from lnpo.organisations.models import Invitation, JoinRequest, Membership, RequestState
from lnpo.organisations.permissions import may_decide_on_requests
from lnpo.outbox.handlers import handles


def _send(name: str, to: str, key: str, **context: Any) -> None:
    from lnpo.ui.mail import build_mail

    build_mail(name=f"organisations/mail/{name}", context=context, to=to, message_id_key=key).send()


@handles("organisations.welcome")
def send_welcome(key: str, payload: dict[str, Any]) -> None:
    """Tell a new member about the access, and how to choose a password; nothing when it has ended."""
    membership = (
        Membership.objects.current()
        .filter(pk=payload["membership"])
        .select_related("user", "organisation")
        .first()
    )
    if membership is not None:
        user = membership.user
        _send(
            "welcome",
            user.email,
            key,
            membership=membership,
            user=user,
            has_password=user.has_usable_password(),
        )


def _invitation(payload: dict[str, Any]) -> Invitation | None:
    return (
        Invitation.objects.usable()
        .filter(pk=payload["invitation"])
        .select_related("organisation", "invited_by")
        .first()
    )


@handles("organisations.invitation")
def send_invitation(key: str, payload: dict[str, Any]) -> None:
    """The link of an invitation; nothing when it was answered, withdrawn or sent again meanwhile."""
    invitation = _invitation(payload)
    if invitation is not None and key.endswith(f":{invitation.times_sent}"):
        token = invitations.token_of(invitation)
        _send("invitation", invitation.email, key, invitation=invitation, token=token)


@handles("organisations.reminder")
def send_reminder(key: str, payload: dict[str, Any]) -> None:
    """The same link once more, for who has not answered yet."""
    invitation = _invitation(payload)
    if invitation is not None and key.endswith(f":{invitation.times_sent}"):
        token = invitations.token_of(invitation)
        _send("reminder", invitation.email, key, invitation=invitation, token=token)


@handles("organisations.confirm_request")
def send_confirm_request(key: str, payload: dict[str, Any]) -> None:
    """The link with which somebody confirms the address from which access is asked."""
    request = JoinRequest.objects.filter(pk=payload["request"], state=RequestState.UNCONFIRMED).first()
    if request is not None:
        _send("confirm_request", request.email, key, request=request, token=joining.token_of(request))


@handles("organisations.request_waiting")
def send_request_waiting(key: str, payload: dict[str, Any]) -> None:
    """Tell one who decides that somebody asks for access; nothing when it is decided already."""
    request = (
        JoinRequest.objects.waiting().filter(pk=payload["request"]).select_related("organisation").first()
    )
    user = User.objects.filter(pk=payload["user"], is_active=True).first()
    if request is not None and user is not None and may_decide_on_requests(user, request.organisation):
        _send("request_waiting", user.email, key, request=request, user=user)


@handles("organisations.request_decided")
def send_request_decided(key: str, payload: dict[str, Any]) -> None:
    """Tell somebody whether access was given, and if not, why."""
    request = (
        JoinRequest.objects.filter(
            pk=payload["request"], state__in=[RequestState.APPROVED, RequestState.REFUSED]
        )
        .select_related("organisation")
        .first()
    )
    if request is not None:
        approved = request.state == RequestState.APPROVED
        _send("request_decided", request.email, key, request=request, approved=approved)
