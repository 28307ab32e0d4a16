"""Merging, closing and renaming lose nothing."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from lnpo.audit.models import AuditEntry
from lnpo.organisations.directory import close, update
from lnpo.organisations.invitations import Invitee, invite
from lnpo.organisations.joining import ask_as
from lnpo.organisations.merging import merge, pointers, rule_of, what_moves
from lnpo.organisations.models import (
    AccessRole,
    Invitation,
    JobRole,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationCode,
    OrganisationLink,
    today,
)
from lnpo.organisations.permissions import access_role
from templates.workspace.models import Plan
from tests.organisations.factories import LinkFactory, MembershipFactory, OrganisationFactory, UserFactory

REASON = "Gefuseerd per 1 december."


@pytest.fixture
def twin(cast):
    """Another SWV that goes on as Anna's."""
    return OrganisationFactory(name="SWV Lindedal")


def test_every_foreign_key_to_organisations_is_found():
    """By another way than the one under test: every field of every model."""
    expected = {
        (model._meta.label_lower, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.related_model is Organisation and field.name != "merged_into"
    }
    assert {pointer.key for pointer in pointers()} == expected
    assert len(expected) >= 12


def test_where_the_database_allows_one_row_the_app_says_what_happens():
    """Who adds such a key writes a rule with ``carries_over`` in an app that is loaded."""
    unruly = [pointer.key for pointer in pointers() if pointer.is_unique and rule_of(pointer) is None]
    own = ("organisations.organisationcode", "organisation")  # a code is unique by itself and just moves
    assert [key for key in unruly if key != own] == []


def test_no_many_to_many_hides_organisations_from_a_merge():
    assert [field.name for field in Organisation._meta.local_many_to_many] == []


def test_everything_points_at_the_one_that_goes_on(cast, twin):
    plan = Plan(organisation=twin, title="Plan", first_year=2025, years=4)
    plan.save()
    OrganisationCode.objects.create(organisation=twin, scheme="swv", value="PO9909")
    person = MembershipFactory(organisation=twin, access_role=AccessRole.MANAGER).user
    school = OrganisationFactory(school=True)
    LinkFactory(parent=twin, child=school)
    moving = dict(what_moves(twin))
    merge(cast.els, twin, cast.swv, REASON)
    assert len(moving) >= 4
    assert what_moves(twin) == []
    assert access_role(person, cast.swv) == AccessRole.MANAGER
    assert OrganisationCode.objects.get(value="PO9909").organisation == cast.swv
    assert Plan.objects.unscoped("test").get(pk=plan.pk).organisation == cast.swv
    assert OrganisationLink.objects.current().get(child=school).parent == cast.swv
    twin.refresh_from_db()
    assert twin.merged_into == cast.swv
    assert twin.has_ended
    assert cast.swv in Organisation.objects.called("lindedal")
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {
        "organisation.merged",
        "organisation.took_over",
    }


def test_who_worked_at_both_has_the_stronger_access_once(cast, twin):
    MembershipFactory(user=cast.rita, organisation=twin, access_role=AccessRole.MANAGER)
    MembershipFactory(user=cast.anna, organisation=twin, access_role=AccessRole.READER)
    merge(cast.els, twin, cast.swv, REASON)
    assert access_role(cast.rita, cast.swv) == AccessRole.MANAGER
    assert access_role(cast.anna, cast.swv) == AccessRole.MANAGER
    assert Membership.objects.current().filter(user=cast.rita).count() == 1
    assert Membership.objects.filter(user=cast.rita).count() == 2


def test_links_that_both_have_stand_once_and_the_other_is_history(cast, twin):
    OrganisationLink.objects.filter(parent=cast.swv, child=cast.board).update(starts_on=today())
    LinkFactory(parent=twin, child=cast.board, starts_on=today() - timedelta(days=500))
    merge(cast.els, twin, cast.swv, REASON)
    kept = OrganisationLink.objects.current().get(parent=cast.swv, child=cast.board)
    assert kept.starts_on == today() - timedelta(days=500)
    assert not OrganisationLink.objects.current().filter(parent=twin).exists()


def test_invitations_and_requests_of_both_stand_once(cast, twin):
    for organisation in (twin, cast.swv):
        invite(cast.els, organisation, Invitee("n@example.org", JobRole.OTHER, AccessRole.READER))
        ask_as(cast.femke, organisation, JobRole.OTHER, "")
    merge(cast.els, twin, cast.swv, REASON)
    assert Invitation.objects.unanswered().filter(organisation=cast.swv).count() == 1
    assert Invitation.objects.count() == 2
    assert JoinRequest.objects.waiting().get().organisation == cast.swv
    assert JoinRequest.objects.count() == 2


@pytest.mark.parametrize("who", ["anna", "daan", "carla"])
def test_only_pos_merges_and_closes(cast, twin, who):
    with pytest.raises(PermissionDenied):
        merge(getattr(cast, who), twin, cast.swv, REASON)
    with pytest.raises(PermissionDenied):
        close(getattr(cast, who), cast.swv, today(), REASON)


def test_what_cannot_merge_is_refused(cast, twin):
    for ending, going_on in ((twin, twin), (twin, cast.board)):
        with pytest.raises(ValidationError):
            merge(cast.els, ending, going_on, REASON)
    with pytest.raises(ValidationError):
        merge(cast.els, twin, cast.swv, " ")
    merge(cast.els, twin, cast.swv, REASON)
    with pytest.raises(ValidationError):
        merge(cast.els, twin, cast.other_swv, REASON)
    with pytest.raises(ValidationError):
        merge(cast.els, cast.other_swv, Organisation.objects.get(pk=twin.pk), REASON)


def test_an_organisation_that_merged_twice_is_found_in_the_last(cast, twin):
    merge(cast.els, twin, cast.other_swv, REASON)
    merge(cast.els, cast.other_swv, cast.swv, REASON)
    twin.refresh_from_db()
    assert twin.merged_into == cast.swv


def test_closing_ends_links_and_access_with_the_last_day(cast):
    day = today() + timedelta(days=30)
    close(cast.els, cast.school, day, REASON)
    assert cast.femke.memberships.get().ends_on == day
    assert set(OrganisationLink.objects.filter(child=cast.school).values_list("ends_on", flat=True)) == {day}
    assert access_role(cast.femke, cast.school) == AccessRole.MANAGER


def test_a_manager_renames_the_own_organisation_and_the_old_name_stays(cast, client_of):
    data = {"name": "Stichting Linde", "place": "Zwolle", "region": "", "website": "linde.example.org"}
    address = reverse("network:organisation_edit", args=[cast.board.pk])
    assert client_of(cast.carla).post(address, data).status_code == 302
    cast.board.refresh_from_db()
    assert (cast.board.name, cast.board.website) == ("Stichting Linde", "https://linde.example.org")
    page = client_of(cast.carla).get(reverse("network:organisation", args=[cast.board.pk])).content.decode()
    assert "Stichting Lindeboomscholen" in page
    with pytest.raises(PermissionDenied):
        update(cast.anna, cast.board, name="Van Anna")
    empty = client_of(cast.carla).post(address, {**data, "name": ""})
    assert empty.context["form"].errors["name"]


def test_the_pages_of_merging_and_closing(cast, twin, client_of):
    els = client_of(cast.els)
    address = reverse("network:organisation_merge", args=[twin.pk])
    page = els.get(address, {"q": "Lindestreek"})
    assert "SWV Lindestreek" in page.content.decode()
    data = {"q": "Lindestreek", "going_on": str(cast.swv.pk), "reason": REASON}
    assert els.post(address, {**data, "reason": ""}).context["form"].errors
    assert els.post(address, {**data, "going_on": str(cast.board.pk)}).context["form"].errors
    assert els.post(address, {**data, "going_on": "x"}).context["form"].errors
    assert els.post(address, data)["Location"] == reverse("network:organisation", args=[cast.swv.pk])
    old = reverse("network:organisation", args=[twin.pk])
    assert els.get(old)["Location"] == reverse("network:organisation", args=[cast.swv.pk])
    assert els.get(old + "?gesloten=1").status_code == 200
    closing = reverse("network:organisation_close", args=[cast.school.pk])
    past = {"ends_on": str(today() - timedelta(days=1)), "reason": REASON}
    assert els.post(closing, past).context["form"].errors
    assert els.post(closing, {**past, "ends_on": str(today())}).status_code == 302


def test_people_without_an_organisation_are_not_touched(cast, twin):
    loner = UserFactory()
    merge(cast.els, twin, cast.swv, REASON)
    assert not loner.memberships.exists()


def test_a_draft_of_a_page_names_the_one_that_goes_on_as_well(cast, twin):
    from home.structure import prepare_site
    from knowledge.models import PracticeIndexPage, PracticePage
    from lnpo.topics.models import Topic

    prepare_site()
    topic = Topic.objects.create(key="thuiszitters", title="Thuiszitters")
    page = PracticePage(title="Een voorbeeld", lead="x", topic=topic, organisation=twin)
    PracticeIndexPage.objects.get().add_child(instance=page)
    page.save_revision()
    merge(cast.els, twin, cast.swv, REASON)
    page.refresh_from_db()
    assert page.organisation == cast.swv
    assert page.get_latest_revision_as_object().organisation == cast.swv


def test_a_deputy_stays_one_when_pos_changes_the_role(cast, client_of):
    from lnpo.organisations.permissions import grant_staff_permissions

    grant_staff_permissions(cast.els.groups.get())
    day = today() + timedelta(days=9)
    cast.bram.memberships.update(stands_in_for=cast.anna, ends_on=day)
    data = {"job_role": "controller", "access_role": "reader", "ends_on": str(day)}
    client_of(cast.els).post(reverse("memberships:edit", args=[cast.bram.memberships.get().pk]), data)
    assert cast.bram.memberships.get().access_role == AccessRole.READER
    assert cast.bram.memberships.get().stands_in_for == cast.anna
