"""Fixtures that every test may use."""

import pytest
from django.core.cache import cache
from django.test import Client

from lnpo.accounts.models import User
from tests.cast import Cast, make_cast
from tests.coverage_of_patterns import (  # noqa: F401  # hooks
    pytest_configure,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def client_of():
    """A signed-in client for a person; ``client_of(None)`` is a visitor."""

    def make(user: User | None) -> Client:
        client = Client()
        if user is not None and user.is_authenticated:
            client.force_login(user)
        return client

    return make


@pytest.fixture(autouse=True)
def fresh_cache():
    """Wagtail remembers in the cache where the site's pages begin; each test has pages of its own."""
    cache.clear()
