"""A goal that was improved here goes back to the library, through pages."""

import pytest
from django.urls import reverse

from templates.library.enums import ProposalState
from templates.library.models import TemplateProposal
from templates.library.proposing import answer
from templates.library.versions import newest
from templates.workspace import editing
from templates.workspace.upstream.newer import standing
from templates.workspace.upstream.rows import uid_of
from tests.workspace.factories import make_indicator
from tests.workspace.test_newer_versions import again, goal, improve, page  # noqa: F401

pytestmark = pytest.mark.django_db


def at(name, goal):  # noqa: F811
    return reverse(f"workspace:{name}", args=[goal.plan.organisation_id, goal.pk])


def test_a_local_change_becomes_the_next_version_and_the_copy_is_the_same(cast, client_of, goal, page):  # noqa: F811
    editing.change_goal(cast.anna, goal, goal.version, rationale="Our better reason.")
    own = make_indicator(goal, name="Our own figure", measurement="Count.", sort_order=9)
    client = client_of(cast.bram)
    form = client.get(at("goal_give_back", goal)).context["form"]
    keys = [key for key, _text in form.fields["changes"].choices]
    assert keys == ["goal::rationale", f"indicators:{uid_of(own)}:presence"]
    sent = client.post(
        at("goal_give_back", goal), {"changes": keys, "explanation": "Clearer", "credit": "Bram"}
    )
    proposal = TemplateProposal.objects.get()
    assert sent["Location"] == reverse("library:proposal", args=[proposal.pk])
    assert client.get(sent["Location"]).status_code == 200
    answer(cast.els, proposal, ProposalState.ACCEPTED, "")
    version = newest(page.template_uid)
    assert (version.number, version.credit) == (2, "Bram")
    assert standing(again(goal)).is_same
    assert client.get(at("goal", goal)).context["standing"].is_same


def test_nothing_foreign_or_empty_is_given_back(cast, client_of, goal):  # noqa: F811
    editing.change_goal(cast.anna, goal, goal.version, rationale="Ours.")
    client = client_of(cast.anna)
    for changes in ([], ["goal::title"], ["x"]):
        answered = client.post(at("goal_give_back", goal), {"changes": changes, "explanation": "Clearer"})
        assert set(answered.context["form"].errors) == {"changes"}
    assert not TemplateProposal.objects.exists()


def test_who_is_behind_first_takes_over_what_is_new(cast, client_of, goal, page):  # noqa: F811
    editing.change_goal(cast.anna, goal, goal.version, title="Ours.")
    improve(page)
    client = client_of(cast.anna)
    response = client.post(at("goal_give_back", goal), {"changes": ["goal::title"], "explanation": "Clearer"})
    assert response.status_code == 200
    assert not TemplateProposal.objects.exists()


def test_the_pages_take_over_and_undo(cast, client_of, goal, page):  # noqa: F811
    client = client_of(cast.bram)
    assert client.get(at("goal_newer", goal)).status_code == 200
    improve(page)
    shown = client.get(at("goal_newer", goal))
    seal = shown.context["view"].seal
    stale = client.post(at("goal_newer", goal), {"seal": "old"})
    assert stale.status_code == 200
    assert again(goal).base_version == 1
    wrong = client.post(at("goal_newer", goal), {"seal": seal, "goal::rationale": "nonsense"})
    assert set(wrong.context["form"].errors) == {"goal::rationale"}
    done = client.post(at("goal_newer", goal), {"seal": seal, "goal::rationale": "mine"})
    assert done["Location"] == at("goal", goal)
    assert (again(goal).base_version, again(goal).rationale) == (2, "Every child belongs.")
    assert client.get(at("goal", goal)).context["merge"] is not None
    client.post(at("goal_newer_undo", goal))
    assert again(goal).base_version == 1
    assert client.post(at("goal_newer_undo", goal)).status_code == 302
