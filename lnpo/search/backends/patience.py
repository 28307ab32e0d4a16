"""How long another engine may take, and how long it is left alone after it did not answer."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from lnpo.search.backends.base import EngineAwayError

Found = TypeVar("Found")

TOTAL = 1.2
"""Seconds for one answer, from the first byte sent to the last one read: the rest of two is for our own."""
REST = 30.0
"""Seconds that an engine which did not answer is left alone."""
MOST_AT_ONCE = 8
_free = threading.BoundedSemaphore(MOST_AT_ONCE)
_rests_until = 0.0


def rests() -> bool:
    """Whether the engine is left alone now."""
    return time.monotonic() < _rests_until


def let_rest() -> None:
    """It did not answer: leave it alone for :data:`REST`."""
    global _rests_until
    _rests_until = time.monotonic() + REST


def wake() -> None:
    """Ask it again from now on."""
    global _rests_until
    _rests_until = 0.0


def in_time(ask: Callable[[], Found]) -> Found:
    """The answer of ``ask``, which must not use the database, within :data:`TOTAL`.

    The client's own timeout begins anew with every byte; this one does not.

    Raises:
        EngineAwayError: no answer in time, or too many questions are waiting already.

    """
    if not _free.acquire(blocking=False):
        raise EngineAwayError("too many questions wait")
    answers: list[Found] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            answers.append(ask())
        except Exception as error:
            errors.append(error)
        finally:
            _free.release()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(TOTAL)
    if errors:
        raise errors[0]
    if not answers:
        raise EngineAwayError("no answer in time")
    return answers[0]
