"""Where a weak spot is reported, and that visitors are given no cookie."""

from datetime import UTC, datetime, timedelta

import pytest

from home.disclosure import EXPIRES, security_txt_holds
from home.structure import prepare_site

PUBLIC = ["/", "/sessies/", "/kennisbank/", "/doelsjablonen/", "/nieuws/", "/contact/", "/privacy/"]
NEEDED = {"sessionid", "csrftoken", "django_language"}


def test_security_txt_names_a_contact_and_a_date_within_a_year(client, db):
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"].startswith("text/plain")
    text = answer.content.decode()
    assert "Contact: http" in text
    until = next(line for line in text.splitlines() if line.startswith("Expires: ")).removeprefix("Expires: ")
    assert datetime.fromisoformat(until) == EXPIRES
    assert datetime.now(UTC) + timedelta(days=30) < EXPIRES < datetime.now(UTC) + timedelta(days=366)


def test_the_check_speaks_up_in_time(time_machine):
    assert security_txt_holds() == []
    time_machine.move_to(EXPIRES - timedelta(days=29))
    assert [error.id for error in security_txt_holds()] == ["home.E001"]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_set_no_cookie(client, db, path):
    prepare_site()
    client.get(path)
    assert not client.cookies


@pytest.mark.parametrize("path", ["/account/login/", "/op-de-hoogte/"])
def test_forms_set_only_the_cookies_they_need(client, db, path):
    prepare_site()
    client.get(path)
    assert set(client.cookies) <= NEEDED
