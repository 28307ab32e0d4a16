"""The tables, for the console and for docs/benchmarks.md."""

import os
import platform
from importlib.metadata import version

from tests.bench.load import Sample
from tests.bench.pages import Weight

HEAD = """# Benchmarks

Written by `make bench WRITE=1`. Everything in a table was measured in one run with interleaved rounds,
client and servers on one machine; compare ratios, not times. CPU is user and system time of the server's
processes per request. The load client is written in Python and needs a part of the same processors, so
requests per second are a lower bound.
"""


def conditions() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("django", "wagtail", "granian"))
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {packages}, SQLite."


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


def whole(samples: dict[str, Sample], queries: dict[str, int], weighed: dict[str, Weight]) -> str:
    return f"{HEAD}\n{conditions()}\n\n{speed(samples, queries)}\n\n{weights(weighed)}\n"
