"""Every component renders with what it says it takes, and with as little as it may get."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from lnpo.ui.devices import browser_name


def render(component, **context):
    names = " ".join(f"{name}={name}" for name in context)
    text = f'{{% include "ui/components/{component}.html" with {names} only %}}'
    with override("nl"):
        return Template(text).render(Context(context))


@pytest.mark.parametrize("tone", ["", "petrol", "leaf", "sun", "clay"])
def test_a_badge_is_a_word_with_an_icon(tone):
    text = render("badge", text="Op koers", tone=tone, icon_name="trending-up")
    assert "Op koers" in text
    assert 'aria-hidden="true"' in text


@pytest.mark.parametrize("tone", ["", "ok", "warm", "stop"])
def test_a_notice_has_a_heading_and_a_text(tone):
    text = render("notice", title="Kop", text="Uitleg", tone=tone)
    assert f'class="notice {tone}"'.replace(' "', '"') in text
    assert ">Kop</h2>" in text


def test_an_empty_list_says_so_and_may_offer_a_way_on():
    assert "<a" not in render("empty", text="Nog niets.")
    assert 'href="/sessies/"' in render(
        "empty", text="Nog niets.", action_url="/sessies/", action_text="Kijk"
    )


def test_the_path_ends_with_this_page():
    text = render("breadcrumbs", crumbs=[("/", "Home"), ("/nieuws/", "Nieuws")], current="Bericht")
    assert text.count("<li") == 3
    assert '<li aria-current="page">Bericht</li>' in text


def test_pages_of_a_list_keep_the_filters():
    page = Paginator(range(100), 10).page(5)
    text = render("pagination", page_obj=page, query="thema=x")
    assert 'href="?thema=x&amp;page=4" rel="prev"' in text
    assert '<span aria-current="page">5</span>' in text
    assert render("pagination", page_obj=Paginator([1], 10).page(1)).strip() == ""


def test_a_date_tile_shows_the_day_and_an_avatar_the_initials():
    import datetime

    assert "<b>10</b><span>december</span>" in render("date_tile", on=datetime.date(2026, 12, 10))
    assert '<span class="avatar b" aria-hidden="true">AL</span>' in render(
        "avatar", name="Anna Linde", tone="b"
    )


class Registration(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals in je paspoort.")
    form_of = forms.ChoiceField(label="Vorm", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(label="Opmerking", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="Akkoord", help_text="Je naam is zichtbaar.", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def test_a_form_ties_hint_and_error_to_its_field():
    with override("nl"):
        text = Registration({"name": "", "note": "blijft staan"}).render()
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert 'id="id_name_helptext"' in text
    assert 'id="id_name_error"' in text
    assert 'aria-invalid="true"' in text
    assert "blijft staan</textarea>" in text
    assert "(niet verplicht)" in text


def test_the_summary_of_errors_comes_first_takes_the_focus_and_links_to_what_exists():
    import re

    with override("nl"):
        text = Registration({}).render()
    assert text.index("error-summary") < text.index("<input")
    assert "autofocus" in text
    links = re.findall(r'href="#([^"]+)"', text)
    assert len(links) == 2
    assert all(f'id="{link}"' in text for link in links)
    assert "Dit veld is verplicht" in text or "verplicht" in text


def test_an_error_in_a_hidden_field_is_told():
    with override("nl"):
        form = Registration({"name": "x", "form_of": "a"})
        assert "verplicht" in form.render()
    assert list(form.errors) == ["token"]


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in Registration().render()


def test_every_kind_of_field_carries_the_class_of_its_component():
    text = Registration().render()
    assert 'class="input"' in text
    assert 'class="area"' in text
    assert 'class="check"' in text
    assert "<fieldset" in text


def test_a_form_with_a_button_carries_a_token():
    request = RequestFactory().get("/")
    template = Template(
        '{% include "ui/components/form.html" with form=form submit="Opslaan" cancel_url="/terug/" %}'
    )
    text = template.render(Context({"form": Registration(), "request": request, "csrf_token": "abc"}))
    assert 'name="csrfmiddlewaretoken" value="abc"' in text
    assert 'href="/terug/"' in text


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge op Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Version/17.5 Safari/605.1.15", "Safari op Mac"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/126.0 Safari/604.1",
            "Chrome op iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox op Linux"),
        ("curl/8.0", "een onbekende browser"),
        ("", "een onbekende browser"),
    ],
)
def test_browsers_go_by_the_name_people_know(user_agent, name):
    with override("nl"):
        assert browser_name(user_agent) == name
