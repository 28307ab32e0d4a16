"""The demo fills the library and the workspaces, and may be loaded twice."""

import pytest

from lnpo.organisations import demo as organisations_demo
from templates.library import demo as library_demo
from templates.library.models import GoalTemplatePage, GoalTemplateVersion
from templates.workspace import demo as workspace_demo
from templates.workspace import models as workspace_models
from tests.library.factories import make_library

pytestmark = pytest.mark.django_db


def workspace_rows() -> dict[str, int]:
    return {
        name: getattr(workspace_models, name).objects.unscoped("test").count()
        for name in workspace_models.__all__
    }


@pytest.fixture
def loaded():
    organisations_demo.load()
    make_library()
    library_demo.load()


def test_the_library_holds_twenty_three_templates_also_the_second_time(loaded):
    assert GoalTemplatePage.objects.live().count() == 23
    uids = set(GoalTemplatePage.objects.values_list("template_uid", flat=True))
    library_demo.load()
    assert set(GoalTemplatePage.objects.values_list("template_uid", flat=True)) == uids
    assert GoalTemplateVersion.objects.count() == 23
    assert set(GoalTemplateVersion.objects.values_list("number", flat=True)) == {1}


def test_every_template_is_counted_and_noticed(loaded):
    for page in GoalTemplatePage.objects.all():
        assert all(page.kinds_count().values()), page.title
        page.full_clean()


def test_the_workspaces_are_filled_once(loaded):
    workspace_demo.load()
    first = workspace_rows()
    filled = ("Activity", "ConversationQuestion", "Deployment", "Goal", "Indicator", "Measurement", "Plan")
    assert all(first[name] for name in filled)
    workspace_demo.load()
    assert workspace_rows() == first


def test_the_cast_finds_its_workspace(loaded, client_of):
    from lnpo.accounts.models import User

    workspace_demo.load()
    for name in ("anna", "bram", "daan"):
        client = client_of(User.objects.get(email=f"{name}@example.org"))
        response = client.get("/werkruimte/", follow=True)
        assert response.status_code == 200
        assert response.context["views"], name
