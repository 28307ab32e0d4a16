"""How these pages find their objects."""

from typing import Any

from django.http import Http404, HttpRequest

from knowledge.models import Contribution, PracticePage
from lnpo.accounts.models import User

WRITE = ["GET", "HEAD", "POST"]


def person(request: HttpRequest) -> User:
    """The signed-in person."""
    user = request.user
    assert isinstance(user, User)
    return user


def contribution_or_404(request: HttpRequest, pk: Any) -> Contribution:
    """A contribution of this person."""
    mine = Contribution.objects.visible_to(person(request)).select_related(
        "organisation", "author", "topic", "page"
    )
    found = mine.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def practice_or_404(pk: int) -> PracticePage:
    """A published example that everybody may read; others do not exist."""
    if pk > 2**31 - 1:
        raise Http404
    found = PracticePage.objects.published().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
