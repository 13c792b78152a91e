"""Pairing: a blank screen shows a code, somebody types it in, and the screen is at home."""

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.domain.ids import derived_id
from qms.services import fleet, pairing
from qms.store.schema.device import pairing as waiting
from screens.face import routes
from screens.pairing import MOST_A_MINUTE


async def test_a_blank_screen_becomes_the_one_that_its_code_is_typed_for(branch, seeded):
    begun = await (await branch.client.post("/screens/pairings")).json()
    asking = f"/screens/pairings/{begun['secret']}"
    assert (await (await branch.client.get(asking)).json()) == {"path": None}

    typed = begun["code"][:3].lower() + " " + begun["code"][3:]
    await branch.store.write(pairing.pair, account=seeded.account, id=device(seeded), code=typed)

    assert (await (await branch.client.get(asking)).json()) == {"path": f"/screens/{seeded.tokens['screen']}"}


async def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(branch, seeded):
    first, second = [await (await branch.client.post("/screens/pairings")).json() for _ in range(2)]
    screen = {"account": seeded.account, "id": device(seeded)}
    await branch.store.write(pairing.pair, **screen, code=first["code"])

    again = await branch.store.write(refused, **screen, code=first["code"])
    await branch.store.write(grow_old, by=pairing.LASTS)
    late = await branch.store.write(refused, **screen, code=second["code"])

    assert (again, late) == (True, True)
    assert (await branch.client.get(f"/screens/pairings/{second['secret']}")).status == 404


def grow_old(tx, *, by) -> None:
    for row in tx.execute(sa.select(waiting)).all():
        tx.execute(waiting.update().where(waiting.c.code == row.code).values(expires_at=row.expires_at - by))


def refused(tx, **what) -> bool:
    try:
        pairing.pair(tx, **what)
    except NotFound:
        return True
    return False


def device(seeded) -> str:
    return derived_id(seeded.slug, "screen", "lobby")


async def test_a_renewed_token_leads_nowhere_and_the_new_one_does(branch, screen, seeded):
    await branch.store.write(fleet.renew_token, account=seeded.account, id=device(seeded), actor="sue")
    after = await branch.store.read(fleet.get, account=seeded.account, id=device(seeded))

    assert (await branch.client.get(f"{screen}/state")).status == 404
    assert (await branch.client.get(f"/screens/{after.token}/state")).status == 200


async def test_the_blank_page_is_there_for_everybody(branch):
    response = await branch.client.get("/screens")

    assert response.status == 200
    assert str(response.url).endswith("/screens/")
    assert "data-pairing" in await response.text()


async def test_an_address_may_have_so_many_codes_in_a_minute_and_no_more(serve, seeded):
    client = await serve(routes, rate_limit=20)
    got = [(await client.post("/screens/pairings")).status for _ in range(MOST_A_MINUTE)]

    refused = await client.post("/screens/pairings")

    assert set(got) == {201}
    assert (refused.status, int(refused.headers["Retry-After"]) > 0) == (429, True)
