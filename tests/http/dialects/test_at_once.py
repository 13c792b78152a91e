"""What happens to one appointment, or to one hour, through several dialects at the same time (X-5)."""

import asyncio

import sqlalchemy as sa

from qms.store.schema.booking import claim
from tests.http.dialects.town import ELEVEN, NOON, TEN

WON = (200, 201, 204)
LOST = {"videsk": (401, 409), "auvious": (404, 409), "voki": (404, 422)}


async def test_of_three_who_cancel_at_once_one_does(clients, maker):
    _, id = await maker.make(TEN)
    names = [name for name in clients for _ in range(3)]

    answers = await asyncio.gather(*(clients[name].cancel(id) for name in names))

    assert sum(answer.status in WON for answer in answers) == 1
    for name, answer in zip(names, answers, strict=True):
        assert answer.status in (*WON, *LOST[name]), (name, answer)


async def test_an_appointment_that_is_moved_and_cancelled_at_once_is_one_of_both(clients, maker):
    _, id = await maker.make(TEN)

    moved, cancelled = await asyncio.gather(clients["auvious"].move(id, ELEVEN), clients["voki"].cancel(id))

    assert cancelled.status == 200
    assert moved.status in (200, 404, 409)
    assert [await client.busy(at) for client in clients.values() for at in (TEN, ELEVEN)] == [False] * 6


async def test_an_hour_that_everybody_wants_at_once_goes_to_one_visitor_at_most(town, clients):
    names = [name for name in clients for _ in range(4)]

    answers = await asyncio.gather(*(clients[name].make(NOON) for name in names))

    statuses = {name: [a.status for (a, _), who in zip(answers, names, strict=True) if who == name] for name in clients}
    assert sorted(statuses["videsk"]) in ([201, 409, 409, 409], [409] * 4)
    assert (statuses["auvious"], statuses["voki"]) == ([200] * 4, [201] * 4)
    assert len(set(claims(town, overbooked=False))) == 1
    assert len(claims(town, overbooked=True)) + 1 == sum(bool(id) for _, id in answers)


async def test_whoever_puts_something_over_another_is_written_down(town, clients):
    await clients["videsk"].make(TEN)

    for name in ("auvious", "voki"):
        await clients[name].make(TEN)

    actors = town.read(lambda tx: tx.raw("SELECT actor FROM audit WHERE action = 'appointment.overbooked'", {}))
    assert sorted(actor.partition(" ")[0] for (actor,) in actors) == ["client", "user"]


def claims(town, *, overbooked):
    """The appointments that take Ana's time."""
    c = claim.c
    wanted = sa.select(c.appointment_id).where(c.active, c.overbooked == overbooked)
    return town.read(lambda tx: list(tx.execute(wanted).scalars()))
