"""A point of contact's own device: who has been called there, who comes, and where they meet."""

import sqlalchemy as sa

from qms.services import serving
from qms.store.schema.network import poc as pocs
from tests.http.visits import give_rooms, listening


def token_of(store, id: str) -> str:
    return str(store.read(lambda tx: tx.execute(sa.select(pocs.c.token).where(pocs.c.id == id)).scalar()))


async def test_an_empty_counter_shows_nobody(branch, store, seeded):
    told = await (await branch.client.get(f"/poc/{token_of(store, seeded.pocs['c1'])}/state")).json()

    assert told["poc"] == {"id": seeded.pocs["c1"], "key": "c1", "label": "Counter 1", "kind": "counter"}
    assert told["branch"]["key"] == "main"
    assert (told["ticket"], told["agent"], told["room_url"]) == (None, None, None)


async def test_a_call_shows_the_number_and_who_serves_until_the_end(branch, store, seeded):
    await branch.work()
    ticket = await branch.arrive()
    async with listening(branch, f"/poc/{token_of(store, seeded.pocs['c1'])}/socket") as device:
        await device.next()

        await branch.call_next()
        called = await device.until(lambda message: message["ticket"])
        await branch.do(serving.finish)
        over = await device.until(lambda message: message["ticket"] is None)

    assert called["ticket"] == {"number": ticket.number, "state": "called"}
    assert called["agent"] == {"firstname": "Ana"}
    assert over["agent"] is None


async def test_a_booth_is_told_the_room(branch, store, seeded):
    store.write(give_rooms)
    await branch.work("jdoe", poc=None)
    ticket = await branch.arrive("tramites")
    await branch.call_next("jdoe")

    told = await (await branch.client.get(f"/poc/{token_of(store, seeded.pocs['1'])}/state")).json()

    assert told["ticket"] == {"number": ticket.number, "state": "serving"}
    assert told["room_url"].endswith(f"?name={ticket.number}&role=visitor")


async def test_an_unknown_point_of_contact_is_not_found(branch):
    assert (await branch.client.get("/poc/nobody/state")).status == 404
