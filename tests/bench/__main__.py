"""Run the measurements one after the other, each in a process of its own; print (or write) their tables.

``ONLY=pages,rush`` chooses; ``WRITE=1`` puts what was measured into docs/benchmarks.md and leaves the rest.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.bench import report

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "benchmarks.md"


def available() -> list[str]:
    found = (ROOT / "tests" / "bench" / "sections").glob("*.py")
    return sorted(path.stem for path in found if path.stem != "__init__")


def main() -> int:
    asked = [name for name in os.environ.get("ONLY", "").split(",") if name] or available()
    unknown = set(asked) - set(available())
    if unknown:
        print(f"No such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(available())}.")
        return 2
    failed = []
    for name in asked:
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", "tests.bench.section", name]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            text = process.stdout.read()
        print(text)
        if process.returncode:
            failed.append(name)
        elif os.environ.get("WRITE"):
            DOCUMENT.write_text(report.with_section(DOCUMENT.read_text(encoding="utf-8"), text), "utf-8")
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


sys.exit(main())
