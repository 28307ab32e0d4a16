"""Links that only the reader of one mailbox has: the token is derived, and only its hash is kept."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from django.conf import settings

LENGTH = 43
"""Characters of a token: 256 bits."""


def _derived(key: str, kind: str, name: str) -> str:
    digest = hmac.new(key.encode(), f"lnpo.{kind}:{name}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def token_for(kind: str, name: str, wanted_hash: str = "") -> str:
    """The token of something.

    Args:
        kind: what the link is for; a token for one thing opens nothing else.
        name: which one, and which mail about it.
        wanted_hash: what was kept; when the secret key has changed since, an older key fits.

    """
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    tokens = [_derived(key, kind, name) for key in keys]
    return next((token for token in tokens if hash_of(token) == wanted_hash), tokens[0])


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
