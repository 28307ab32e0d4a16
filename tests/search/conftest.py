"""A small site with things that can be found."""

from types import SimpleNamespace

import pytest

from home.models import ContentPage, NewsPage
from home.structure import prepare_site
from knowledge.models import PracticeIndexPage, PracticePage
from lnpo.search.indexing import reconcile
from lnpo.topics.models import Topic
from tests.library.factories import make_template
from tests.sessions.factories import make_session
from tests.workspace.factories import make_goal, make_plan


@pytest.fixture
def site(cast):
    """One of each kind, about truancy, indexed."""
    prepare_site()
    topic = Topic.objects.get_or_create(key="verzuim", defaults={"title": "Verzuim en thuiszitters"})[0]
    index = PracticeIndexPage.objects.get()
    practice = index.add_child(
        instance=PracticePage(
            title="Acht weken sneller terug naar school",
            slug="sneller-terug",
            lead="Een vaste consulent belt binnen een week als een kind thuiszit.",
            topic=topic,
            organisation=cast.swv,
            sector="po",
        )
    )
    practice.save_revision().publish()
    news = ContentPage.objects.get(slug="aanbod").get_parent().get_children().get(slug="nieuws").specific
    item = news.add_child(
        instance=NewsPage(title="Nieuwe regels voor verzuim", slug="regels", intro="De leerplicht verandert.")
    )
    item.save_revision().publish()
    session = make_session(title="Samen leren over schoolverzuim", lead="Wat werkt bij thuiszitters?")
    goal = make_goal(make_plan(cast.swv), title="Minder thuiszitters in onze regio")
    template = make_template(title="Vroeg in actie bij verzuim")
    reconcile()
    return SimpleNamespace(
        topic=topic, practice=practice, news=item, session=session, goal=goal, template=template
    )
