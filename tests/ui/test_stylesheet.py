"""The style sheet: one file, in layers, readable colours, and no class in a template without a rule."""

import re

import pytest
from django.conf import settings

from lnpo.ui import stylesheet
from lnpo.ui.stylesheet import NAME, SiteStylesheetFinder

TOKENS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})", stylesheet.join()))


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *(
            ("ink", ground)
            for ground in ("white", "paper", "sand", "petrol-50", "sun-100", "leaf-100", "clay-100")
        ),
        *(("ink-2", ground) for ground in ("white", "paper", "sand", "petrol-50")),
        *(("petrol-700", ground) for ground in ("white", "paper", "petrol-50")),
        ("white", "petrol-700"),
        ("white", "petrol-900"),
        ("petrol-950", "sun-500"),
        ("petrol-800", "petrol-100"),
        ("sun-800", "sun-100"),
        ("leaf-700", "leaf-100"),
        ("clay-700", "clay-100"),
    ],
)
def test_text_can_be_read_on_its_ground(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("ground", ["white", "paper"])
def test_borders_of_controls_and_the_focus_can_be_seen(ground):
    assert contrast("line-2", ground) >= 3
    assert contrast("petrol-900", ground) >= 3


@pytest.mark.parametrize("path", stylesheet.sources(), ids=lambda path: path.stem)
def test_every_rule_stands_in_a_layer(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    depth, outside = 0, ""
    for letter in text:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        outside += letter if depth == 0 else ""
    assert depth == 0
    assert re.sub(r"@layer [a-z, ]+[;}]?|}", "", outside).strip() == ""
    assert "http" not in text.replace('href^="http"', "")


def test_the_ground_comes_first_and_what_overrides_last():
    names = [path.stem for path in stylesheet.sources()]
    assert names[:4] == ["reset", "tokens", "base", "layout"]
    assert names[-2:] == ["utilities", "print"]
    assert len(names) == len(set(names)) == len(list(stylesheet.FOLDER.glob("*.css")))


def test_the_finder_offers_the_joined_file_and_nothing_else(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    finder = SiteStylesheetFinder()
    assert finder.find("ui/other.css") == []
    assert finder.find(NAME, find_all=True) == [finder.find(NAME)]
    ((name, storage),) = finder.list([])
    with storage.open(name) as joined:
        assert joined.read().decode() == stylesheet.join()
    assert (tmp_path / "joined" / NAME).exists()


def test_every_class_in_a_template_has_a_rule():
    css = stylesheet.join()
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", css))
    unknown = set()
    for path in settings.BASE_DIR.rglob("templates/**/*.html"):
        if ".venv" in path.parts or "mail" in path.parts or "staff" in path.parts:
            continue
        plain = re.sub(r"{%.*?%}|{{.*?}}", " ", path.read_text(encoding="utf-8"))
        for value in re.findall(r'class="([^"]*)"', plain):
            unknown |= {f"{path.name}: {name}" for name in value.split() if name not in known}
    assert unknown == set()
