"""Lists of organisations: read, shown, taken in as a whole, and once more without harm."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lnpo.audit.models import AuditEntry
from lnpo.organisations.importing.reading import read_all, readable_place
from lnpo.organisations.importing.taking_in import (
    ImportChangedError,
    ImportErrorsError,
    ImportGoneError,
    preview,
    take_in,
)
from lnpo.organisations.models import (
    ImportFile,
    ImportRun,
    Organisation,
    OrganisationCode,
    OrganisationLink,
    today,
)
from lnpo.ui.spreadsheets import workbook

SAMPLES = Path(__file__).parent / "samples"
OWN = ["own_partnerships.csv", "own_boards.csv", "own_schools.csv"]


def sample(name):
    return name, (SAMPLES / name).read_bytes()


def text(rows, name="lijst.csv"):
    return [(name, rows.encode())]


def everything():
    return (
        sorted(Organisation.objects.values_list("pk", "name")),
        sorted(OrganisationCode.objects.values_list("value", flat=True)),
        OrganisationLink.objects.count(),
    )


@pytest.fixture
def taken_in(cast):
    run, plan = preview(cast.els, [sample(name) for name in OWN], None)
    assert plan.errors == []
    take_in(cast.els, run)
    return cast


def by(code):
    return OrganisationCode.objects.get(value=code).organisation


def test_our_own_lists_make_the_organisations_and_their_links(taken_in):
    school = by("99AC00")
    assert (school.name, school.place, school.sector) == ("OBS De Wissel", "Westerlinde", "po")
    parents = set(OrganisationLink.objects.current().filter(child=school).values_list("parent", flat=True))
    assert parents == {by("99002").pk, by("PO9901").pk}
    assert by("90000001") == by("99001")
    assert AuditEntry.objects.filter(action="organisations.imported").count() == 1
    assert not ImportFile.objects.exists()


def test_the_same_list_once_more_changes_nothing(taken_in):
    before = everything()
    run, plan = preview(taken_in.els, [sample(name) for name in OWN], None)
    assert plan.does_nothing
    assert plan.same == 7
    take_in(taken_in.els, run)
    assert everything() == before


def test_the_files_of_duo_are_recognised(taken_in):
    _run, plan = preview(taken_in.els, [sample("duo_besturenbo.csv")], None)
    assert plan.errors == []
    assert plan.changed == []
    assert plan.same == 1
    assert [one.name for one in plan.gone if one.codes.exists()] == ["Stichting Openbaar Onderwijs De Wissel"]
    _run, plan = preview(taken_in.els, [sample("duo_swv_adressen_2015_cp1252.csv")], None)
    assert plan.changed[0].fields["name"] == (
        "SWV Passend Onderwijs Lindestreek",
        "Samenwerkingsverband Lindestreek café",
    )
    _run, plan = preview(taken_in.els, [sample("duo_instellingen_per_swv_2015_cp1252.csv")], None)
    assert plan.errors == []
    assert plan.does_nothing


def test_duos_locations_are_recognised_by_other_headings_too(taken_in):
    headings = "BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;BEVOEGD GEZAG NUMMER;PLAATSNAAM\n"
    rows = headings + "99AA;02;De Vlier Oost;99001;LINDENVELD\n"
    run, plan = preview(taken_in.els, text(rows), None)
    assert plan.errors == []
    take_in(taken_in.els, run)
    assert by("99AA02").place == "Lindenveld"


def test_a_workbook_works_as_well(cast):
    book = workbook({"Blad1": (["nummer", "naam", "plaats"], [[123, "Stichting Nul", "Zwolle"]])})
    run, plan = preview(cast.els, [("besturen.xlsx", book)], None)
    assert plan.errors == []
    take_in(cast.els, run)
    assert by("00123").name == "Stichting Nul"


ROWS = [
    ("vestigingscode;name\n99AA00;A\n99AA00;B\n", 3, "99AA00"),
    ("vestigingscode;name\n99AA00;\n", 2, "naam is leeg"),
    ("vestigingscode;name\n;A\n", 2, "code is leeg"),
    ("vestigingscode;name\n99A00;A\n", 2, "99A00"),
    ("vestigingscode;name;board_number\n99AA00;A;12345\n", 2, "12345"),
    ("vestigingscode;name;partnership_code\n99AA00;A;PO1234\n", 2, "PO1234"),
    ("number;name;website\n99001;A;javascript:alert(1)\n", 2, "javascript"),
    ("number;name;kvk\n99001;A;abc\n", 2, "abc"),
    ("code;name;sector\nPO9999;A;mbo\n", 2, "mbo"),
    ("vestigingscode;name\n99AA00;" + "x" * 201 + "\n", 2, "200"),
    ("partnership_code;brin\nPO9901;11ZZ\n", 2, "PO9901"),
    ("vestigingscode;name\n٩٩AA00;A\n", 2, "AA00"),
]


@pytest.mark.parametrize(("rows", "line", "word"), ROWS)
def test_a_row_that_is_not_right_is_named_and_nothing_is_taken_in(cast, rows, line, word):
    before = everything()
    good = rows + "99BB00;Goede school\n" if rows.startswith("vest") else rows
    run, plan = preview(cast.els, text(good), None)
    assert [(error.line, word in error.text) for error in plan.errors] == [(line, True)]
    with pytest.raises(ImportErrorsError):
        take_in(cast.els, run)
    assert everything() == before
    assert ImportRun.objects.get().state == "previewed"


def packed():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("scholen.csv", "vestigingscode;name\n99AA00;A\n")
    return stream.getvalue()


BROKEN = {
    "zip": packed(),
    "empty": b"",
    "blank": b"  \n \n",
    "headings only": b"vestigingscode;name\n",
    "unknown columns": b"kleur;maat\nrood;XL\n",
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00",
    "half a workbook": b"PK\x03\x04" + b"x" * 50,
    "a million rows": b"vestigingscode;name\n" + b"11AA00;A\n" * 1_000_000,
    "double heading": b"vestigingscode;name;name\n11AA00;A;B\n",
    "open quote": b'vestigingscode;name\n"11AA00;A\n' + b"x" * 200_000,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_list_gets_a_sentence_and_nothing_is_done(cast, client_of, kind):
    before = everything()
    file = SimpleUploadedFile("scholen.csv", BROKEN[kind])
    answer = client_of(cast.els).post(reverse("network:import_start"), {"lists": [file]}, follow=True)
    assert answer.status_code == 200
    plan = answer.context.get("plan")
    assert plan.errors if plan else answer.context["form"].errors
    assert "Lijst inlezen" not in answer.content.decode()
    assert everything() == before


def test_stray_spaces_a_mark_and_windows_letters_do_no_harm(cast):
    rows = " Bestuursnummer ; NAAM ;Plaats\r\n 99 001 ;  Stichting   Oké ;'S-GRAVENHAGE \r\n"
    for content in (("\ufeff" + rows).encode(), rows.encode("cp1252"), rows.encode("utf-16")):
        entry = read_all([("a.csv", content)]).entries["99001"]
        assert (entry.name, entry.place) == ("Stichting Oké", "'s-Gravenhage")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("BERGEN OP ZOOM", "Bergen op Zoom"),
        ("IJSSELSTEIN", "IJsselstein"),
        ("Ede", "Ede"),
        ("DE BILT", "De Bilt"),
        ("", ""),
    ],
)
def test_places_are_written_as_people_write_them(typed, shown):
    assert readable_place(typed) == shown


def test_a_school_without_a_board_is_taken_in_and_said(cast):
    run, plan = preview(cast.els, text("vestigingscode;name;board_number\n99AA00;De Vlier;\n"), None)
    assert [remark.line for remark in plan.remarks] == [2]
    take_in(cast.els, run)
    assert not OrganisationLink.objects.filter(child=by("99AA00")).exists()


def test_a_changed_name_is_kept_as_a_former_name_and_found(taken_in):
    run, plan = preview(taken_in.els, text("number;name\n99001;Stichting Lindeboom\n"), None)
    assert plan.changed[0].fields == {"name": ("Stichting Lindeboomscholen", "Stichting Lindeboom")}
    take_in(taken_in.els, run)
    assert by("99001") in Organisation.objects.called("lindeboomscholen")
    assert by("99001").former_names.get().name == "Stichting Lindeboomscholen"


def test_what_the_list_leaves_empty_stays(taken_in):
    Organisation.objects.filter(pk=by("99AC00").pk).update(website="https://wissel.example.org")
    run, _plan = preview(taken_in.els, text("vestigingscode;name;website\n99AC00;OBS De Wissel;\n"), None)
    take_in(taken_in.els, run)
    assert by("99AC00").website == "https://wissel.example.org"


def test_a_school_that_moved_to_another_board_keeps_the_link_it_had_as_history(taken_in):
    OrganisationLink.objects.update(starts_on=today() - timedelta(days=400))
    rows = "vestigingscode;name;board_number\n99AC00;OBS De Wissel;99001\n"
    run, plan = preview(taken_in.els, text(rows), None)
    assert plan.links[0].replaces == "99002"
    take_in(taken_in.els, run)
    links = OrganisationLink.objects.filter(child=by("99AC00"), parent__kind="board")
    assert links.current().get().parent == by("99001")
    assert links.get(parent=by("99002")).ends_on == today() - timedelta(days=1)


def test_what_is_not_in_the_list_is_shown_and_never_deleted(taken_in):
    before = Organisation.objects.count()
    run, plan = preview(taken_in.els, text("vestigingscode;name\n99AA00;Basisschool De Vlier\n"), None)
    assert {one.name for one in plan.gone} >= {"OBS De Wissel"}
    take_in(taken_in.els, run)
    assert Organisation.objects.count() == before


def test_what_changed_since_the_preview_is_shown_again(taken_in):
    run, _plan = preview(taken_in.els, text("number;name\n99001;Stichting Lindeboom\n"), None)
    Organisation.objects.filter(pk=by("99001").pk).update(name="Stichting Iets Anders")
    with pytest.raises(ImportChangedError):
        take_in(taken_in.els, run)
    assert by("99001").name == "Stichting Iets Anders"


def test_an_import_is_taken_in_once_and_only_by_who_sent_it(cast):
    run, _plan = preview(cast.els, text("number;name\n99001;Stichting\n"), None)
    with pytest.raises(PermissionDenied):
        take_in(cast.anna, run)
    take_in(cast.els, run)
    with pytest.raises(ImportGoneError):
        take_in(cast.els, run)
