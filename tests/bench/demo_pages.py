"""Which pages are measured, what they ask of the database, and what they weigh."""

import re
import urllib.request
from dataclasses import dataclass
from urllib.parse import urljoin

NOT_CACHED = "seen=1"
"""Any cookie keeps an answer out of the public page cache."""


@dataclass(frozen=True)
class Measured:
    """One row of the table."""

    name: str
    path: str
    cookie: str = ""


@dataclass(frozen=True)
class Weight:
    """Bytes over the wire with brotli, for a first view."""

    html: int
    css: int
    js: int
    fonts: int
    requests: int


def demo_pages() -> list[Measured]:
    """The pages of the demo; signed-in ones as Anna. Needs Django to be set up."""
    from django.test import Client

    from knowledge.models import PracticePage
    from lnpo.accounts.models import User
    from sessions.models import SessionPage
    from templates.library.models import GoalTemplatePage
    from templates.workspace.models import Goal, Indicator

    public = {"home": "/"}
    for name, model in (("session", SessionPage), ("article", PracticePage), ("template", GoalTemplatePage)):
        public[name] = model.objects.live().order_by("pk").first().get_url()
    anna = User.objects.get(email="anna@example.org")
    client = Client()
    client.force_login(anna)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    with_indicators = Indicator.objects.visible_to(anna).order_by("pk").values("goal")[:1]
    goal = Goal.objects.visible_to(anna).select_related("plan").get(pk__in=with_indicators)
    overview = f"/werkruimte/{goal.plan.organisation_id}/"
    return [
        *(Measured(f"{name}, cached", path) for name, path in public.items()),
        *(Measured(f"{name}, not cached", path, NOT_CACHED) for name, path in public.items()),
        Measured("workspace overview, signed in", overview, cookie),
        Measured("goal, signed in", f"{overview}doelen/{goal.pk}/", cookie),
    ]


def statements(page: Measured) -> int:
    """How many SQL statements a second request for this page takes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost", "cookie": page.cookie} if page.cookie else {})
    client.get(page.path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page.path).status_code == 200
    return len(captured)


def _fetch(address: str, cookie: str = "") -> tuple[bytes, bytes]:
    """The body as sent, and as meant."""
    import brotli

    headers = {"Accept-Encoding": "br", **({"Cookie": cookie} if cookie else {})}
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
        sent = answer.read()
        packed = answer.headers.get("Content-Encoding") == "br"
    plain = brotli.decompress(sent) if packed else sent
    return (sent if packed else brotli.compress(sent, quality=5)), plain


def weigh(site: str, page: Measured) -> Weight:
    """Fetch the page as a browser does, with what it names."""
    address = urljoin(site, page.path)
    sent, html = _fetch(address, page.cookie)
    text = html.decode()
    styles = set(re.findall(r'<link rel="stylesheet" href="([^"]+)"', text))
    scripts = set(re.findall(r'<script[^>]* src="([^"]+)"', text))
    fonts = {urljoin(address, found) for found in re.findall(r'href="([^"]+\.woff2)"', text)}
    css = 0
    for style in styles:
        size, content = _fetch(urljoin(address, style))
        css += len(size)
        fonts |= {
            urljoin(urljoin(address, style), found)
            for found in re.findall(r'url\("?([^")]+\.woff2)', content.decode())
        }
    js = sum(len(_fetch(urljoin(address, script))[0]) for script in scripts)
    font_bytes = sum(len(_fetch(font)[1]) for font in fonts)
    return Weight(len(sent), css, js, font_bytes, 1 + len(styles) + len(scripts) + len(fonts))
