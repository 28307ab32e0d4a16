"""allauth's OpenID Connect, with PKCE and a nonce always; only a verified address counts."""

import hashlib
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider

KEPT_CLAIMS = ("iss", "sub", "email", "email_verified", "given_name", "family_name", "name")
"""What we keep of a sign-in elsewhere; groups, pictures and the like stay there."""


def nonce_of(code_verifier: str) -> str:
    """The nonce of one sign-in: tied to the secret that only this browser's session holds."""
    return hashlib.sha256(f"nonce:{code_verifier}".encode()).hexdigest()


def is_verified(claims: dict[str, Any]) -> bool:
    """Whether the provider says that it checked the address; some write the word instead of the value."""
    return claims.get("email_verified") in (True, "true")


class IdentityProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """One party elsewhere that knows people."""

    package = "lnpo.accounts.oidc"

    def get_pkce_params(self) -> dict[str, Any]:
        """PKCE, and the nonce that comes back inside the ID token."""
        params: dict[str, Any] = generate_code_challenge()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def get_auth_params_from_request(self, request: Any, action: Any) -> dict[str, Any]:
        """Nobody adds parameters through our address."""
        params: dict[str, Any] = self.get_auth_params()
        return params

    def get_scope_from_request(self, request: Any) -> list[str]:
        """Nobody asks for more through our address."""
        scope: list[str] = self.get_scope()
        return scope

    def extract_uid(self, data: dict[str, Any]) -> str:
        """``sub`` is who somebody is; addresses change and are given out again."""
        return str(data["id_token"]["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept."""
        return {name: data["id_token"][name] for name in KEPT_CLAIMS if name in data["id_token"]}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The address, if the provider checked it; another does not exist for us."""
        claims = data["id_token"]
        if not claims.get("email") or not is_verified(claims):
            return []
        return [EmailAddress(email=str(claims["email"]).lower(), verified=True, primary=True)]


provider_classes = [IdentityProvider]
