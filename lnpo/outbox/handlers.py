"""Which function carries out which kind of outbox entry; apps register theirs when they are ready."""

from collections.abc import Callable
from typing import Any


class PermanentError(Exception):
    """Raised by a handler when trying again can never help (an address that does not exist)."""


Handler = Callable[[str, dict[str, Any]], None]

_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function for ``kind``; it receives the entry's key and payload.

    A handler may run twice (a worker can be killed after the mail server said yes), so it does
    nothing when its work is already done, and gives its mail the same Message-ID each time.
    """

    def register(function: Handler) -> Handler:
        if _handlers.get(kind, function) is not function:
            message = f"two handlers for outbox kind {kind}"
            raise ValueError(message)
        _handlers[kind] = function
        return function

    return register


def handler_for(kind: str) -> Handler | None:
    """The function for ``kind``, if an installed app has one."""
    return _handlers.get(kind)
