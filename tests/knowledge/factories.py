"""Builders of practice examples in every state."""

from home.structure import prepare_site
from knowledge import contributing, reviewing
from knowledge.models import Contribution, PracticeIndexPage, PracticePage
from lnpo.topics.models import Topic


def make_topic(key: str = "doelmatigheid") -> Topic:
    return Topic.objects.get_or_create(key=key, defaults={"title": key.title()})[0]


def make_practice(**fields) -> PracticePage:
    """A published example."""
    prepare_site()
    number = PracticePage.objects.count() + 1
    values = {
        "title": f"Example {number}",
        "slug": f"example-{number}",
        "topic": make_topic(),
        "lead": "What worked.",
        "approach": "<p>We phoned every school.</p>",
        **fields,
    }
    page = PracticeIndexPage.objects.get().add_child(instance=PracticePage(**values))
    page.save_revision().publish()
    return PracticePage.objects.get(pk=page.pk)


WRITTEN = {
    "title": "Sooner at the table",
    "lead": "One phone call made the difference.",
    "context": "30 schools.",
    "approach": "We phoned.\n\n- first the parents\n- then the school",
    "result": "Eleven weeks became three.",
    "different": "Begin with the boards.",
}


def make_contribution(user, organisation, **fields) -> Contribution:
    """A complete draft."""
    prepare_site()
    contribution = contributing.begin(user, organisation, WRITTEN["title"])
    data = {**WRITTEN, "topic": make_topic(), **fields}
    contributing.save(user, contribution, data, contribution.version)
    contribution.refresh_from_db()
    return contribution


def sent_in(user, organisation, **fields) -> Contribution:
    contribution = make_contribution(user, organisation, **fields)
    contributing.send_in(user, contribution)
    contribution.refresh_from_db()
    return contribution


def published(user, organisation, editor, **fields) -> Contribution:
    contribution = sent_in(user, organisation, **fields)
    reviewing.approve(editor, contribution)
    contribution.refresh_from_db()
    return contribution
