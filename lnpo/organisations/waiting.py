"""What waits for somebody in this app: requests to decide on, and invitations to answer."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.organisations.joining import queue_of
from lnpo.organisations.models import Invitation
from lnpo.ui.waiting import Waiting

DECIDE_WITHIN = timedelta(days=7)
"""How long somebody who asks for access should wait at most."""


def waiting_for(user: User) -> Iterable[Waiting]:
    """Two queries, whatever there is."""
    today = timezone.localdate()
    for request in queue_of(user)[:20]:
        due = timezone.localdate(request.confirmed_at) + DECIDE_WITHIN
        yield Waiting(
            text=f"{request.first_name} {request.last_name}",
            about=str(request.organisation or request.organisation_text),
            url=reverse("network:request_decide", args=[request.pk]),
            action=_("Decide on the request"),
            due=due,
            late_days=max(0, (today - due).days),
        )
    addresses = EmailAddress.objects.filter(user=user, verified=True).values("email")
    for invitation in Invitation.objects.usable().filter(email__in=addresses).select_related("organisation"):
        yield Waiting(
            text=invitation.organisation.name,
            about=invitation.get_job_role_display(),
            url=reverse("network:own_invitation", args=[invitation.pk]),
            action=_("Answer the invitation"),
            due=timezone.localdate(invitation.expires_at),
        )
