"""Tables, for the console and for docs/benchmarks.md."""

import os
import platform
from importlib.metadata import version

from tests.bench.demo_pages import Weight
from tests.bench.load import Sample


def conditions() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("django", "wagtail", "granian"))
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {packages}."


def _kb(size: int) -> str:
    return f"{size / 1024:.1f}"


def speed(samples: dict[str, Sample], queries: dict[str, int]) -> str:
    """A row per page, with its cost as a multiple of bare Django and of the Wagtail floor."""
    bare, floor = samples["bare Django"].cpu_ms, samples["Wagtail floor"].cpu_ms
    rows = [
        "| page | CPU ms | × bare | × floor | requests/s | p50 ms | p95 ms | SQL |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, sample in samples.items():
        rows.append(
            f"| {name} | {sample.cpu_ms:.2f} | {sample.cpu_ms / bare:.2f} | {sample.cpu_ms / floor:.2f} "
            f"| {sample.per_second:.0f} | {sample.milliseconds(50):.1f} | {sample.milliseconds(95):.1f} "
            f"| {queries.get(name, '–')} |"
        )
    return "\n".join(rows)


def weights(weighed: dict[str, Weight]) -> str:
    """A row per page: what a first view carries, in kB with brotli."""
    rows = [
        "| first view, kB | HTML | CSS | JS | fonts | all | requests |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, w in weighed.items():
        cells = [_kb(size) for size in (w.html, w.css, w.js, w.fonts, w.html + w.css + w.js + w.fonts)]
        rows.append(f"| {name} | {' | '.join(cells)} | {w.requests} |")
    return "\n".join(rows)


def with_section(document: str, section: str) -> str:
    """The document with this section in the place of the one with the same title, or at its end."""
    title = section.splitlines()[0]
    before, found, after = document.partition(f"{title}\n")
    if not found:
        return f"{document.rstrip()}\n\n{section.strip()}\n"
    _old, next_title, rest = after.partition("\n## ")
    return f"{before}{section.strip()}\n" + (f"{next_title}{rest}" if next_title else "")
