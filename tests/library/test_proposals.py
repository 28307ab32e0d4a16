"""A member proposes a goal template; POS answers; what is taken up becomes a version with credit."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from lnpo.outbox.delivery import sweep
from templates.library.enums import ProposalState
from templates.library.models import GoalTemplatePage, TemplateProposal
from templates.library.proposing import answer, propose, withdraw
from templates.library.versions import newest
from tests.library.factories import make_library, make_template

pytestmark = pytest.mark.django_db

NEW = {
    "title": "Everybody joins in",
    "theme": "doelmatigheid",
    "sector": "both",
    "rationale": "Because.",
    "strategic_objective": "Joining in.",
    "resources": ["scholing"],
    "questions_start": "Who is missing?\nWhy?",
    "questions_voortgang": "",
    "questions_evaluatie": "",
    "explanation": "From our plan",
    "credit": "Anna of Lindestreek",
    "indicators-TOTAL_FORMS": "3",
    "indicators-INITIAL_FORMS": "0",
    "indicators-0-name": "Share that joins in",
    "indicators-0-kind": "meetbaar",
    "indicators-0-unit": "procent",
    "indicators-0-direction": "omhoog",
    "indicators-0-level": "swv",
    "indicators-0-measurement": "Count.",
    "indicators-0-source": "anders",
    "indicators-0-frequency": "per_jaar",
    "activities-TOTAL_FORMS": "3",
    "activities-INITIAL_FORMS": "0",
}


def data_for(**changes):
    from lnpo.topics.models import Sector

    return {**NEW, "sector": Sector.BOTH.value, **changes}


@pytest.fixture
def page():
    return make_template(title="Existing goal")


@pytest.fixture
def improvement(cast, page):
    version = page.versions.get()
    content = {**version.content, "goal": {**version.content["goal"], "rationale": "Better reason."}}
    return propose(
        cast.anna, content, sector=version.sector, explanation="Clearer", credit="Anna", improves=version
    )


def test_a_proposal_goes_from_the_form_through_pos_into_the_library(cast, client_of, page):
    make_library()
    client = client_of(cast.anna)
    assert client.get("/doelsjablonen/voorstellen/nieuw/").status_code == 200
    response = client.post("/doelsjablonen/voorstellen/nieuw/", data_for())
    assert response.status_code == 302, response.context["whole"].form.errors
    proposal = TemplateProposal.objects.get()
    assert client.get(response["Location"]).status_code == 200
    els = client_of(cast.els)
    assert "Everybody joins in" in els.get("/doelsjablonen/voorstellen/").content.decode()
    assert els.get(response["Location"]).status_code == 200
    els.post(response["Location"], {"state": "accepted", "remarks": "Fine."})
    proposal.refresh_from_db()
    made = GoalTemplatePage.objects.get(title="Everybody joins in")
    assert (proposal.state, proposal.version.number) == (ProposalState.ACCEPTED, 1)
    assert made.live
    assert made.versions.get().credit == "Anna of Lindestreek"
    assert [node["name"] for node in made.versions.get().content["indicators"]] == ["Share that joins in"]
    assert len(made.versions.get().content["questions"]) == 2
    assert client.get(made.url).status_code == 200
    sweep()
    assert any("Everybody joins in" in item.subject for item in mail.outbox if item.to == [cast.anna.email])


def test_what_comes_back_with_remarks_is_adjusted_and_sent_again(cast, client_of, page):
    client = client_of(cast.anna)
    where = client.post("/doelsjablonen/voorstellen/nieuw/", data_for())["Location"]
    els = client_of(cast.els)
    refused = els.post(where, {"state": "returned", "remarks": ""})
    assert set(refused.context["form"].errors) == {"remarks"}
    els.post(where, {"state": "returned", "remarks": "Say how you count."})
    assert "Say how you count." in client.get(where).content.decode()
    assert "Say how you count." in client.get(f"{where}aanpassen/").content.decode()
    client.post(f"{where}aanpassen/", data_for(title="Everybody joins in, counted"))
    proposal = TemplateProposal.objects.get()
    assert (proposal.state, proposal.title, proposal.times_sent) == (
        ProposalState.WAITING,
        "Everybody joins in, counted",
        2,
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 300}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"theme": "nonsense"}, "theme"),
        ({"rationale": "y" * 10_000}, "rationale"),
        ({"indicators-0-name": "", "indicators-0-measurement": ""}, None),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(cast, client_of, page, changes, field):
    response = client_of(cast.anna).post("/doelsjablonen/voorstellen/nieuw/", data_for(**changes))
    assert response.status_code == 200
    assert "Who is missing?" in response.content.decode()
    assert not TemplateProposal.objects.exists()


def test_an_accepted_improvement_is_the_next_version_with_credit(cast, page, improvement):
    answer(cast.els, improvement, ProposalState.ACCEPTED, "")
    version = newest(page.template_uid)
    assert (version.number, version.credit, version.change_note) == (2, "Anna", "Clearer")
    assert version.content["goal"]["rationale"] == "Better reason."
    with pytest.raises(ValidationError):
        answer(cast.els, improvement, ProposalState.ACCEPTED, "")
    assert newest(page.template_uid).number == 2


def test_what_pos_changed_meanwhile_stays_and_a_clash_is_refused(cast, page, improvement):
    page.strategic_objective = "Changed by POS."
    page.save_revision().publish()
    answer(cast.els, improvement, ProposalState.ACCEPTED, "")
    goal = newest(page.template_uid).content["goal"]
    assert (goal["strategic_objective"], goal["rationale"]) == ("Changed by POS.", "Better reason.")


def test_a_clash_with_what_pos_wrote_is_refused(cast, page, improvement):
    page.rationale = "Another reason by POS."
    page.save_revision().publish()
    with pytest.raises(ValidationError):
        answer(cast.els, improvement, ProposalState.ACCEPTED, "")
    improvement.refresh_from_db()
    assert improvement.state == ProposalState.WAITING
    assert newest(page.template_uid).number == 2


def test_nobody_else_sees_answers_or_withdraws_a_proposal(cast, client_of, improvement):
    where = f"/doelsjablonen/voorstellen/{improvement.pk}/"
    for person in (cast.bram, cast.daan, cast.femke):
        client = client_of(person)
        assert client.get(where).status_code == 404
        assert client.post(f"{where}intrekken/").status_code == 404
        assert client.post(where, {"state": "accepted"}).status_code == 404
        with pytest.raises(PermissionDenied):
            answer(person, improvement, ProposalState.ACCEPTED, "")
        with pytest.raises(PermissionDenied):
            withdraw(person, improvement)
    assert client_of(cast.anna).post(where, {"state": "accepted"}).status_code == 403
    assert client_of(cast.els).get("/doelsjablonen/voorstellen/nieuw/").status_code == 403


def test_the_proposer_withdraws_and_pos_no_longer_sees_it(cast, client_of, improvement):
    client_of(cast.anna).post(f"/doelsjablonen/voorstellen/{improvement.pk}/intrekken/")
    improvement.refresh_from_db()
    assert improvement.state == ProposalState.WITHDRAWN
    assert client_of(cast.els).get(f"/doelsjablonen/voorstellen/{improvement.pk}/").status_code == 404


def test_versions_stand_beside_each_other(client, page):
    page.rationale = "Second reason."
    page.save_revision().publish()
    where = f"/doelsjablonen/vergelijken/{page.template_uid}/"
    for query in ("", "?van=1&naar=2", "?van=x&naar=999999999999999999999", "?van=%00"):
        answered = client.get(where + query)
        assert answered.status_code == 200
        assert "Second reason." in answered.content.decode()
    assert client.get(where + "?van=2&naar=2").context["rows"] == []
    page.unpublish()
    assert client.get(where).status_code == 404
