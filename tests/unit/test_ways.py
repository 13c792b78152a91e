"""Ways that are remembered lead where they led at first, and nowhere else."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from qms.web import ways


async def said(request):
    """Nothing: nobody gets there."""
    return web.Response()


@pytest.fixture
def router():
    app = web.Application()
    app.router.add_get("/branches/{branch}", said, name="branch")
    app.router.add_post("/branches/{branch}", said, name="take")
    app.router.add_get("/branches/{branch}/{rest:.*}", said, name="below")
    ways.remember_ways(app.router)
    return app.router


async def way(router, path, method="GET"):
    request = make_mocked_request(method, path)
    found = await router.resolve(request)
    return found.http_exception or (found.route.method, found.route.resource.name, dict(found))


@pytest.mark.parametrize(
    ("method", "path", "leads_to"),
    [
        ("GET", "/branches/main", ("GET", "branch", {"branch": "main"})),
        ("HEAD", "/branches/main", ("HEAD", "branch", {"branch": "main"})),
        ("POST", "/branches/main", ("POST", "take", {"branch": "main"})),
        ("GET", "/branches/main?day=1", ("GET", "branch", {"branch": "main"})),
        ("GET", "/branches/a%2Fb", ("GET", "branch", {"branch": "a/b"})),
        ("GET", "/branches/a/b", ("GET", "below", {"branch": "a", "rest": "b"})),
        ("GET", "/branches/a%20b", ("GET", "branch", {"branch": "a b"})),
    ],
)
async def test_the_second_time_it_leads_where_it_led_the_first_time(router, method, path, leads_to):
    assert await way(router, path, method) == await way(router, path, method) == leads_to


async def test_each_who_asks_has_values_of_his_own(router):
    first = await router.resolve(make_mocked_request("GET", "/branches/main"))
    first["branch"] = "elsewhere"

    assert (await way(router, "/branches/main"))[2] == {"branch": "main"}
    again = await router.resolve(make_mocked_request("GET", "/branches/main"))
    again["branch"] = "elsewhere"
    assert (await way(router, "/branches/main"))[2] == {"branch": "main"}


async def test_what_leads_nowhere_does_not_the_second_time_either(router):
    for _ in range(2):
        assert (await way(router, "/nowhere")).status == 404
        refused = await way(router, "/branches/main", "DELETE")
        assert (refused.status, refused.allowed_methods) == (405, {"GET", "HEAD", "POST"})


async def test_only_so_many_are_remembered(router, monkeypatch):
    monkeypatch.setattr(ways, "MOST_WAYS", 3)

    for n in range(10):
        assert await way(router, f"/branches/{n}") == ("GET", "branch", {"branch": str(n)})
    assert await way(router, "/branches/0") == ("GET", "branch", {"branch": "0"})


async def test_addresses_that_strangers_make_up_are_not_remembered(router):
    looked_for = []
    (resource, *_) = router.resources()
    match = resource.resolve

    async def looked(request):
        looked_for.append(request.path)
        return await match(request)

    resource.resolve = looked
    short, long = "/branches/" + "a" * 200, "/branches/" + "a" * 300
    for path in (short, short, long, long):
        assert await way(router, path) == ("GET", "branch", {"branch": path.removeprefix("/branches/")})

    assert looked_for == [short, long, long]
