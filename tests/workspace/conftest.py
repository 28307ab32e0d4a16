"""The workspace of the cast."""

import pytest

from tests.cast import Cast
from tests.workspace.factories import Workshop, make_workshop


@pytest.fixture
def workshop(cast: Cast) -> Workshop:
    return make_workshop(cast)
