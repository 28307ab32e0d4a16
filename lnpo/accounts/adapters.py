"""How allauth behaves here: closed sign-up, encrypted second factors, and staff who keep one."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from lnpo.accounts import encryption
from lnpo.accounts.mails import queue_account_mail
from lnpo.accounts.second_factor import has_second_factor


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by POS or by an invitation; nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Sign-up is closed."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail about an account waits in the outbox like all mail; see :mod:`lnpo.accounts.mails`."""
        queue_account_mail(template_prefix, email, context)

    def clean_email(self, email: str) -> str:
        """Addresses are compared in lower case."""
        return str(super().clean_email(email)).lower()


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are encrypted; POS staff cannot remove their last second factor."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read a stored secret."""
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether this factor may go: for staff, only while another one is left."""
        user: Any = authenticator.user
        return not user.is_pos or has_second_factor(user, besides=authenticator)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An account elsewhere opens an account here; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Sign-up is closed, also through another party."""
        return False

    def get_requests_session(self) -> Any:
        """Never follow a provider to another address."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session
