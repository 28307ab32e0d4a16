"""Which engine looks: our own in the database, or Elasticsearch when ``SEARCH_URL`` names one."""

from functools import cache

from django.conf import settings

from lnpo.search.backends.base import Engine
from lnpo.search.backends.database import DatabaseEngine


@cache
def own() -> DatabaseEngine:
    """The engine that is always there."""
    return DatabaseEngine()


@cache
def _elastic(url: str) -> Engine:
    from lnpo.search.backends.elastic import ElasticEngine

    return ElasticEngine(url)


def chosen() -> Engine:
    """The engine that the settings choose."""
    url = getattr(settings, "SEARCH_URL", "")
    return _elastic(url) if url else own()
