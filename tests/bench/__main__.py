"""Start the three servers, measure in interleaved rounds, and print (or write) the tables."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import django

from tests.bench import report, servers
from tests.bench.load import Sample, load

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("ROUNDS", "4"))
SECONDS = float(os.environ.get("SECONDS", "1"))


def measure(work: Path, stack: ExitStack) -> str:
    print("Preparing bare Django, an empty Wagtail site and the product …", flush=True)
    started = [servers.bare(work / "bare")]
    stack.callback(started[0].stop)
    started.append(servers.floor(work / "floor"))
    stack.callback(started[1].stop)
    product = servers.product(ROOT, work / "data")
    stack.callback(product.stop)

    os.environ["DATA_DIR"] = str(work / "data")
    os.environ["DJANGO_SETTINGS_MODULE"] = "lnpo.settings.local"
    django.setup()
    from tests.bench import pages

    shown = pages.demo_pages()
    targets = [(server.name, server, "/", "") for server in started]
    targets += [(page.name, product, page.path, page.cookie) for page in shown]
    samples = {name: Sample() for name, *_rest in targets}
    for turn in range(ROUNDS + 1):
        label = f"round {turn} of {ROUNDS}" if turn else "warming up"
        print(f"{label} …", flush=True)
        for name, server, path, cookie in targets:
            sample = load(server.port, server.session, path, cookie, SECONDS)
            if turn:
                samples[name].add(sample)
    site = f"http://localhost:{product.port}"
    return report.whole(
        samples,
        {page.name: pages.statements(page) for page in shown},
        {page.name: pages.weigh(site, page) for page in shown if "not cached" not in page.name},
    )


def main() -> None:
    work = Path(tempfile.mkdtemp(prefix="lnpo-bench-"))
    try:
        with ExitStack() as stack:
            text = measure(work, stack)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(text)
    if os.environ.get("WRITE"):
        (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")


main()
