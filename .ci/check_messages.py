"""Every text has its Dutch, and the compiled catalogue is what the catalogue says."""

import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "lnpo" / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def keys(catalogue: polib.POFile) -> set[tuple[str | None, str, str]]:
    """What can be asked of a catalogue."""
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}


def main() -> int:
    """Collect all texts anew beside the stored catalogue and compare."""
    stored = polib.pofile(str(CATALOGUE))
    problems = [f"not translated: {entry.msgid!r}" for entry in stored.untranslated_entries()]
    problems += [f"fuzzy: {entry.msgid!r}" for entry in stored.fuzzy_entries()]
    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder) / "django.mo"
        stored.save_as_mofile(str(compiled))
        if compiled.read_bytes() != CATALOGUE.with_suffix(".mo").read_bytes():
            problems.append("django.mo is not what django.po says; run `make messages`")
    before = CATALOGUE.read_bytes()
    try:
        command = [
            sys.executable,
            "manage.py",
            "makemessages",
            "--locale",
            "nl",
            "--no-location",
            "--no-wrap",
        ]
        command += ["--no-obsolete", "--ignore", ".venv/*", "--ignore", "tests/*", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  # our own command
        collected = polib.pofile(str(CATALOGUE))
    finally:
        CATALOGUE.write_bytes(before)
    problems += [
        f"missing in the catalogue: {key[1]!r}" for key in sorted(keys(collected) - keys(stored), key=str)
    ]
    for problem in problems:
        sys.stdout.write(problem + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
