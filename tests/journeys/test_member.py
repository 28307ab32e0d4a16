"""The main job of a member, from the browser to the mailbox."""

import time

import pytest

from tests.journeys.conftest import NARROW, WIDE

SESSION = "/sessies/van-plan-naar-doel/"


def mail_to(visitor, address, subject_part):
    """Wait until the worker has sent it."""
    for _second in range(60):
        visitor.open("/mail/")
        row = visitor.page.locator("li", has_text=address).filter(has_text=subject_part)
        if row.count():
            row.first.get_by_role("link").click()
            return
        time.sleep(1)
    raise AssertionError(f"no mail to {address} about {subject_part}")


def register(visitor):
    visitor.open(SESSION + "aanmelden/")
    visitor.check()
    visitor.page.locator("main form button[type=submit]").click()
    visitor.page.wait_for_url("**" + SESSION)


def cancel(visitor):
    visitor.open(SESSION + "afmelden/")
    visitor.check()
    visitor.page.locator("main form button[type=submit]").click()
    visitor.page.wait_for_url(lambda url: "afmelden" not in url)


@pytest.mark.parametrize(
    ("viewport", "javascript"), [(WIDE, True), (NARROW, False)], ids=["wide", "phone without JavaScript"]
)
def test_register_see_the_seat_get_the_mail_and_cancel(visit, viewport, javascript):
    anna = visit(viewport, javascript)
    anna.sign_in("anna")
    register(anna)
    anna.page.get_by_text("Je bent aangemeld").first.wait_for()
    assert anna.page.locator("svg.kring .seat-mine").count() == 1
    if javascript:
        anna.check()
    anna.open("/mijn/")
    anna.page.get_by_role("link", name="Van plan naar doel").first.wait_for()
    mail_to(anna, "anna@example.org", "Van plan naar doel")
    assert anna.page.get_by_role("link", name=".ics").count() >= 1
    cancel(anna)
    anna.open(SESSION)
    assert anna.page.locator("svg.kring .seat-mine").count() == 0


def test_a_double_click_registers_once(visit):
    bram = visit()
    bram.sign_in("daan")
    bram.open(SESSION + "aanmelden/")
    button = bram.page.locator("main form button[type=submit]")
    button.dblclick()
    bram.page.wait_for_url("**" + SESSION)
    bram.page.wait_for_load_state("networkidle")
    bram.open(SESSION)
    assert bram.page.locator("svg.kring .seat-mine").count() == 1
    cancel(bram)


def test_a_full_session_gives_a_place_on_the_waiting_list(visit):
    anna = visit()
    anna.sign_in("anna")
    anna.open("/sessies/het-goede-gesprek/aanmelden/")
    anna.check()
    anna.page.locator("main form button[type=submit]").click()
    anna.page.wait_for_url("**/sessies/het-goede-gesprek/")
    anna.page.get_by_text("wachtlijst").first.wait_for()
    anna.check()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_adopt_a_goal_measure_it_and_see_the_line_move(visit, javascript):
    bram = visit(WIDE, javascript)
    bram.sign_in("bram")
    code = 4 if javascript else 6
    bram.open("/doelsjablonen/")
    bram.page.locator(".card-title a").nth(code).click()
    title = bram.page.get_by_role("heading", level=1).inner_text()
    bram.page.get_by_role("link", name="Neem over in werkruimte").click()
    bram.page.get_by_role("button", name="Neem over in werkruimte").click()
    bram.page.wait_for_url("**/werkruimte/*/doelen/*/")
    assert bram.page.get_by_role("heading", level=1).inner_text() == title
    for value, year in (("40", 2024), ("55,5", 2025)):
        goal = bram.page.url
        bram.page.get_by_role("link", name="Meting invoeren").first.click()
        bram.page.locator("[name=period_start]").fill(f"{year}-08-01")
        bram.page.locator("[name=period_end]").fill(f"{year + 1}-07-31")
        bram.page.locator("[name=value]").fill("abc")
        bram.page.get_by_role("button", name="Meting opslaan").click()
        bram.page.get_by_text("Schrijf een getal").first.wait_for()
        assert bram.page.locator("[name=value]").input_value() == "abc"
        bram.page.locator("[name=value]").fill(value)
        bram.page.get_by_role("button", name="Meting opslaan").click()
        bram.page.wait_for_url(goal)
    assert bram.page.locator("svg.chart .chart-line").count() == 1
    bram.page.get_by_text("55,5").first.wait_for()
    if javascript:
        bram.check()


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "390"])
@pytest.mark.parametrize("who", ["anna", "carla", "femke"])
def test_every_page_of_the_workspace_is_accessible(visit, who, viewport):
    member = visit(viewport)
    member.sign_in(who)
    member.check()
    member.open("/werkruimte/")
    member.check()
    base = member.page.url
    goal = member.page.locator(".goals .goal-title a").first.get_attribute("href")
    paths = [goal, base + "doelen/", base + "activiteiten/", base + "middelen/", base + "team/"]
    if who == "anna":
        paths += [base + "doelen/nieuw/", base + "middelen/nieuw/", goal + "bewerken/", goal + "indicator/"]
        paths += [
            goal + "activiteit/",
            goal + "verwijderen/",
            "/account/2fa/",
            "/account/sessions/",
            "/account/email/",
        ]
    for path in paths:
        member.open(path)
        assert member.page.locator("h1").count() == 1, path
        member.check()


def test_the_main_job_by_keyboard(visit):
    femke = visit()
    femke.open("/account/login/")
    page = femke.page
    page.locator("[name=login]").focus()
    page.keyboard.type("femke@example.org")
    while page.evaluate("document.activeElement.name") != "password":
        page.keyboard.press("Tab")
    page.keyboard.type("lerend-netwerk-2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mijn/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_two_people_who_save_one_goal_both_keep_their_text(visit):
    anna, bram = visit(), visit()
    for who, name in ((anna, "anna"), (bram, "bram")):
        who.sign_in(name)
        who.open("/werkruimte/")
        href = who.page.locator(".goals .goal-title a").nth(1).get_attribute("href")
        who.open(href + "bewerken/")
        who.page.get_by_label("Duiding").fill(f"Tekst van {name}")
    anna.page.locator("main form button[type=submit]").click()
    anna.page.wait_for_url(lambda url: "bewerken" not in url)
    bram.page.locator("main form button[type=submit]").click()
    bram.page.get_by_text("Iemand anders heeft dit opgeslagen").wait_for()
    bram.page.get_by_text("Tekst van anna").first.wait_for()
    assert bram.page.get_by_label("Duiding").input_value() == "Tekst van bram"
    bram.check()
