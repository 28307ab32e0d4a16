"""Verbs on the interest list: ask, confirm, stop, and tell it of a new session."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.interest.models import VALID_FOR, Subscriber
from lnpo.organisations.tokens import hash_of, token_for
from lnpo.outbox.delivery import post

MOST_MAILS = 3
"""How many links one address gets in a day when somebody keeps filling in the form."""


def ask(email: str, language: str = "nl") -> None:
    """Put an address on the list once its owner confirms; the same rows are written for every address.

    Who is on the list already, or asked too often today, gets no other answer on the page.
    """
    address = User.objects.normalize_email(email)
    now = timezone.now()
    with transaction.atomic():
        one = Subscriber.objects.filter(email=address).first() or _new(address, language)
        again = one.times_asked + 1 if one.asked_at > now - timedelta(days=1) and not one._state.adding else 1
        one.times_asked, one.asked_at = again, now
        one.save()
        key = f"interest.confirm:{one.pk}:{uuid4()}"
        post(key, "interest.confirm", {"subscriber": str(one.pk), "send": again <= MOST_MAILS})


def _new(address: str, language: str) -> Subscriber:
    one = Subscriber(email=address, language=language)
    one.confirm_hash, one.stop_hash = hash_of(confirm_token(one)), hash_of(stop_token(one))
    return one


def confirm_token(one: Subscriber) -> str:
    """The token with which an address is confirmed; for the mail only."""
    return token_for("interest.confirm", str(one.pk), one.confirm_hash)


def stop_token(one: Subscriber) -> str:
    """The token with which an address leaves the list; in every mail to it."""
    return token_for("interest.stop", str(one.pk), one.stop_hash)


def to_confirm(token: str) -> Subscriber | None:
    """Whose address this link confirms, while it works."""
    found = Subscriber.objects.filter(confirm_hash=hash_of(token)).first()
    if found is None or (found.confirmed_at is None and found.asked_at < timezone.now() - VALID_FOR):
        return None
    return found


def confirm(one: Subscriber) -> None:
    """The address wants mail, from now; the moment is kept as the proof of it. Twice is harmless."""
    with transaction.atomic():
        Subscriber.objects.filter(pk=one.pk, confirmed_at__isnull=True).update(confirmed_at=timezone.now())


def to_stop(token: str) -> Subscriber | None:
    """Who leaves the list with this link; it works for as long as the address is on it."""
    return Subscriber.objects.filter(stop_hash=hash_of(token)).first()


def stop(token: str) -> None:
    """Take an address off the list and forget it. Twice is harmless."""
    with transaction.atomic():
        Subscriber.objects.filter(stop_hash=hash_of(token)).delete()


def announce(about: str, kind: str, payload: dict[str, Any]) -> int:
    """Let everybody on the list be told of something new, each in a mail of their own.

    Args:
        about: what is announced, ``session:<id>``; the same thing is announced once.
        kind: the outbox entry whose handler looks again, and calls :func:`lnpo.interest.mails.send_news`.
        payload: ids only; ``subscriber`` is added.

    Returns:
        How many addresses are told.

    """
    with transaction.atomic():
        keys = list(Subscriber.objects.confirmed().values_list("pk", flat=True))
        return sum(post(f"{kind}:{about}:{pk}", kind, {**payload, "subscriber": str(pk)}) for pk in keys)


def forget_unconfirmed() -> int:
    """Remove addresses that nobody confirmed in time; say how many."""
    return Subscriber.objects.forgotten().delete()[0]
