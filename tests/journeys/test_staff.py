"""POS: one login, a second factor, and the CMS."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.journeys.conftest import TOTP_SECRET


def sign_in_as_els(els):
    els.sign_in("els")
    assert "/account/2fa/authenticate/" in els.page.url
    els.check()
    els.page.locator("[name=code]").fill(current_code())
    els.page.get_by_role("main").get_by_role("button", name="Inloggen").first.click()
    els.page.wait_for_load_state()


def current_code():
    counter = int(time.time()) // 30
    return format_hotp_value(hotp_value(TOTP_SECRET, counter))


def test_els_signs_in_with_two_factors_edits_a_page_and_sees_who_registered(visit):
    els = visit()
    sign_in_as_els(els)
    els.open("/beheer/")
    els.page.get_by_role("heading", level=1).first.wait_for()
    els.open("/beheer/pages/")
    for path in ("/beheer/session_seats/", "/beheer/session_registrations/", "/beheer/organisations/"):
        els.open(path)
        assert els.page.locator("table").count() >= 1, path
    els.open("/kennisbank/begroten-naar-doelen/")
    els.page.get_by_role("heading", level=1).wait_for()


def test_a_member_finds_no_cms(visit):
    anna = visit()
    anna.sign_in("anna")
    answer = anna.page.goto(anna.site + "/beheer/")
    assert answer is not None
    assert answer.status == 404
