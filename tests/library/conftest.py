"""The CMS as somebody who may do everything there."""

import pytest
from django.test import Client


@pytest.fixture
def editor(cast, client_of) -> Client:
    """Els, with every right in the CMS."""
    cast.els.is_superuser = True
    cast.els.save()
    return client_of(cast.els)
