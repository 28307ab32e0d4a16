"""A full run fails when an address, a page type or a template of ours was never exercised.

Every process notes what it resolved and rendered; the notes are merged over the workers of xdist. Runs of a
part of the tests are left alone.
"""

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.test.signals import template_rendered

SEEN: dict[str, set[str]] = {"patterns": set(), "templates": set(), "page types": set()}
MISSING: list[str] = []
NEEDS_A_REAL_KEY = {"lnpo/ui/templates/mfa/webauthn/reauthenticate.html"}
"""A passkey of a device; no test has one."""
OURS = ("lnpo", "home", "sessions", "knowledge", "templates")


def _note_template(sender, template, context, **kwargs):
    SEEN["templates"].add(str(template.origin.name))
    page = context.get("page") if hasattr(context, "get") else None
    if page is not None and hasattr(page, "url_path"):
        SEEN["page types"].add(type(page).__name__)


def _note_patterns():
    resolve = BaseHandler.resolve_request

    def noting(self, request):
        match = resolve(self, request)
        SEEN["patterns"].add(match.view_name or match.route)
        SEEN["patterns"].add(match.route)
        return match

    BaseHandler.resolve_request = noting


def _full(config):
    option = config.option
    return config.args_source.name == "TESTPATHS" and not any(
        (
            option.keyword,
            option.markexpr,
            option.collectonly,
            option.maxfail,
            getattr(option, "deselect", None),
        )
    )


def pytest_configure(config):
    template_rendered.connect(_note_template)
    _note_patterns()


def pytest_testnodedown(node, error):
    """A worker of xdist has ended; take over what it saw."""
    for kind, seen in getattr(node, "workeroutput", {}).get("seen", {}).items():
        SEEN[kind].update(seen)


def _missing():
    from django.apps import apps
    from wagtail.models import Page

    from tests.access.classification import CLASSES, LOCAL, PREFIXES

    routes = SEEN["patterns"]
    local = {name for name, kind in CLASSES.items() if kind is LOCAL}
    known = local if not getattr(settings, "MAILBOX_DIR", None) else set()
    yield from (f"address {name}" for name in sorted(set(CLASSES) - known - routes))
    for prefix in sorted(PREFIXES):
        if not any(route.startswith(prefix) for route in routes):
            yield f"address {prefix}…"
    for model in apps.get_models():
        ours = issubclass(model, Page) and model.__module__.startswith(OURS)
        if ours and model.__name__ not in SEEN["page types"]:
            yield f"page type {model.__name__}"
    for folder in OURS:
        for path in sorted((settings.BASE_DIR / folder).rglob("templates/**/*.html")):
            name = str(path.relative_to(settings.BASE_DIR))
            if str(path) not in SEEN["templates"] and name not in NEEDS_A_REAL_KEY:
                yield f"template {name}"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session, exitstatus):
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["seen"] = {kind: sorted(seen) for kind, seen in SEEN.items()}
    elif _full(session.config) and exitstatus in (0, 1):
        MISSING.extend(_missing())
        if MISSING:
            session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    if MISSING:
        terminalreporter.section("never exercised")
        for line in MISSING:
            terminalreporter.line(line)
