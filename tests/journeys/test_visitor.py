"""What a visitor sees, wide and narrow, with and without JavaScript."""

import pytest

from tests.journeys.conftest import NARROW, WIDE

PAGES = [
    "/",
    "/sessies/",
    "/sessies/van-plan-naar-doel/",
    "/kennisbank/",
    "/kennisbank/begroten-naar-doelen/",
    "/doelsjablonen/",
    "/doelsjablonen/elke-euro-gekoppeld-aan-een-doel-uit-het-ondersteuningsplan/",
    "/nieuws/",
    "/nieuws/doelsjablonen-staan-klaar/",
    "/aanbod/",
    "/klanten/",
    "/partners/",
    "/over-ons/",
    "/contact/",
    "/privacy/",
    "/toegankelijkheid/",
    "/account/login/",
    "/account/password/reset/",
    "/bestaat-niet/",
]


@pytest.mark.parametrize(
    "viewport", [WIDE, NARROW, {"width": 320, "height": 640}], ids=["1280", "390", "320"]
)
def test_every_public_page_is_accessible(visit, viewport):
    visitor = visit(viewport)
    for path in PAGES:
        visitor.open(path)
        assert visitor.page.locator("h1").count() == 1, path
        assert visitor.page.locator("html").get_attribute("lang") == "nl"
        visitor.complaints[:] = [c for c in visitor.complaints if "404" not in c]
        visitor.check()


def test_the_menu_opens_without_javascript_on_a_phone(visit):
    visitor = visit(NARROW, javascript=False)
    visitor.open("/")
    visitor.page.get_by_role("button", name="Menu").click()
    visitor.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Doelsjablonen").click()
    assert visitor.page.url.endswith("/doelsjablonen/")
    visitor.page.get_by_role("combobox", name="Thema").select_option("thuiszitters")
    visitor.page.get_by_role("button", name="Tonen").click()
    assert visitor.page.locator("h2.card-title").count() == 2


def test_a_visitor_gets_no_cookie_and_the_second_visit_comes_from_the_cache(visit):
    visitor = visit()
    visitor.open("/")
    visitor.open("/sessies/van-plan-naar-doel/")
    assert visitor.context.cookies() == []


def test_who_wants_to_register_is_led_to_the_login_and_back(visit):
    visitor = visit()
    visitor.open("/sessies/van-plan-naar-doel/")
    visitor.page.get_by_role("link", name="Meld je aan").first.click()
    assert "/account/login/" in visitor.page.url
    visitor.page.locator("[name=login]").fill("daan@example.org")
    visitor.page.locator("[name=password]").fill("lerend-netwerk-2026")
    visitor.page.get_by_role("main").get_by_role("button", name="Inloggen", exact=True).click()
    visitor.page.wait_for_url("**/sessies/van-plan-naar-doel/aanmelden/")
