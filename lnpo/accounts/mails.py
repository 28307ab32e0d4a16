"""Mails about accounts: links to choose a password or confirm an address, and notices of what changed.

allauth asks for them within a request. They wait in the outbox like every other mail, so that a mail server
that refuses never breaks a request. A link in them is a key to an account: what waits is encrypted, and
forgotten once it has been sent.
"""

import json
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lnpo.accounts.encryption import decrypt, encrypt
from lnpo.outbox.delivery import post
from lnpo.outbox.handlers import handles
from lnpo.ui.devices import browser_name
from lnpo.ui.mail import build_mail

KIND = "account.mail"

NOT_YOU = _("Was it not you? Then you need not do anything.")
LINKS: dict[str, dict[str, Any]] = {
    "account/email/password_reset_key": {
        "subject": _("Choose a new password"),
        "text": _("With this link you choose a password for LNPO. It works once, for one hour."),
        "button": _("Choose a password"),
        "after": _("Did you not ask for this? Then you need not do anything; your password stays as it is."),
    },
    "account/email/email_confirmation": {
        "subject": _("Confirm your e-mail address"),
        "text": _(
            "This address was filled in for an account at LNPO. Is it yours? Confirm it with this link."
        ),
        "button": _("Confirm the address"),
        "after": NOT_YOU,
    },
    "account/email/unknown_account": {
        "subject": _("We do not know this e-mail address"),
        "text": _("Somebody asked for a new password for this address, but no account uses it."),
        "after": _(
            "Was it you? Perhaps your organisation gave us another address of yours. You get access from the "
            "manager of your organisation or from POS. Was it not you? Then you need not do anything."
        ),
    },
    "account/email/account_already_exists": {
        "subject": _("You already have an account"),
        "text": _(
            "Somebody wanted to make an account with this address, but it has one already. Sign in with it, "
            "or choose a new password."
        ),
        "button": _("Choose a password"),
        "after": NOT_YOU,
    },
}
LINKS["account/email/email_confirmation_signup"] = LINKS["account/email/email_confirmation"]
"""What allauth sends with a link, by the name of its own template."""

NOTICES: dict[str, tuple[Any, Any]] = {
    "account/email/password_changed": (_("Your password was changed"), _("Your password was changed.")),
    "account/email/password_set": (_("You have a password now"), _("A password was set for your account.")),
    "account/email/password_reset": (
        _("Your password was changed"),
        _("A new password was chosen with a link that we mailed."),
    ),
    "account/email/email_changed": (
        _("Your e-mail address was changed"),
        _("The e-mail address of your account was changed."),
    ),
    "account/email/email_confirm": (
        _("An e-mail address was confirmed"),
        _("An e-mail address of your account was confirmed."),
    ),
    "account/email/email_deleted": (
        _("An e-mail address was removed"),
        _("An e-mail address was removed from your account."),
    ),
    "mfa/email/totp_activated": (
        _("An authenticator app was added"),
        _("From now on you also sign in with a code of your authenticator app."),
    ),
    "mfa/email/totp_deactivated": (
        _("The authenticator app was removed"),
        _("You no longer sign in with a code of your authenticator app."),
    ),
    "mfa/email/recovery_codes_generated": (
        _("New recovery codes were made"),
        _("New recovery codes were made for your account; the old ones no longer work."),
    ),
    "mfa/email/webauthn_added": (
        _("A passkey or security key was added"),
        _("You can now sign in with a new passkey or security key."),
    ),
    "mfa/email/webauthn_removed": (
        _("A passkey or security key was removed"),
        _("A passkey or security key was removed from your account."),
    ),
    "socialaccount/email/account_connected": (
        _("A way to sign in was added"),
        _("You can now also sign in with your account at Microsoft or Google."),
    ),
    "socialaccount/email/account_disconnected": (
        _("A way to sign in was removed"),
        _("You no longer sign in with your account at Microsoft or Google."),
    ),
}
"""What allauth tells afterwards: a subject and a sentence, by the name of its own template."""


def queue_account_mail(template: str, address: str, context: dict[str, Any]) -> None:
    """Let a mail of allauth wait in the outbox.

    Args:
        template: the prefix by which allauth names the mail.
        address: to whom.
        context: what allauth knows: a link, or when and with what browser something was changed.

    """
    url = context.get("password_reset_url") or context.get("activate_url") or ""
    moment = context.get("timestamp") or timezone.now()
    facts = {
        "template": template,
        "address": address,
        "url": url,
        "at": moment.isoformat(),
        "browser": context.get("user_agent", ""),
        "language": get_language() or "nl",
    }
    with transaction.atomic():
        post(f"{KIND}:{uuid4()}", KIND, {"sealed": encrypt(json.dumps(facts))})


@handles(KIND)
def send_account_mail(key: str, payload: dict[str, Any]) -> None:
    """Send one mail about an account."""
    facts = json.loads(decrypt(payload["sealed"]))
    template = facts["template"]
    context: dict[str, Any] = {"url": facts["url"]}
    if template in NOTICES:
        context["subject"], context["text"] = NOTICES[template]
        context |= {"at": parse_datetime(facts["at"]), "browser": browser_name(facts["browser"])}
    else:
        context |= LINKS[template]
    build_mail(
        name="accounts/mail/notice" if template in NOTICES else "accounts/mail/link",
        context=context,
        to=facts["address"],
        message_id_key=key,
        language=facts["language"],
    ).send()
