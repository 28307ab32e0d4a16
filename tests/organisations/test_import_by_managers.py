"""A manager of a samenwerkingsverband takes in the own boards and schools, and touches nobody else's."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lnpo.organisations.importing.taking_in import preview, take_in
from lnpo.organisations.models import Organisation, OrganisationCode, OrganisationLink
from tests.organisations.test_import import by, text


@pytest.fixture
def coded(cast):
    for organisation, scheme, value in (
        (cast.swv, "swv", "PO9901"),
        (cast.other_swv, "swv", "PO9902"),
        (cast.board, "board", "99001"),
        (cast.school, "location", "99AA00"),
    ):
        OrganisationCode.objects.create(organisation=organisation, scheme=scheme, value=value)
    return cast


def test_new_boards_and_schools_belong_to_the_own_samenwerkingsverband(coded):
    files = [
        *text("number;name\n99005;Stichting Nieuw\n", "a.csv"),
        *text("vestigingscode;name;board_number\n99AB00;De Es;99005\n", "b.csv"),
    ]
    run, plan = preview(coded.anna, files, coded.swv)
    assert plan.errors == plan.left == []
    take_in(coded.anna, run)
    assert set(Organisation.objects.under(Organisation.objects.filter(pk=coded.swv.pk))) >= {
        by("99005"),
        by("99AB00"),
    }


@pytest.mark.parametrize("who", ["bram", "carla", "femke", "daan"])
def test_nobody_else_imports_for_it(coded, who):
    with pytest.raises(PermissionDenied):
        preview(getattr(coded, who), text("number;name\n99005;Nieuw\n"), coded.swv)
    with pytest.raises(PermissionDenied):
        preview(getattr(coded, who), text("number;name\n99005;Nieuw\n"), None)


def test_what_belongs_to_others_is_left_to_pos(coded):
    """Otherwise a manager could link a board of another, and invite people for it."""
    rows = "number;name\n99001;Stichting Gekaapt\n99006;Stichting Eigen\n"
    run, plan = preview(coded.daan, text(rows), coded.other_swv)
    assert [remark.line for remark in plan.left] == [2]
    take_in(coded.daan, run)
    assert by("99001").name == "Stichting Lindeboomscholen"
    assert not OrganisationLink.objects.filter(parent=coded.other_swv, child=coded.board).exists()
    assert by("99006").name == "Stichting Eigen"


def test_a_school_below_a_board_of_others_is_left_to_pos(coded):
    rows = "vestigingscode;name;board_number\n99ZZ00;Nepschool;99001\n"
    _run, plan = preview(coded.daan, text(rows), coded.other_swv)
    assert plan.does_nothing
    assert len(plan.left) == 1


def test_a_board_that_describes_itself_keeps_its_name(coded):
    _run, plan = preview(coded.anna, text("number;name\n99001;Andere naam\n"), coded.swv)
    assert plan.does_nothing
    assert len(plan.left) == 1
    _run, plan = preview(coded.anna, text("number;name\n99001;Stichting Lindeboomscholen\n"), coded.swv)
    assert plan.left == []
    assert plan.same == 1


@pytest.mark.parametrize(
    "rows",
    [
        "code;name\nPO9903;SWV Nieuw\n",
        "vestigingscode;name;partnership_code\n99AB00;De Es;PO9902\n",
        "partnership_code;brin\nPO9902;99AA\n",
    ],
)
def test_rows_about_another_samenwerkingsverband_are_errors(coded, rows):
    _run, plan = preview(coded.anna, text(rows), coded.swv)
    assert len(plan.errors) == 1


def test_the_pages_from_the_example_to_the_list_taken_in(coded, client_of):
    anna = client_of(coded.anna)
    example = b"".join(anna.get(reverse("network:import_example", args=["schools"])))
    assert example.startswith(b"\xef\xbb\xbfvestigingscode;name")
    assert anna.get(reverse("network:import_example", args=["nothing"])).status_code == 404
    file = SimpleUploadedFile("scholen.csv", b"vestigingscode;name\n99AB00;De Es\n")
    shown = anna.post(reverse("network:import_start"), {"lists": [file]}, follow=True)
    assert "De Es" in shown.content.decode()
    address = shown.redirect_chain[-1][0]
    answer = anna.post(address, follow=True)
    assert "ingelezen" in answer.content.decode()
    assert by("99AB00").parent_links.get().parent == coded.swv
    assert anna.post(address, follow=True).status_code == 200
    assert anna.get(reverse("network:import_start")).status_code == 200


def test_a_list_that_is_dropped_leaves_nothing(coded, client_of):
    anna = client_of(coded.anna)
    file = SimpleUploadedFile("scholen.csv", b"vestigingscode;name\n99AB00;De Es\n")
    shown = anna.post(reverse("network:import_start"), {"lists": [file]}, follow=True)
    run = shown.context["run"]
    anna.post(reverse("network:import_drop", args=[run.pk]))
    assert not run.files.exists()
    assert not Organisation.objects.filter(name="De Es").exists()


def test_without_a_file_or_with_too_many_the_form_says_so(coded, client_of):
    anna = client_of(coded.anna)
    assert anna.post(reverse("network:import_start"), {}).context["form"].errors
    files = [SimpleUploadedFile(f"{n}.csv", b"number;name\n") for n in range(7)]
    assert anna.post(reverse("network:import_start"), {"lists": files}).context["form"].errors
