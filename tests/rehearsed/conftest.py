"""Where rehearsals are held."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.rehearsed.rehearsal import Report, rehearse, template

Rehearse = Callable[[int, float], Report]


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Rehearse:
    """`stage(seed, hours)`: one rehearsal, held once for all tests that look at it."""
    directory = tmp_path_factory.mktemp("rehearsed")
    file = template(directory)
    return cache(lambda seed, hours: rehearse(seed, hours, directory, file))
