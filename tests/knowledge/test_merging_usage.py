"""Two organisations merge that both use an example."""

from knowledge.models import PracticePage, Usage, UsageChange
from lnpo.organisations.merging import merge
from lnpo.topics.models import Topic
from tests.organisations.factories import OrganisationFactory


def test_where_both_used_an_example_it_counts_once_and_keeps_both_histories(cast):
    from home.structure import prepare_site
    from knowledge.models import PracticeIndexPage

    prepare_site()
    index = PracticeIndexPage.objects.get()
    topic = Topic.objects.get_or_create(key="verzuim", defaults={"title": "Verzuim"})[0]
    both, one = (
        index.add_child(instance=PracticePage(title=name, slug=name, lead="x", topic=topic))
        for name in ("beide", "een")
    )
    twin = OrganisationFactory(kind=cast.swv.kind)
    for page, organisation in ((both, cast.swv), (both, twin), (one, twin)):
        usage = Usage.objects.create(page=page, organisation=organisation, state="in_use")
        UsageChange.objects.create(usage=usage, state="in_use")
    merge(cast.els, twin, cast.swv, "Samengegaan per 1 augustus.")
    assert sorted(Usage.objects.values_list("page__slug", "organisation")) == [
        ("beide", cast.swv.pk),
        ("een", cast.swv.pk),
    ]
    assert UsageChange.objects.filter(usage__page=both).count() == 2
