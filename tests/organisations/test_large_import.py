"""The whole country at once stays quick and small."""

import resource
import time

from lnpo.organisations.importing.taking_in import preview, take_in
from lnpo.organisations.models import Organisation, OrganisationLink
from tests.organisations.big_list import lists


def test_the_whole_country_is_taken_in_within_the_budget(cast):
    """20 seconds and 300 MB with the preview are the promise; measured on two cores that others use too."""
    had, before = Organisation.objects.count(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    files = lists()
    started = time.monotonic()
    run, plan = preview(cast.els, files, None)
    assert plan.errors == []
    take_in(cast.els, run)
    took = time.monotonic() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert Organisation.objects.count() - had == 150 + 1300 + 8000
    assert OrganisationLink.objects.current().count() > 17_000
    assert took <= 20, took
    assert grown <= 300, grown
    print(f"import of 9,450 organisations: {took:.1f} s, {grown:.0f} MB more")
