"""The pages of administrators, over a network that has something of every kind."""

import pytest

from desk.face import routes
from qms.domain.network_file import read_network
from qms.services.applying import apply_network
from qms.web.pages import setup_pages
from tests.db.everything import EVERYTHING
from tests.http.desk.admin.administrator import PASSWORD, Admin
from tests.http.desk.conftest import QUICK

NETWORK = (
    EVERYTHING
    + """
[[agent]]
key = "mara"
firstname = "Mara"
email = "mara@every.example"
role = "manager"

[[agent]]
key = "anna"
firstname = "Anna"
email = "anna@every.example"
"""
)


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is looked at here does not depend on it."""
    return sqlite_url


@pytest.fixture
async def admin(serve, store):
    """Somebody who has not signed in yet."""

    def pages_too(app):
        setup_pages(app, "desk")
        routes(app)

    file = read_network(NETWORK, "network.toml")
    hashed = QUICK.hash(PASSWORD)
    store.write(apply_network, file=file, hashes={agent.key: hashed for agent in file.agents})
    return Admin(await serve(pages_too))
