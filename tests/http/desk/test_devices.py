"""Devices at the desk: supervisors see and order them, managers pair them, renew their addresses, put things up."""

import pytest

from qms.domain.ids import derived_id
from qms.services import pairing
from qms.store.schema import network as tables
from qms.web.keys import STORE
from tests.http.visits import change
from tests.recording import tone


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is looked at here does not depend on it."""
    return sqlite_url


@pytest.fixture
def lobby(seeded) -> str:
    """The path of the lobby's screen among the devices."""
    return f"devices/{derived_id(seeded.slug, 'screen', 'lobby')}"


@pytest.fixture
async def manager(sign_in):
    """The desk of somebody who manages."""
    return await sign_in("sue")


@pytest.fixture
async def supervisor(client, sign_in):
    """The desk of somebody who supervises."""
    await client.app[STORE].write(change, table=tables.agent, role="supervisor")
    return await sign_in("sue")


async def test_supervisors_see_the_devices_but_not_their_addresses(supervisor):
    shown = await supervisor.get("devices")

    assert [(one["kind"], one["key"]) for one in shown["devices"]] == [("screen", "lobby"), ("kiosk", "door")]
    assert {one["path"] for one in shown["devices"]} == {None}
    assert (shown["manages"], shown["media"]) == (False, [])
    assert shown["devices"][0]["seen_at"] is None


async def test_attendants_do_not_see_them(sign_in, lobby):
    john = await sign_in("jdoe")

    assert (await john.ask("GET", "devices")).status == 403
    assert (await john.ask("POST", f"{lobby}/orders", {"order": "test"})).status == 403


async def test_supervisors_order_and_set_the_volume(supervisor, lobby):
    sue = supervisor

    ordered = await sue.post(f"{lobby}/orders", {"order": "test"})
    again = await sue.post(f"{lobby}/orders", {"order": "test"})
    quieter = await sue.put(f"{lobby}/volume", {"volume": 30})

    assert (ordered["tested"], again["tested"], quieter["volume"]) == (1, 2, 30)
    assert (await sue.ask("PUT", f"{lobby}/volume", {"volume": 101})).status == 422
    assert (await sue.ask("POST", f"{lobby}/orders", {"order": "explode"})).status == 422
    assert (await sue.ask("POST", "devices/" + "0" * 24 + "/orders", {"order": "test"})).status == 404
    assert (await sue.ask("POST", f"{lobby}/pair", {"code": "ABC234"})).status == 403


async def test_managers_pair_by_the_code_and_renew_the_address(client, manager, lobby):
    begun = await client.app[STORE].write(pairing.begin)

    paired = await manager.post(f"{lobby}/pair", {"code": begun.code})
    renewed = await manager.post(f"{lobby}/token", {})

    found = await client.app[STORE].read(pairing.outcome, secret=begun.secret)
    assert paired["path"].startswith("/screens/")
    assert renewed["path"] == f"/screens/{found.token}" != paired["path"]
    assert (await manager.ask("POST", f"{lobby}/pair", {"code": "ABC234"})).status == 404


async def test_managers_put_up_and_take_down(client, manager):
    put = await raw(client, manager, "PUT", "/desk/api/media/a%20photo.png", b"\x89PNG")
    wrong = await raw(client, manager, "PUT", "/desk/api/media/page.html", b"<script>")
    empty = await raw(client, manager, "PUT", "/desk/api/media/empty.png", b"")

    assert [put.status, wrong.status, empty.status] == [201, 422, 422]
    assert [(m["shelf"], m["name"], m["size"]) for m in (await manager.get("devices"))["media"]] == [
        ("media", "a photo.png", 4)
    ]
    assert (await raw(client, manager, "DELETE", "/desk/api/media/a%20photo.png")).status == 204
    assert (await raw(client, manager, "DELETE", "/desk/api/media/a%20photo.png")).status == 404


@pytest.mark.parametrize(
    ("clip", "status"),
    [
        (tone(seconds=0.2), 201),
        (tone(seconds=0.2, rate=16000), 422),
        (tone(seconds=0.2, width=1), 422),
        (tone(seconds=0), 422),
        (b"RIFFnothing", 422),
    ],
)
async def test_clips_are_taken_that_can_be_joined_with_the_others(client, manager, clip, status):
    await raw(client, manager, "PUT", "/desk/api/clips/es/a.wav".removesuffix(".wav"), tone(seconds=0.1))

    assert (await raw(client, manager, "PUT", "/desk/api/clips/es/b", clip)).status == status


async def raw(client, desk, method, path, body=None):
    headers = {"Authorization": f"Bearer {desk.token}"}
    return await client.request(method, path, data=body, headers=headers)
