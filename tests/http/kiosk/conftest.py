"""A branch with a kiosk."""

import pytest

from tests.http.conftest import Serve
from tests.http.seed import Seeded
from tests.http.visits import Branch, faces


@pytest.fixture
async def branch(serve: Serve, seeded: Seeded) -> Branch:
    """The seeded account's people and agents, and the faces of screens and visitors."""
    return Branch(await serve(faces), seeded)


@pytest.fixture
def kiosk(seeded: Seeded) -> str:
    """The path of the kiosk at the door."""
    return f"/kiosk/{seeded.tokens['kiosk']}"
