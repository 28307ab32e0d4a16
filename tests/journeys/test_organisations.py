"""People and organisations come in and go: in a browser, by keyboard, and without JavaScript."""

import re
import time

import pytest

from tests.journeys.conftest import NARROW, WIDE

SMALL = {"width": 320, "height": 640}
PASSWORD = "een-lange-zin-voor-nieuwe-mensen"


def link_in_mail(visitor, address, part):
    """The link in the last mail to ``address``; the worker sends it."""
    for _second in range(60):
        visitor.open("/mail/")
        row = visitor.page.locator("li", has_text=address)
        if row.count():
            row.first.get_by_role("link").click()
            found = re.search(rf"(/organisaties/{part}/[\w-]+/)", visitor.page.locator("main").inner_text())
            if found:
                return found.group(1)
        time.sleep(1)
    raise AssertionError(f"no mail to {address}")


def become(visitor, link, first_name, last_name):
    """Open the invitation, choose a password once, and be in."""
    visitor.open(link)
    visitor.check()
    page = visitor.page
    assert page.url.endswith("/organisaties/uitnodiging/"), "the token is not in the address"
    page.locator("[name=first_name]").fill(first_name)
    page.locator("[name=last_name]").fill(last_name)
    page.locator("[name=password]").fill("kort")
    page.get_by_role("button", name="Account maken").click()
    page.get_by_role("alert").wait_for()
    visitor.check()
    assert page.locator("[name=first_name]").input_value() == first_name
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Account maken").click()
    page.wait_for_url("**/mijn/")


def invite(visitor, email):
    """From the page of the organisation that is open."""
    page = visitor.page
    page.get_by_role("link", name="Iemand uitnodigen").first.click()
    visitor.check()
    page.locator("[name=email]").fill(email)
    page.get_by_role("button", name="Uitnodiging versturen").click()
    page.get_by_text(f"gaat per mail naar {email}").wait_for()
    visitor.check()


@pytest.mark.parametrize(
    ("viewport", "javascript", "number"),
    [(WIDE, True, 1), (NARROW, False, 2)],
    ids=["wide", "phone without JavaScript"],
)
def test_a_manager_imports_invites_a_board_and_the_board_a_school(visit, viewport, javascript, number):
    anna = visit(viewport, javascript)
    anna.sign_in("anna")
    anna.open("/organisaties/import/")
    anna.check()
    page, board, school = anna.page, f"Stichting Nieuwlinde {number}", f"Basisschool De Populier {number}"
    boards = f"nummer;naam;plaats\n9920{number};{board};LINDENVELD\n"
    schools = f"vestigingscode;naam;bestuursnummer\n99X{'AB'[number - 1]}00;{school};9920{number}\n"
    page.locator("[name=lists]").set_input_files(
        [
            {"name": "besturen.csv", "mimeType": "text/csv", "buffer": boards.encode("cp1252")},
            {"name": "scholen.csv", "mimeType": "text/csv", "buffer": b"\xef\xbb\xbf" + schools.encode()},
        ]
    )
    page.get_by_role("button", name="Bekijken wat er verandert").click()
    page.get_by_text(school).wait_for()
    anna.check()
    page.get_by_role("button", name="Lijst inlezen").click()
    page.get_by_role("heading", name="De lijst is ingelezen").wait_for()
    anna.check()
    anna.open(f"/organisaties/?q=Nieuwlinde+{number}")
    anna.check()
    page.get_by_role("link", name=board).first.click()
    director = f"bestuurder{number}@example.org"
    invite(anna, director)

    newcomer = visit(viewport, javascript)
    become(newcomer, link_in_mail(newcomer, director, "uitnodiging"), "Bo", "Bestuurder")
    newcomer.check()
    newcomer.open(f"/organisaties/?q=Populier+{number}")
    newcomer.page.get_by_role("link", name=school).first.click()
    newcomer.check()
    head = f"schoolleider{number}@example.org"
    invite(newcomer, head)

    last = visit(viewport, javascript)
    become(last, link_in_mail(last, head, "uitnodiging"), "Sam", "School")
    last.open("/organisaties/mijn/")
    last.page.get_by_role("link", name=school).first.wait_for()
    last.check()


