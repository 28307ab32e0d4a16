"""Health: is the process there, and can it do its work."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from kombu.connection import Connection

from lnpo.outbox.delivery import oldest_waiting
from lnpo.search.service import is_well as search_is_well

MAIL_IS_LATE = timedelta(minutes=5)
"""An outbox entry that waits longer than this means that no worker is doing its work."""


def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """503 only when the database is away or behind; whatever else fails stands in ``degraded``."""
    problem = _database_problem()
    if problem:
        return _answer({"ready": False, "problem": problem}, 503)
    degraded = [name for name, fine in _neighbours().items() if not fine]
    return _answer({"ready": True, "degraded": degraded}, 200)


def _answer(body: dict[str, Any], status: int) -> JsonResponse:
    response = JsonResponse(body, status=status)
    response["Cache-Control"] = "no-store"
    return response


_migrated = False


def _database_problem() -> str:
    """What is wrong with the database, or nothing. Migrations are checked until they are all there."""
    global _migrated
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return "pending migrations"
            _migrated = True
    except DatabaseError:
        return "database"
    return ""


def _neighbours() -> dict[str, bool]:
    waiting = oldest_waiting()
    return {
        "outbox": waiting is None or waiting < MAIL_IS_LATE,
        "broker": _broker_answers(),
        "search": search_is_well(),
    }


def _broker_answers() -> bool:
    options = dict(getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {}))
    try:
        with Connection(  # type: ignore[no-untyped-call]
            settings.CELERY_BROKER_URL, transport_options=options, connect_timeout=1
        ) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=1)
    except Exception:
        return False
    return True
