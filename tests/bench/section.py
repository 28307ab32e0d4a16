"""Run one measurement: its text goes to standard output, what it is doing to standard error."""

import importlib
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench import report


def main() -> None:
    section = importlib.import_module(f"tests.bench.sections.{sys.argv[1]}")
    work = Path(tempfile.mkdtemp(prefix="lnpo-bench-"))
    try:
        tables = section.run(work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"## {section.TITLE}\n\n{section.ABOUT.strip()}\n\n{report.conditions()}\n\n{tables.strip()}")


if __name__ == "__main__":
    main()
