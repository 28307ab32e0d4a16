"""The frame of our mail: text always, HTML without anything that a reader would have to fetch."""

import re

import pytest
from django.urls import reverse

from home.structure import prepare_site
from lnpo.ui.mail import build_mail, message_id
from tests.cast import PASSWORD
from tests.mailbox import sent_mails


@pytest.fixture
def message(settings):
    """A mail of three small templates; those of text do not switch escaping off themselves."""
    texts = {
        "hello.subject.txt": "Dag {{ name }},\n welkom",
        "hello.txt": "Dag {{ name }}. {{ site_url }}/mijn/\n\n",
        "hello.html": '{% extends "ui/mail/base.html" %}{% block content %}<h1>{{ name }}</h1>'
        '<p><a class="btn" href="{{ site_url }}/mijn/">{% translate "My LNPO" %}</a></p>{% endblock %}',
    }
    loaders = [
        ("django.template.loaders.locmem.Loader", texts),
        "django.template.loaders.app_directories.Loader",
    ]
    (ours,) = settings.TEMPLATES
    settings.TEMPLATES = [{**ours, "APP_DIRS": False, "OPTIONS": {**ours["OPTIONS"], "loaders": loaders}}]
    settings.SITE_URL = "https://lnpo.example.org"
    return build_mail(
        name="hello", context={"name": "Jo & <b>Co</b>"}, to="jo@example.org", message_id_key="k"
    )


def test_the_text_part_and_the_subject_are_plain(message):
    assert message.subject == "Dag Jo & <b>Co</b>, welkom"
    assert message.body == "Dag Jo & <b>Co</b>. https://lnpo.example.org/mijn/\n"


def test_the_html_part_escapes_carries_its_style_inline_and_speaks_dutch(message):
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert "Jo &amp; &lt;b&gt;Co&lt;/b&gt;" in html
    assert "Mijn LNPO" in html
    assert re.search(r'<a class="btn"[^>]*style="[^"]*background', html)
    assert "<style" not in html
    assert "<link" not in html
    assert {link.split("/")[2] for link in re.findall(r'(?:href|src)="(http[^"]+)"', html)} == {
        "lnpo.example.org"
    }


def test_a_mail_sent_twice_can_be_recognised(message):
    assert message.extra_headers["Message-ID"] == message_id("k")
    assert message_id("k") != message_id("other")
    assert re.fullmatch(r"<[0-9a-f]{40}@[a-z.]+>", message_id("k"))
    assert message.to == ["jo@example.org"]


@pytest.mark.parametrize("to", ["", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org"])
def test_a_mail_has_exactly_one_receiver(to):
    with pytest.raises(ValueError, match="one receiver"):
        build_mail(name="hello", context={}, to=to, message_id_key="k")


def test_the_welcome_names_an_organisation_as_it_writes_itself(cast):
    cast.swv.name = "Scholen & Zo's"
    membership = cast.anna.memberships.first()
    membership.organisation = cast.swv
    message = build_mail(
        name="organisations/mail/welcome",
        context={"membership": membership, "user": cast.anna, "has_password": False},
        to=cast.anna.email,
        message_id_key="welcome",
    )
    assert "Scholen & Zo's" in message.subject
    assert "Scholen & Zo's" in message.body


def test_mail_about_a_password_is_ours_and_names_no_host_but_the_link(cast, client):
    client.post(reverse("account_reset_password"), {"email": cast.anna.email})
    (sent,) = sent_mails()
    assert sent.subject == "Nieuw wachtwoord kiezen"
    assert "Met deze link kies je een wachtwoord" in sent.body
    assert "testserver" not in re.sub(r"https?://\S+", "", sent.body)


def test_an_unknown_address_is_not_invited_to_sign_up(cast, client):
    client.post(reverse("account_reset_password"), {"email": "niemand@example.org"})
    (sent,) = sent_mails()
    assert sent.subject == "We kennen dit e-mailadres niet"
    assert "http" not in sent.body


def test_a_change_of_security_is_told_in_words_people_know(cast, client_of, settings):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    prepare_site()
    new = "een-heel-nieuwe-zin-9"
    client_of(cast.anna).post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
        HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    )
    (sent,) = sent_mails()
    assert "met Firefox op Linux" in sent.body
    assert "Was jij dat niet?" in sent.body


def test_an_added_address_is_asked_to_confirm(cast, client_of):
    prepare_site()
    client_of(cast.anna).post(reverse("account_email"), {"email": "anna.nieuw@example.org", "action_add": ""})
    sent = next(message for message in sent_mails() if message.to == ["anna.nieuw@example.org"])
    assert sent.subject == "E-mailadres bevestigen"
    assert "/account/confirm-email/" in sent.body
