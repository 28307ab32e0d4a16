"""What happens by itself: every night everything is compared, and every morning news is told."""

from celery import shared_task

from lnpo.search import indexing, saved


@shared_task(name="lnpo.search.reconcile")
def reconcile() -> None:
    """Mend what was missed."""
    indexing.reconcile()


@shared_task(name="lnpo.search.news")
def news() -> None:
    """Tell people what is new for the questions they keep."""
    saved.tell_what_is_new()
