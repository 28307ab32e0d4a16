"""Browsers by the name that people know them by."""

import re

from django.utils.translation import gettext as _

# The first that fits counts: every browser also claims to be the ones below it.
BROWSERS = [("Edge", r"Edg(e|A|iOS)?/"), ("Opera", r"OPR/|Opera"), ("Samsung Internet", r"SamsungBrowser/")]
BROWSERS += [("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrome/|CriOS/|Chromium/"), ("Safari", r"Safari/")]
SYSTEMS = [("Android", r"Android"), ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Windows", r"Windows")]
SYSTEMS += [("ChromeOS", r"CrOS"), ("Mac", r"Macintosh|Mac OS X"), ("Linux", r"Linux")]


def browser_name(user_agent: str) -> str:
    """``Firefox on Windows`` for what a browser says of itself; a plain sentence when we do not know it."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("an unknown browser")


def _first(known: list[tuple[str, str]], text: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, text or "")), "")
