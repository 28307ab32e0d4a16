"""The running product and a browser: `manage.py start` on a free port, with a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from lnpo.settings.environment import BASE_DIR

PASSWORD = "lerend-netwerk-2026"
TOTP_SECRET = "LNPODEMO2345672345LNPODEMO234567"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the product, started as a newcomer starts it."""
    data, port = tmp_path_factory.mktemp("data"), free_port()
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    environment = {**kept, "DATA_DIR": str(data), "PORT": str(port)}
    log = (data / "start.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "start"], cwd=BASE_DIR, env=environment, stdout=log, stderr=log
    )
    address = f"http://localhost:{port}"
    try:
        for _second in range(120):
            if process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        break
            except OSError:
                time.sleep(1)
        else:
            pytest.fail((data / "start.log").read_text())
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody behind a screen; every page is checked for what must never happen."""

    page: Page
    context: BrowserContext
    site: str
    complaints: list[str]
    javascript: bool = True

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.site + path)

    def sign_in(self, name: str) -> None:
        self.open("/account/login/")
        self.page.locator("[name=login]").fill(f"{name}@example.org")
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="Inloggen", exact=True).click()
        self.page.wait_for_url(lambda url: "/account/login/" not in url)

    def check(self) -> None:
        """No axe violations, nothing wider than the screen, no complaint in the console.

        axe is JavaScript itself; without it only the complaints are looked at.
        """
        if not self.javascript:
            assert self.complaints == [], self.page.url
            return
        violations = Axe().run(self.page).response["violations"]
        found = [(item["id"], item["nodes"][0]["html"][:120]) for item in violations]
        assert found == [], f"{self.page.url}: {found}"
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert too_wide <= 0, f"{self.page.url} is {too_wide} px too wide"
        assert self.complaints == [], self.page.url


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator:
    """Open a browser of one's own: ``visit(viewport, javascript)``."""
    contexts = []

    def open_browser(viewport: dict = WIDE, javascript: bool = True) -> Visitor:
        context = browser.new_context(viewport=viewport, java_script_enabled=javascript, locale="nl-NL")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if "Content Security" in m.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda r: None if r.url.startswith((site, "data:")) else complaints.append(f"off-site {r.url}"),
        )
        page.on("response", lambda r: complaints.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        return Visitor(page, context, site, complaints, javascript)

    yield open_browser
    for context in contexts:
        context.close()
