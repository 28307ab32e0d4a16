"""Mails about accounts: through the outbox, in our words, and secret while they wait."""

import smtplib
from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from lnpo.accounts.mails import LINKS, NOTICES, queue_account_mail
from lnpo.outbox.delivery import sweep
from lnpo.outbox.models import OutboxEntry, OutboxState
from tests.mailbox import sent_mails


class RefusingBackend(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected


@pytest.mark.parametrize("email", ["anna@example.org", "niemand@example.org"])
def test_a_mail_server_that_refuses_breaks_no_request_and_the_mail_follows(cast, client, settings, email):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.accounts.test_account_mails.RefusingBackend"
    answer = client.post(reverse("account_reset_password"), {"email": email})
    assert answer["Location"] == reverse("account_reset_password_done")
    sweep()
    entry = OutboxEntry.objects.get()
    assert (entry.state, entry.attempts) == (OutboxState.PENDING, 1)
    settings.EMAIL_BACKEND = working
    OutboxEntry.objects.update(available_at=entry.created_at)
    (message,) = sent_mails()
    assert message.to == [email]


def test_what_waits_tells_nobody_anything_and_is_forgotten_once_sent(cast, client):
    client.post(reverse("account_reset_password"), {"email": cast.anna.email})
    waiting = OutboxEntry.objects.get()
    assert "anna" not in f"{waiting.payload}{waiting.key}"
    assert "password" not in f"{waiting.payload}{waiting.key}"
    assert "/account/password/reset/key/" in sent_mails()[0].body
    waiting.refresh_from_db()
    assert waiting.payload == {}


@pytest.mark.parametrize("template", [*LINKS, *NOTICES])
def test_every_mail_of_an_account_is_text_and_html_in_dutch_with_one_receiver(db, template):
    context = {"password_reset_url": "http://localhost:8000/x/?a=1&b=2", "user_agent": "Firefox/1 (Windows)"}
    queue_account_mail(template, "zoe@example.org", context)
    (message,) = sent_mails()
    assert message.to == ["zoe@example.org"]
    assert message.body.startswith("Hallo,")
    assert "http://localhost:8000/x/?a=1&b=2" in message.body or template in NOTICES
    html = message.alternatives[0].content
    assert "<style" not in html
    assert "Hallo," in html


@pytest.mark.parametrize(("minutes", "works"), [(59, True), (61, False)])
def test_a_link_to_choose_a_password_works_for_an_hour(cast, client, time_machine, minutes, works):
    client.post(reverse("account_reset_password"), {"email": cast.anna.email})
    body = sent_mails()[0].body
    link = next(word for word in body.split() if "/reset/key/" in word).partition("://")[2].partition("/")[2]
    time_machine.move_to(timezone.localtime() + timedelta(minutes=minutes), tick=False)
    page = client.get(f"/{link}", follow=True)
    assert (b'name="password1"' in page.content) is works
