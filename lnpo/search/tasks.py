"""What happens by itself: every night everything is compared, and every morning news is told."""

from celery import shared_task

from lnpo.search import indexing, saved
from lnpo.search.models import EmptySearch


@shared_task(name="lnpo.search.reconcile")
def reconcile() -> None:
    """Mend what was missed."""
    indexing.reconcile()


@shared_task(name="lnpo.search.news")
def news() -> None:
    """Tell people what is new for the questions they keep."""
    saved.tell_what_is_new()


@shared_task(name="lnpo.search.forget_empty")
def forget_empty() -> None:
    """Forget what was looked for in vain, unless several people did."""
    EmptySearch.objects.forget_old()
