"""Race tests: many processes on their own copy of the migrated test database.

The test hands over a module with plain functions: ``prepare() -> None`` makes rows, ``attempt(worker, number,
together) -> str`` is one try by one process and returns a word (``together()`` waits until all processes
have come as far), ``outcome() -> dict`` looks at the result. They run in
one fresh interpreter that forks its workers, so that neither rows nor connections of the test process are
shared. Nothing here depends on the engine: SQLite gets a copy of the file, PostgreSQL a database made from
the test database as template.
"""

import importlib
import json
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 60
"""Seconds that a race may take before it is stopped as failed."""


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """The address of a copy of the test database; removed afterwards."""
    from django.db import connection, connections

    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        copy = folder / "race.sqlite3"
        with sqlite3.connect(settings["NAME"]) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        yield f"sqlite:///{copy}"
        return
    connections.close_all()  # a database with connections cannot be a template
    name = f"race_{uuid4().hex[:12]}"
    with _administration(settings) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{settings["NAME"]}"')
    host, port = settings["HOST"] or "localhost", settings["PORT"] or 5432
    login = f"{quote(settings['USER'])}:{quote(settings['PASSWORD'])}"
    try:
        if host.startswith("/"):
            yield f"postgres://{login}@{quote(host, safe='')}:{port}/{name}"
        else:
            yield f"postgres://{login}@{host}:{port}/{name}"
    finally:
        with _administration(settings) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _administration(settings: dict[str, Any]) -> Any:
    import psycopg

    return psycopg.connect(
        dbname="postgres",
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        autocommit=True,
    )


def run_race(module: str, processes: int = 8, attempts: int = 20) -> dict[str, Any]:
    """Run the race in ``module``; ``{"words": {word: count}, "outcome": …, "errors": […]}``."""
    with tempfile.TemporaryDirectory() as folder, own_database(Path(folder)) as address:
        environment = {
            **os.environ,
            "DATABASE_URL": address,
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "lnpo.settings.test",
        }
        command = [sys.executable, "-m", "tests.races", module, str(processes), str(attempts)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
        )
    assert done.returncode == 0, done.stderr[-4000:]
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _work(module: str, worker: int, attempts: int, barrier: Any, results: Any) -> None:
    race = importlib.import_module(module)
    words, errors = [], []
    barrier.wait()
    for number in range(attempts):
        try:
            words.append(race.attempt(worker, number, lambda: barrier.wait(LIMIT / 2)))
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}"[:300])
    results.put((words, errors))


def main(module: str, processes: int, attempts: int) -> None:
    """In the fresh interpreter: prepare, fork, count."""
    import logging

    import django
    from django.db import connections

    django.setup()
    logging.disable(logging.WARNING)
    race = importlib.import_module(module)
    race.prepare()
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, results = fork.Barrier(processes), fork.Queue()
    workers = [
        fork.Process(target=_work, args=(module, worker, attempts, barrier, results))
        for worker in range(processes)
    ]
    started = time.monotonic()
    for worker in workers:
        worker.start()
    answers = [results.get(timeout=LIMIT) for _ in workers]
    for worker in workers:
        worker.join()
    words = Counter(word for said, _ in answers for word in said)
    errors = [error for _, failed in answers for error in failed]
    print(
        json.dumps(
            {
                "words": words,
                "errors": errors,
                "seconds": round(time.monotonic() - started, 2),
                "outcome": race.outcome(),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
