"""Ask once per page: what cannot change while a page is read is asked of the database one time.

A page asks many times who somebody is: in the head, in each policy, in each ``visible_to``. While a GET or
HEAD request runs, the first answer is kept. Nothing is kept while something is written (POST, tasks,
commands), so that a verb always decides on what holds now.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

Value = TypeVar("Value")
_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("request_memory", default=None)


def once_per_request(key: Hashable, make: Callable[[], Value]) -> Value:
    """The value of ``make()``; within one reading request it is made one time."""
    memory = _memory.get()
    if memory is None:
        return make()
    if key not in memory:
        memory[key] = make()
    return memory[key]  # type: ignore[no-any-return]


def remembering() -> bool:
    """Whether a reading request is under way."""
    return _memory.get() is not None


class RequestMemoryMiddleware:
    """Remember during reading requests, and forget afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A memory of its own for each reading request."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        token = _memory.set({})
        try:
            return self.get_response(request)
        finally:
            _memory.reset(token)
