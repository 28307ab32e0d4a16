"""The interest list: on it after saying so twice, off it with one click, the same answer for all."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from home.structure import prepare_site
from lnpo.interest.models import Subscriber
from lnpo.interest.subscribing import ask, forget_unconfirmed
from tests.mailbox import sent_mails
from tests.sessions.factories import make_session

NEW, KNOWN = "nieuw@example.org", "bekend@example.org"


@pytest.fixture
def site(db):
    return prepare_site()


def link_in(message, part):
    return re.search(rf"https?://[^/\s]+(/op-de-hoogte/{part}/\S+)", message.body).group(1)


def subscribed(client, email=KNOWN):
    client.post(reverse("interest:subscribe"), {"email": email})
    client.post(link_in(sent_mails()[-1], "bevestigen"))
    return Subscriber.objects.get(email=email)


def test_an_address_is_on_the_list_after_its_owner_clicks_twice(site, client):
    client.post(reverse("interest:subscribe"), {"email": "Nieuw@Example.org"})
    assert not Subscriber.objects.confirmed().exists()
    (message,) = sent_mails()
    assert message.to == [NEW]
    link = link_in(message, "bevestigen")
    page = client.get(link)
    assert page["Referrer-Policy"] == "no-referrer"
    assert not Subscriber.objects.confirmed().exists()
    assert "Je staat op de lijst" in client.post(link).content.decode()
    assert Subscriber.objects.confirmed().get().email == NEW
    assert client.post(link).status_code == 200


def test_known_and_unknown_addresses_get_the_same_page_with_the_same_work(site, client):
    subscribed(client)
    answers, work = [], []
    for email in (KNOWN, NEW):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answers.append(client.post(reverse("interest:subscribe"), {"email": email}))
        work.append([query["sql"].split()[0] for query in queries if "interest_" in query["sql"]])
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert abs(len(work[0]) - len(work[1])) <= 1


def test_who_is_on_the_list_gets_a_mail_that_says_so(site, client):
    subscribed(client)
    client.post(reverse("interest:subscribe"), {"email": KNOWN})
    assert sent_mails()[-1].subject == "Je staat al op onze lijst"
    assert Subscriber.objects.confirmed().count() == 1


def test_one_address_gets_few_mails_however_often_the_form_is_filled_in(site):
    for _turn in range(8):
        ask(NEW)
    assert len(sent_mails()) == 3


def test_a_new_session_is_told_to_the_list_in_mails_that_stop_with_one_click(site, client):
    subscriber = subscribed(client)
    ask(NEW)
    before = len(sent_mails())
    page = make_session(title="Zicht op thuiszitters")
    news = sent_mails()[before:]
    assert [message.to for message in news] == [[KNOWN]]
    assert "Zicht op thuiszitters" in news[0].subject
    assert news[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    target = re.fullmatch(r"<https?://[^/]+(/\S+)>", news[0].extra_headers["List-Unsubscribe"]).group(1)
    assert target == link_in(news[0], "stoppen")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(target).status_code == 200
    assert Subscriber.objects.filter(pk=subscriber.pk).exists()
    assert strict.post(target, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.filter(pk=subscriber.pk).exists()
    assert strict.post(target).status_code == 200
    page.save_revision().publish()
    assert len(sent_mails()) == before + 1


def test_a_mail_that_waits_for_somebody_who_left_is_not_sent(site, client):
    subscriber = subscribed(client)
    before = len(sent_mails())
    make_session()
    Subscriber.objects.filter(pk=subscriber.pk).delete()
    assert len(sent_mails()) == before


@pytest.mark.parametrize("email", ["", "geen adres", "a\x00@example.org", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_a_sentence_at_the_field(site, client, email):
    answer = client.post(reverse("interest:subscribe"), {"email": email})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()


@pytest.mark.parametrize("token", ["onzin", "%00", "x" * 3000])
def test_a_link_that_is_not_ours_opens_nothing(site, client, token):
    assert client.get(f"/op-de-hoogte/bevestigen/{token}/").status_code == 410
    assert client.post(f"/op-de-hoogte/stoppen/{token}/").status_code == 200


def test_an_address_that_nobody_confirms_is_forgotten(site, client):
    ask(NEW)
    link = link_in(sent_mails()[0], "bevestigen")
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=8))
    assert client.get(link).status_code == 410
    assert forget_unconfirmed() == 1


def test_the_door_is_limited_per_network_address(site, client):
    answers = [
        client.post(reverse("interest:subscribe"), {"email": f"a{number}@example.org"}).status_code
        for number in range(12)
    ]
    assert answers[:10] == [302] * 10
    assert answers[-1] == 429


def test_staff_see_and_export_the_list_and_members_do_not(site, cast, client_of, client):
    subscribed(client, "=cmd@example.org")
    ask(NEW)
    staff = client_of(cast.els)
    page = staff.get("/beheer/subscribers/").content.decode()
    assert "=cmd@example.org" in page
    assert NEW not in page
    export = staff.get("/beheer/subscribers/?export=csv")
    assert "'=cmd@example.org" in b"".join(export).decode()
    assert client_of(cast.anna).get("/beheer/subscribers/").status_code == 404


def test_after_asking_a_page_tells_to_look_in_the_mailbox(cast, client):
    page = client.get(reverse("interest:sent"))
    assert page.status_code == 200
    assert "mail" in page.content.decode()