def test_somebody_asks_for_access_is_let_in_and_leaves(visit):
    asker, anna = visit(), visit()
    asker.open("/organisaties/aansluiten/")
    asker.check()
    page = asker.page
    page.get_by_role("button", name="Toegang vragen").click()
    page.get_by_role("alert").wait_for()
    asker.check()
    for name, value in (
        ("first_name", "Iris"),
        ("last_name", "Instroom"),
        ("email", "iris@example.org"),
        ("organisation", "PO9901"),
    ):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=job_role]").select_option("controller")
    page.get_by_role("button", name="Toegang vragen").click()
    page.get_by_role("heading", name="Kijk in je mail").wait_for()
    asker.check()
    asker.open(link_in_mail(asker, "iris@example.org", "aansluiten/bevestigen"))
    asker.check()
    page.get_by_role("button", name="Aanvraag bevestigen").click()
    page.get_by_role("heading", name="Je aanvraag is onderweg").wait_for()
    anna.sign_in("anna")
    anna.open("/organisaties/aanvragen/")
    anna.check()
    anna.page.locator("li", has_text="Iris Instroom").get_by_role("link").click()
    anna.check()
    anna.page.get_by_role("button", name="Goedkeuren").click()
    anna.page.get_by_text("De aanvraag is goedgekeurd").wait_for()
    become(asker, link_in_mail(asker, "iris@example.org", "uitnodiging"), "Iris", "Instroom")
    asker.open("/organisaties/mijn/")
    page.get_by_role("link", name="Weggaan").click()
    asker.check()
    page.get_by_role("button", name="Weggaan").click()
    page.get_by_text("Je bent weg bij").wait_for()
    asker.check()
    asker.open("/werkruimte/")
    assert page.get_by_role("link", name="SWV Passend Onderwijs Lindestreek").count() == 0


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_person_leaves_but_the_last_manager_stays(visit, javascript):
    femke = visit(NARROW, javascript)
    femke.sign_in("femke")
    femke.open("/organisaties/mijn/")
    femke.check()
    femke.page.get_by_role("link", name="Weggaan").first.click()
    femke.check()
    femke.page.get_by_role("button", name="Weggaan").click()
    femke.page.get_by_role("alert").wait_for()
    assert "laatste beheerder" in femke.page.get_by_role("alert").inner_text()
    femke.check()


def test_a_manager_ends_access_by_keyboard(visit):
    anna = visit()
    anna.sign_in("anna")
    anna.open("/organisaties/mijn/")
    page = anna.page
    page.get_by_role("link", name="Mensen en toegang").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/mensen/")
    anna.check()
    row = page.get_by_role("row", name="Noor Hendriks")
    row.get_by_role("link", name="Beëindigen").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/beeindigen/")
    anna.check()
    page.locator("[name=reason]").focus()
    page.keyboard.type("Terug van verlof")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Toegang beëindigen"
    page.keyboard.press("Enter")
    page.get_by_text("Noor Hendriks heeft geen toegang meer").wait_for()
    anna.check()


@pytest.mark.parametrize("viewport", [WIDE, NARROW, SMALL], ids=["1280", "390", "320"])
def test_every_page_of_an_organisation_is_accessible(visit, viewport):
    anna = visit(viewport)
    anna.sign_in("anna")
    anna.open("/organisaties/mijn/")
    base = anna.page.locator("main .card a").first.get_attribute("href")
    member = base + "mensen/"
    anna.open(member)
    edit = anna.page.get_by_role("link", name="Wijzigen").first.get_attribute("href")
    for path in (
        base,
        member,
        edit,
        base + "uitnodigen/",
        base + "uitnodigen/lijst/",
        base + "bewerken/",
        "/organisaties/",
        "/organisaties/import/",
        "/organisaties/aanvragen/",
    ):
        anna.open(path)
        assert anna.page.locator("h1").count() == 1, path
        anna.check()
