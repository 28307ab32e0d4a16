"""What a page costs, beside bare Django and an empty Wagtail site."""

import os
from contextlib import ExitStack
from pathlib import Path

from tests.bench import report, servers
from tests.bench.load import Sample, load

TITLE = "Pages"
ABOUT = """Bare Django is a static answer behind the default middleware; the Wagtail floor is the home page
of an empty `wagtail start`. "Not cached" is a visitor with a cookie: the page is made anew, from what the
process remembers of the site."""
ROUNDS = int(os.environ.get("ROUNDS", "4"))
SECONDS = float(os.environ.get("SECONDS", "1"))


def run(work: Path) -> str:
    with ExitStack() as stack:
        return _measure(work, stack)


def _measure(work: Path, stack: ExitStack) -> str:
    servers.say("Preparing bare Django, an empty Wagtail site and the product …")
    started = [servers.bare(work / "bare")]
    stack.callback(started[0].stop)
    started.append(servers.floor(work / "floor"))
    stack.callback(started[1].stop)
    environment = servers.prepared_product(work / "data")
    product = servers.product(environment)
    stack.callback(product.stop)

    servers.set_up(environment)
    from tests.bench import demo_pages

    shown = demo_pages.demo_pages()
    targets = [(server.name, server, "/", "") for server in started]
    targets += [(page.name, product, page.path, page.cookie) for page in shown]
    samples = {name: Sample() for name, *_rest in targets}
    for turn in range(ROUNDS + 1):
        servers.say(f"round {turn} of {ROUNDS} …" if turn else "warming up …")
        for name, server, path, cookie in targets:
            sample = load(server.port, server.session, path, cookie, SECONDS)
            if turn:
                samples[name].add(sample)
    site = f"http://localhost:{product.port}"
    speed = report.speed(samples, {page.name: demo_pages.statements(page) for page in shown})
    weighed = {page.name: demo_pages.weigh(site, page) for page in shown if "not cached" not in page.name}
    return f"{speed}\n\n{report.weights(weighed)}"
