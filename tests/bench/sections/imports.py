"""The whole country is taken in from three lists."""

import json
import os
import subprocess
import sys
from pathlib import Path

TITLE = "Import of organisations"
ABOUT = """Three lists in our own layout: 150 samenwerkingsverbanden, 1,300 boards and 8,000 schools with
their links, on SQLite in a process of its own. The budget is 20 seconds and 300 MB with the preview."""


def measure() -> None:
    """In the process of its own: preview, take in, and look at the same lists once more."""
    import resource
    import time

    import django

    django.setup()
    from lnpo.accounts.models import User
    from lnpo.organisations.importing.taking_in import preview, take_in
    from tests.organisations.big_list import lists

    staff = User.objects.create_superuser("bench@example.org")
    files, seconds = lists(), {}
    started = time.perf_counter()
    run, _plan = preview(staff, files, None)
    seconds["preview of a new list"] = time.perf_counter() - started
    started = time.perf_counter()
    take_in(staff, run)
    seconds["take it in"] = time.perf_counter() - started
    started = time.perf_counter()
    preview(staff, files, None)
    seconds["preview of the same list"] = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "peak": peak}))


def run(work: Path) -> str:
    environment = {
        **os.environ,
        "DATA_DIR": str(work),
        "DATABASE_URL": f"sqlite:///{work}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "lnpo.settings.local",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=environment, check=True)
    code = "from tests.bench.sections.imports import measure; measure()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    rows = ["| step | seconds |", "|---|---|"]
    rows += [f"| {name} | {value:.2f} |" for name, value in figures["seconds"].items()]
    return "\n".join([*rows, "", f"Peak memory of the whole process: {figures['peak']} MB."])
