"""The rules of the house, kept by a test: sizes, names, and what may stand nowhere."""

import ast
import re
import subprocess

import pytest
from django.apps import apps
from django.conf import settings
from django.template import engines
from django.template.loader import get_template
from django.utils.translation import gettext, override

from templates.workspace.scoping import ScopedManager

ROOT = settings.BASE_DIR
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
]
FILES = [path for path in TRACKED if path.exists()]
PYTHON = [path for path in FILES if path.suffix == ".py"]
CODE = [path for path in PYTHON if "migrations" not in path.parts and "tests" not in path.parts]
HTML = [path for path in FILES if path.suffix == ".html"]
BANNED = {"utils", "helpers", "services", "common", "core", "misc"}
OURS = ["lnpo", "home", "sessions", "knowledge", "templates"]


def name(path):
    return str(path.relative_to(ROOT))


def lines(path):
    return path.read_text(encoding="utf-8").count("\n")


def test_there_is_something_to_check():
    assert len(CODE) > 80
    assert len(HTML) > 60


@pytest.mark.parametrize("path", CODE, ids=name)
def test_modules_stay_readable(path):
    assert lines(path) <= 400
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            docstring = node.body[0] if ast.get_docstring(node) else None
            told = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
            length = (node.end_lineno or 0) - node.lineno + 1 - told
            assert length <= 50, f"{node.name} has {length} lines"


def test_test_files_stay_readable():
    assert [name(path) for path in PYTHON if "tests" in path.parts and lines(path) > 350] == []


def test_templates_stay_readable():
    assert [name(path) for path in HTML if lines(path) > 160] == []


def test_files_are_named_after_what_happens_in_them():
    assert [name(path) for path in PYTHON if path.stem in BANNED or BANNED & set(path.parts)] == []


def test_every_module_says_what_it_is():
    silent = [
        name(path)
        for path in CODE
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        and path.read_text(encoding="utf-8").strip()
        and path.name != "manage.py"
    ]
    assert silent == []


def test_money_and_measurements_are_never_floats():
    models = [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]
    floats = [
        f"{model.__name__}.{f.name}"
        for model in models
        for f in model._meta.fields
        if type(f).__name__ == "FloatField"
    ]
    assert floats == []


def test_no_counter_lives_on_a_page():
    from wagtail.models import Page

    counters = {"taken", "capacity", "waiting", "count", "views"}
    pages = [model for model in apps.get_models() if issubclass(model, Page) and model is not Page]
    assert [f"{p.__name__}.{f.name}" for p in pages for f in p._meta.local_fields if f.name in counters] == []


def test_every_workspace_model_refuses_unscoped_queries():
    models = list(apps.get_app_config("workspace").get_models())
    assert len(models) >= 8
    assert [model.__name__ for model in models if not isinstance(model._default_manager, ScopedManager)] == []


def test_migrations_are_named_for_their_purpose():
    migrations = [path for path in PYTHON if path.parent.name == "migrations" and path.stem != "__init__"]
    assert [name(path) for path in migrations if "_auto_" in path.stem] == []


@pytest.mark.parametrize("path", HTML, ids=name)
def test_templates_carry_nothing_that_the_csp_forbids(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=\"", text)
    assert not re.search(r"<style|<script(?![^>]*(src=|type=\"application/json\"))", text)
    assert "|safe" not in text


@pytest.mark.parametrize("path", HTML, ids=name)
def test_every_template_compiles(path):
    relative = name(path).split("/templates/")[-1]
    assert get_template(relative).template.origin.name == str(path)


def test_the_package_with_goal_templates_is_no_folder_with_html():
    assert engines["django"].dirs == []


def test_tests_never_flush_the_database():
    forbidden = ("transaction" + "=True", "Transaction" + "TestCase")
    guilty = [
        name(p) for p in PYTHON if "tests" in p.parts and any(word in p.read_text() for word in forbidden)
    ]
    assert guilty == []


def test_ground_apps_stand_under_their_own_labels():
    expected = {
        "lnpo_sessions",
        "library",
        "workspace",
        "knowledge",
        "home",
        "accounts",
        "organisations",
        "topics",
    }
    assert expected <= {config.label for config in apps.get_app_configs()}


def test_the_interface_speaks_dutch():
    with override("nl"):
        assert gettext("Waiting for you") == "Wacht op jou"
        assert gettext("Asks for attention") == "Vraagt aandacht"
