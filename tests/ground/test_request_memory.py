"""Asking once per page."""

from django.http import HttpResponse
from django.test import RequestFactory

from lnpo.request_memory import RequestMemoryMiddleware, once_per_request, remembering


class Counter:
    def __init__(self):
        self.calls = 0

    def __call__(self):
        self.calls += 1
        return self.calls


def asked_twice(method: str) -> tuple[list[int], Counter]:
    answers: list[int] = []
    counter = Counter()

    def view(request):
        answers.extend(once_per_request("key", counter) for _turn in range(2))
        return HttpResponse()

    RequestMemoryMiddleware(view)(RequestFactory().generic(method, "/"))
    return answers, counter


def test_a_page_that_is_read_asks_once():
    assert asked_twice("GET")[0] == [1, 1]
    assert asked_twice("HEAD")[0] == [1, 1]


def test_while_something_is_written_every_question_is_asked_anew():
    assert asked_twice("POST")[0] == [1, 2]
    assert not remembering()


def test_the_next_page_asks_again_also_when_the_first_one_failed():
    def fails(request):
        once_per_request("key", Counter())
        raise ValueError

    try:
        RequestMemoryMiddleware(fails)(RequestFactory().get("/"))
    except ValueError:
        assert not remembering()
    assert asked_twice("GET")[1].calls == 1


def test_what_somebody_may_is_decided_anew_in_the_next_request(client_of, cast):
    from lnpo.organisations.models import Membership

    client = client_of(cast.anna)
    overview = f"/werkruimte/{cast.swv.pk}/"
    assert client.get(overview).status_code == 200
    Membership.objects.filter(user=cast.anna).update(revoked_at="2026-01-01T00:00:00Z")
    assert client.get(overview).status_code == 404
