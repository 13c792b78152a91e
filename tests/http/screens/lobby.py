"""What a lobby screen is told."""

from tests.http.visits import Branch


async def state(branch: Branch, path: str) -> dict:
    """All of it, by GET."""
    response = await branch.client.get(f"{path}/state")
    assert response.status == 200
    return await response.json()
