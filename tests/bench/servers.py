"""The three servers that are compared, each with the same granian settings and its own folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 4

BARE_SETTINGS = """
from bare.original import *
DEBUG = False
ALLOWED_HOSTS = ["*"]
"""
BARE_URLS = """
from django.http import HttpResponse
from django.urls import path

PAGE = "<!doctype html><html lang=nl><title>Bare</title><h1>Bare</h1></html>"
urlpatterns = [path("", lambda request: HttpResponse(PAGE))]
"""
FLOOR_SETTINGS = """
from floor.settings.base import *
DEBUG = False
SECRET_KEY = "bench-only"
ALLOWED_HOSTS = ["*"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
"""


@dataclass
class Server:
    """A running server; ``session`` is the id of its process session."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def session(self) -> int:
        return self.process.pid

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, *command], cwd=folder, env=environment, check=True, capture_output=True)


def serve(name: str, folder: Path, application: str, environment: dict[str, str]) -> Server:
    """Start granian and wait until it answers.

    Raises:
        RuntimeError: it does not answer within half a minute.

    """
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    command += ["--backlog", "1024", "--log-level", "warning", application]
    process = subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True)
    for _attempt in range(150):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return Server(name, port, process)
    raise RuntimeError(f"{name} does not answer")


def _environment(settings: str) -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("PYTHONPATH", "DATA_DIR", "DATABASE_URL")
    }
    return {**kept, "DJANGO_SETTINGS_MODULE": settings}


def bare(folder: Path) -> Server:
    """A fresh `startproject` with one static answer behind the default middleware."""
    environment = _environment("bare.settings")
    folder.mkdir()
    run(["-m", "django", "startproject", "bare", "."], folder, {**os.environ, "DJANGO_SETTINGS_MODULE": ""})
    (folder / "bare" / "settings.py").rename(folder / "bare" / "original.py")
    (folder / "bare" / "settings.py").write_text(BARE_SETTINGS)
    (folder / "bare" / "urls.py").write_text(BARE_URLS)
    return serve("bare Django", folder, "bare.wsgi:application", environment)


def floor(folder: Path) -> Server:
    """The home page of an empty `wagtail start`."""
    environment = _environment("floor.settings.bench")
    folder.mkdir()
    begin = "import sys; sys.argv[0] = 'wagtail'; from wagtail.bin.wagtail import main; main()"
    run(["-c", begin, "start", "floor", "."], folder, {**os.environ, "DJANGO_SETTINGS_MODULE": ""})
    (folder / "floor" / "settings" / "bench.py").write_text(FLOOR_SETTINGS)
    run(["manage.py", "migrate", "--verbosity", "0"], folder, environment)
    return serve("Wagtail floor", folder, "floor.wsgi:application", environment)


def prepared_product(data: Path, database: str = "") -> dict[str, str]:
    """The environment of an installation of its own, migrated and with the demo."""
    environment = {**_environment("lnpo.settings.local"), "DATA_DIR": str(data)}
    if database:
        environment["DATABASE_URL"] = database
    data.mkdir()
    for command in ("migrate", "createcachetable", "collect_when_changed", "prepare_site", "load_demo"):
        run(["manage.py", command], ROOT, environment)
    return environment


def product(environment: dict[str, str]) -> Server:
    """The product, web processes only, so that nothing else uses the processor."""
    return serve("product", ROOT, "lnpo.wsgi:application", environment)


def set_up(environment: dict[str, str]) -> None:
    """Let this process work on the same installation."""
    import django

    os.environ.update({name: environment[name] for name in ("DATA_DIR", "DJANGO_SETTINGS_MODULE")})
    if "DATABASE_URL" in environment:
        os.environ["DATABASE_URL"] = environment["DATABASE_URL"]
    django.setup()


def say(text: str) -> None:
    """Tell what is going on; the tables go to standard output."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def postgres_database() -> Iterator[str]:
    """The address of an empty database beside ``PG_URL``; empty when no server answers there."""
    import psycopg

    server = os.environ.get("PG_URL", "postgres://postgres@127.0.0.1:5432/postgres").rpartition("/")[0]
    try:
        admin = psycopg.connect(f"{server}/postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield ""
        return
    name = f"lnpo_bench_{uuid4().hex[:8]}"
    try:
        admin.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{name}"
    finally:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.close()
