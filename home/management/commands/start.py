"""Start everything: database, demo content, web, worker and beat, in one command."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

GRACE = 20.0
"""Seconds that the processes get to end by themselves after TERM."""


class Command(BaseCommand):
    """Prepare the installation and run its three processes until Ctrl-C."""

    help = "Migrate, load the demo content on an empty database, and start web, worker and beat."
    children: dict[str, "subprocess.Popen[bytes]"]
    stopping = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, start, wait; whatever ends first ends everything."""
        self.children = {}
        self._prepare()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        port = str(getattr(settings, "PORT", 8000))
        workers = str(min(4, os.cpu_count() or 1))
        python = sys.executable
        self._run(
            "web",
            [
                *(
                    python,
                    "-m",
                    "granian",
                    "--interface",
                    "wsgi",
                    "--host",
                    os.environ.get("HOST", "127.0.0.1"),
                ),
                *("--port", port, "--workers", workers, "--blocking-threads", "4", "--backlog", "1024"),
                *("--workers-kill-timeout", "10", "--log-level", "warning", "lnpo.wsgi:application"),
            ],
        )
        celery = [python, "-m", "celery", "--app", "lnpo", "--quiet"]
        pool = getattr(settings, "CELERY_WORKER_POOL", "prefork")
        self._run("worker", [*celery, "worker", "--pool", pool, "--loglevel", "warning", "--without-gossip"])
        schedule = settings.CELERY_BEAT_SCHEDULE_FILENAME
        self._run("beat", [*celery, "beat", "--schedule", schedule, "--pidfile=", "--loglevel", "warning"])
        self._announce(port)
        sys.exit(self._wait())

    def _prepare(self) -> None:
        self._say("Preparing the database (the first time this takes about half a minute) …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        self._say("Collecting style sheets, icons and fonts …")
        call_command("collect_when_changed")
        call_command("prepare_site")
        if settings.DEMO_ALLOWED:
            call_command("load_demo", only_when_empty=True)

    def _run(self, name: str, command: list[str]) -> None:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
        self.children[name] = subprocess.Popen(  # noqa: S603  # our own three processes
            command, env=environment, cwd=settings.BASE_DIR, start_new_session=True
        )

    def _announce(self, port: str) -> None:
        self._say(f"\nThe network runs at http://localhost:{port}/  (Ctrl-C stops everything)")
        if settings.DEMO_ALLOWED:
            from home.demo import cast_lines

            for line in cast_lines():
                self._say(f"  {line}")
            if getattr(settings, "EMAIL_BACKEND", "") == "lnpo.mailbox.FileBackend":
                self._say(f"  Mail that is sent can be read at http://localhost:{port}/mail/")

    def _wait(self) -> int:
        """Until somebody asks to stop or a process ends by itself; returns the exit code."""
        failed = ""
        while not self.stopping and not failed:
            time.sleep(0.3)
            failed = next((name for name, child in self.children.items() if child.poll() is not None), "")
        if failed and not self.stopping:
            self._say(f"The {failed} process ended by itself; stopping the others.")
        self._stop()
        return 1 if failed and not self.stopping else 0

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _stop(self) -> None:
        self._say("\nStopping …")
        for child in self.children.values():
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(child, signal.SIGKILL)
                child.wait()
        self._say("Stopped; the data is kept.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _signal_group(child: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """Signal the child's whole process group, if it is still there."""
    if child.poll() is None:
        try:
            os.killpg(child.pid, number)
        except ProcessLookupError:
            return
