"""Encrypt secrets of second factors and links that wait to be mailed: a copy of the database is no key."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"mfa:" + str(key).encode()).digest()))
            for key in keys
        ]
    )


def encrypt(text: str) -> str:
    """``text`` as a token that only this installation can read."""
    return _fernet().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of ``token``.

    Raises:
        cryptography.fernet.InvalidToken: the token was made with another secret key.

    """
    return _fernet().decrypt(token.encode()).decode()
