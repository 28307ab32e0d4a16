"""Read an ID token of an identity provider, and believe nothing that was not checked."""

import hmac
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures with a public key; a token can never choose a weaker one for itself."""
LEEWAY = 60
"""Seconds that two clocks may differ."""


class IdentityRefusedError(OAuth2Error):  # type: ignore[misc]
    """Raised when what an identity provider answered does not hold; nobody is signed in."""


def verified_claims(
    token: str, keys: dict[str, Any], *, issuer: str, audience: str, nonce: str
) -> dict[str, Any]:
    """The claims of an ID token.

    Args:
        token: what came with the access token.
        keys: the provider's key set (JWKS).
        issuer: who must have written it; ``{tenantid}`` in it stands for the tenant named in the token.
        audience: our client id.
        nonce: what we sent along when this sign-in began.

    Raises:
        IdentityRefusedError: signature, issuer, audience, time or nonce is not as it must be.

    """
    try:
        key = _key_for(token, keys)
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=ALGORITHMS,
            audience=audience,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"], "verify_iss": False},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise IdentityRefusedError("the ID token does not hold") from error
    expected = issuer.replace("{tenantid}", str(claims.get("tid", "")))
    if claims["iss"] != expected:
        raise IdentityRefusedError("another issuer")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", audience) != audience or (several and "azp" not in claims):
        raise IdentityRefusedError("meant for another party")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise IdentityRefusedError("another nonce")
    if not isinstance(claims["sub"], str) or not claims["sub"].strip() or len(claims["sub"]) > 180:
        raise IdentityRefusedError("no subject")
    return claims


def _key_for(token: str, keys: dict[str, Any]) -> Any:
    """The public key with which the token says it was signed."""
    wanted = jwt.get_unverified_header(token).get("kid")
    fitting = [
        key
        for key in keys["keys"]
        if key.get("use", "sig") == "sig" and (wanted is None or key.get("kid") == wanted)
    ]
    if len(fitting) != 1:
        raise IdentityRefusedError("no such key")
    return jwt.PyJWK(fitting[0], algorithm=fitting[0].get("alg", "RS256"))
