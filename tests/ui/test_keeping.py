"""Parts of public pages that are kept."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError

from lnpo.page_cache import bump_site
from lnpo.ui import site_memory


@pytest.fixture(autouse=True)
def memory(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(site_memory, "_switched_off", lambda: False)
    site_memory.forget()
    yield
    site_memory.forget()


def shown(value, number=1, request=None) -> str:
    source = '{% load keeping %}{% keep "tree" number %}<b>{{ value }}</b>{% endkeep %}'
    request = request or SimpleNamespace()
    return Template(source).render(Context({"value": value, "number": number, "request": request}))


def test_a_part_is_made_once_until_the_site_changes():
    assert shown("one") == "<b>one</b>"
    assert shown("two") == "<b>one</b>"
    assert shown("two", number=2) == "<b>two</b>"
    bump_site()
    assert shown("three") == "<b>three</b>"


def test_a_part_stays_escaped():
    assert shown("<script>") == shown("<script>") == "<b>&lt;script&gt;</b>"


def test_a_preview_is_always_made_anew_and_never_kept():
    assert shown("draft", request=SimpleNamespace(is_preview=True)) == "<b>draft</b>"
    assert shown("published") == "<b>published</b>"


def test_a_part_needs_something_that_tells_it_apart():
    with pytest.raises(TemplateSyntaxError):
        Template('{% load keeping %}{% keep "tree" %}{% endkeep %}')
