"""The worker's side of the knowledge base."""

from celery import shared_task

from knowledge import attachments, caring


@shared_task(name="knowledge.remind_reviews")  # type: ignore[untyped-decorator]
def remind_reviews() -> int:
    """Every morning: remind of examples that should be looked at again."""
    return caring.remind()


@shared_task(name="knowledge.clean_up_files")  # type: ignore[untyped-decorator]
def clean_up_files() -> int:
    """Every night: remove files that no example carries."""
    return attachments.clean_up()
