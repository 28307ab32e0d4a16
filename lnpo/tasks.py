"""Wagtail's background tasks on Celery.

Wagtail 8 runs its index and reference updates as django-tasks. This backend hands them to the Celery
worker once the transaction is committed, so that saving a page waits for none of them.
"""

from typing import Any

from celery import shared_task
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task


@shared_task(name="lnpo.run_django_task", acks_late=True)
def run_django_task(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Run the django-task at ``path`` (dotted) with its arguments; errors go to the worker's log."""
    import_string(path).call(*args, **kwargs)


@shared_task(name="lnpo.publish_scheduled")
def publish_scheduled() -> None:
    """Publish and expire the Wagtail pages whose time has come."""
    call_command("publish_scheduled")


@shared_task(name="lnpo.clear_expired")
def clear_expired() -> None:
    """Forget web sessions that have ended."""
    call_command("clearsessions")


class CeleryBackend(BaseTaskBackend):  # type: ignore[misc]
    """Enqueue a django-task on Celery when the surrounding transaction commits."""

    supports_defer = False
    supports_async_task = False
    supports_get_result = False

    def enqueue(self, task: "Task[Any, Any]", args: Any, kwargs: Any) -> "TaskResult[Any]":
        """Validate and enqueue ``task``; a broker that is down does not fail the caller's request."""
        from lnpo.nudge import nudge

        self.validate_task(task)
        transaction.on_commit(lambda: nudge(run_django_task, task.module_path, list(args), dict(kwargs)))
        return TaskResult(
            task=task,
            id=get_random_string(32),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
