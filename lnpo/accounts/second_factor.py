"""Second factors: who has one, and who must."""

from allauth.mfa.models import Authenticator

from lnpo.accounts.models import User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(user: User, besides: Authenticator | None = None) -> bool:
    """Whether ``user`` has an authenticator app or a passkey (``besides`` one that may go)."""
    factors = Authenticator.objects.filter(user=user, type__in=FACTORS)
    if besides is not None:
        factors = factors.exclude(pk=besides.pk)
    return bool(factors.exists())
