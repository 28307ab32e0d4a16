"""A copy of a goal template is another template."""

import pytest
from django.urls import reverse

from templates.library.models import GoalTemplatePage
from templates.library.versions import newest
from tests.library.factories import make_template

pytestmark = pytest.mark.django_db


def node_ids(page) -> set[str]:
    streams = (page.indicators, page.activities, page.resources, page.questions)
    return {block.id for stream in streams for block in stream}


def copy_in_cms(client, page, **data) -> GoalTemplatePage:
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    form = {"new_title": "The copy", "new_slug": "the-copy", "new_parent_page": page.get_parent().pk, **data}
    response = client.post(url, form)
    assert response.status_code == 302, response.content.decode()[:2000]
    return GoalTemplatePage.objects.get(slug="the-copy")


def test_a_copy_by_code_has_another_uid_and_no_code():
    page = make_template()
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=False)
    assert copy.template_uid != page.template_uid
    assert copy.code == ""


@pytest.mark.parametrize("publish", [False, True])
def test_a_copy_in_the_cms_has_its_own_identity(editor, publish):
    page = make_template()
    copy = copy_in_cms(editor, page, **({"publish_copies": "on"} if publish else {}))
    assert copy.template_uid != page.template_uid
    assert copy.code == ""
    assert not node_ids(copy) & node_ids(page)
    assert len(node_ids(copy)) == 6
    latest = copy.get_latest_revision_as_object()
    assert latest.template_uid == copy.template_uid
    assert node_ids(latest) == node_ids(copy)
    assert page.versions.count() == 1


@pytest.mark.parametrize("publish", [False, True])
def test_the_versions_of_a_published_copy_are_its_own(editor, publish):
    page = make_template()
    copy = copy_in_cms(editor, page, **({"publish_copies": "on"} if publish else {}))
    copy.get_latest_revision().publish()
    copy.refresh_from_db()
    version = newest(copy.template_uid)
    assert (version.number, version.page_id) == (1, copy.pk)
    assert {node["uid"] for node in version.content["indicators"]} <= node_ids(copy)
    assert {row.template_uid for row in copy.versions.all()} == {copy.template_uid}
    assert newest(page.template_uid).page_id == page.pk


def test_a_copy_starts_as_a_draft_even_when_publishing_was_asked(editor):
    page = make_template()
    copy = copy_in_cms(editor, page, publish_copies="on")
    assert not copy.live
    assert not copy.versions.exists()


def test_every_revision_of_a_copy_carries_its_own_identity(editor):
    page = make_template()
    page.title = "Second"
    page.save_revision().publish()
    copy = copy_in_cms(editor, page)
    for revision in copy.revisions.all():
        assert revision.as_object().template_uid == copy.template_uid


def test_a_code_belongs_to_one_template():
    page = make_template()
    other = make_template()
    other.code = page.code
    with pytest.raises(Exception, match="code"):
        other.full_clean()
