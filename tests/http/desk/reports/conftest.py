"""The desk with its pages, on one kind of database: what is figured out is looked at on both below it."""

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from desk.face import routes
from qms.web.pages import setup_pages
from tests.http.conftest import Serve
from tests.http.seed import Seeded


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """A fresh SQLite file."""
    return sqlite_url


@pytest.fixture
async def client(serve: Serve, seeded: Seeded) -> TestClient[Any, Any]:
    """A client of the desk and its pages, not signed in."""

    def pages_too(app: web.Application) -> None:
        setup_pages(app, "desk")
        routes(app)

    return await serve(pages_too)
