"""What was published never changes; publishing again makes the next number."""

import pytest
from django.db import IntegrityError, transaction

from lnpo.audit.models import AuditEntry
from templates.library.models import GoalTemplatePage, GoalTemplateVersion, ImmutableVersionError
from templates.library.versions import newest, newest_numbers, publish_version
from tests.library.factories import INDICATOR, blocks, make_template, make_version

pytestmark = pytest.mark.django_db


def publish(page, **changes) -> None:
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def numbers(page) -> list[int]:
    return list(page.versions.values_list("number", flat=True))


CHANGES = {
    "save": lambda version: version.save(),
    "save_fields": lambda version: version.save(update_fields=["title"]),
    "delete": lambda version: version.delete(),
    "update": lambda version: GoalTemplateVersion.objects.filter(pk=version.pk).update(title="x"),
    "update_page": lambda version: GoalTemplateVersion.objects.update(page=make_template()),
    "update_page_and_more": lambda version: GoalTemplateVersion.objects.update(page=None, title="x"),
    "bulk_update": lambda version: GoalTemplateVersion.objects.bulk_update([version], ["title"]),
    "bulk_delete": lambda version: GoalTemplateVersion.objects.all().delete(),
    "filtered_delete": lambda version: GoalTemplateVersion.objects.filter(number=1).delete(),
    "related_update": lambda version: version.page.versions.update(title="x"),
    "related_delete": lambda version: version.page.versions.all().delete(),
    "update_or_create": lambda version: GoalTemplateVersion.objects.update_or_create(
        {"title": "x"}, pk=version.pk
    ),
    "upsert": lambda version: GoalTemplateVersion.objects.bulk_create(
        [version], update_conflicts=True, update_fields=["title"], unique_fields=["id"]
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_version_never_changes_and_never_goes(change):
    version = make_version(title="As published")
    version.title = "x"
    with pytest.raises(ImmutableVersionError):
        change(version)
    assert GoalTemplateVersion.objects.get(pk=version.pk).title == "As published"


def test_the_whole_tree_is_kept_with_stable_ids():
    page = make_template(title="Tree")
    content = newest(page.template_uid).content
    assert content["goal"]["uid"] == str(page.template_uid)
    assert content["goal"]["theme"] == "doelmatigheid"
    assert {name: len(content[name]) for name in ("indicators", "activities", "resources", "questions")} == {
        "indicators": 2,
        "activities": 2,
        "resources": 1,
        "questions": 1,
    }
    assert [node["uid"] for node in content["indicators"]] == [block.id for block in page.indicators]
    assert content["indicators"][0]["name"] == INDICATOR["name"]
    assert len({node["uid"] for name in ("indicators", "activities") for node in content[name]}) == 4


def test_publishing_without_a_change_makes_no_version():
    page = make_template()
    publish(page)
    publish(page, change_note="Only a note")
    assert numbers(page) == [1]
    assert publish_version(page) is None


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"rationale": "Another reason"},
        {"sector": "po"},
        {"indicators": blocks("indicator", INDICATOR)},
        {"questions": []},
        {"legal_reference": "WPO art. 18a"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_change_that_is_published_is_the_next_version(change):
    page = make_template(title="First")
    before = newest(page.template_uid)
    publish(page, change_note="What is new", **change)
    after = newest(page.template_uid)
    assert (before.number, after.number, after.change_note) == (1, 2, "What is new")
    assert GoalTemplateVersion.objects.get(pk=before.pk).content == before.content
    entries = AuditEntry.objects.filter(action="goal_template.published")
    assert [entry.changes["number"] for entry in entries] == [[None, 1], [1, 2]]


def test_numbers_rise_per_template():
    first, second = make_template(), make_template()
    for title in ("a", "b", "a"):
        publish(first, title=title)
    assert (numbers(first), numbers(second)) == ([1, 2, 3, 4], [1])
    assert newest_numbers([first.template_uid, second.template_uid]) == {
        first.template_uid: 4,
        second.template_uid: 1,
    }


def test_a_draft_makes_no_version():
    page = make_template(publish=False)
    page.title = "Draft"
    page.save_revision()
    assert numbers(page) == []
    assert newest(page.template_uid) is None


def test_a_number_is_given_once():
    version = make_version()
    twin = GoalTemplateVersion(
        template_uid=version.template_uid, number=1, title="x", sector="po", content={}
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_unpublishing_and_removing_the_page_keep_the_versions():
    page = make_template()
    page.unpublish()
    assert numbers(page) == [1]
    page.delete()
    version = GoalTemplateVersion.objects.get()
    assert (version.page, version.template_uid) == (None, page.template_uid)


def test_publishing_again_after_unpublishing_makes_no_version():
    page = make_template()
    page.unpublish()
    publish(GoalTemplatePage.objects.get(pk=page.pk))
    assert numbers(page) == [1]
