"""Keep a question, and hear when something new fits."""

from typing import Any
from urllib.parse import parse_qs, urlencode

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.outbox.delivery import post
from lnpo.outbox.handlers import handles
from lnpo.search.models import SavedSearch, SearchEntry
from lnpo.search.questions import PARAMETERS, question_title
from lnpo.search.service import find
from lnpo.ui.mail import build_mail

KIND = "search.news"
MOST_SAVED = 25
"""Questions that one person keeps."""
MOST_NEW = 10
LONGEST_QUERY = 500


class TooManySavedError(Exception):
    """Raised when somebody keeps as many questions as one person may."""


class TooLongError(Exception):
    """Raised when a question has more words and choices than can be kept."""


def save_search(user: User, chosen: dict[str, tuple[str, ...]], text: str) -> SavedSearch:
    """Keep a question; the same one is kept once.

    Raises:
        TooManySavedError: there are :data:`MOST_SAVED` already.
        TooLongError: more was chosen than can be kept.
        ValueError: the question asks nothing.

    """
    pairs = [("q", text)] if text else []
    pairs += [(PARAMETERS[name], value) for name, values in chosen.items() for value in values]
    query = urlencode(pairs)
    if not query:
        problem = "the question asks nothing"
        raise ValueError(problem)
    if len(query) > LONGEST_QUERY:
        raise TooLongError
    with transaction.atomic():
        mine = SavedSearch.objects.visible_to(user)
        if mine.count() >= MOST_SAVED and not mine.filter(query=query).exists():
            raise TooManySavedError
        highest = SearchEntry.objects.aggregate(Max("pk"))["pk__max"] or 0
        saved, created = SavedSearch.objects.get_or_create(
            user=user,
            query=query,
            defaults={"title": question_title(text, chosen)[:200], "seen_up_to": highest},
        )
        if created:
            record(user, "saved_search.kept", saved)
    return saved


def forget_search(user: User, pk: int) -> bool:
    """No longer keep a question of one's own; say whether there was one."""
    with transaction.atomic():
        saved = SavedSearch.objects.visible_to(user).filter(pk=pk).first()
        if saved is None:
            return False
        record(user, "saved_search.forgotten", saved)
        saved.delete()
    return True


def asked_by(saved: SavedSearch) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The text and the choices of a kept question."""
    values = parse_qs(saved.query)
    chosen = {name: tuple(values.get(key, ())) for name, key in PARAMETERS.items() if values.get(key)}
    return values.get("q", [""])[0], chosen


def tell_what_is_new() -> int:
    """Let a mail wait for everybody for whose question something new was found since they were last told."""
    highest = SearchEntry.objects.aggregate(Max("pk"))["pk__max"] or 0
    told = 0
    for saved in SavedSearch.objects.filter(seen_up_to__lt=highest).select_related("user").iterator():
        new = _new_hits(saved)
        with transaction.atomic():
            if new and saved.user.is_active:
                day = timezone.localdate().isoformat()
                payload = {"saved": saved.pk, "from": saved.seen_up_to}
                told += post(f"{KIND}:{saved.pk}:{day}", KIND, payload)
            SavedSearch.objects.filter(pk=saved.pk).update(seen_up_to=highest)
    return told


def _new_hits(saved: SavedSearch, after: int | None = None) -> list[Any]:
    text, chosen = asked_by(saved)
    since = saved.seen_up_to if after is None else after
    hits = find(saved.user, text, chosen, sort="newest", size=50, literal=True, note=False).hits
    return [hit for hit in hits if hit.entry.pk > since][:MOST_NEW]


@handles(KIND)
def send_news(key: str, payload: dict[str, Any]) -> None:
    """Send what is new for one kept question, as far as its owner may still see it."""
    saved = SavedSearch.objects.filter(pk=payload["saved"]).select_related("user").first()
    if saved is None or not saved.user.is_active:
        return
    hits = _new_hits(saved, payload["from"])
    if hits:
        build_mail(
            name="search/mail/news",
            context={"saved": saved, "hits": hits, "user": saved.user},
            to=saved.user.email,
            message_id_key=key,
        ).send()
