"""One engine under all dialects: what is made in one is seen, moved and cancelled through the others."""

from qms.domain.ids import to_uuid
from tests.http.dialects.clients import DIALECTS, Videsk
from tests.http.dialects.dialect import Seen
from tests.http.dialects.town import ANA, BOB, ELEVEN, LASTS, NOON, TEN, Town, settled

COMING = {"videsk": "pending", "auvious": "PENDING", "voki": "scheduled"}
DEAD = {"videsk": 401, "auvious": 404, "voki": 422}
"""What is answered to whoever changes what was cancelled."""


async def made(maker, start=TEN, agent=ANA):
    """An appointment that somebody has made."""
    answer, id = await maker.make(start, agent)
    assert id, answer.body
    return id


def at(start, name, agent=ANA):
    """An appointment that is to come, as a dialect shows it."""
    return Seen(start=start, end=start + LASTS, agent=agent, status=COMING[name])


async def test_an_appointment_of_one_dialect_is_seen_in_the_other(maker, other):
    id = await made(maker)

    assert await other.see(id) == at(TEN, other.name)


async def test_an_appointment_of_one_dialect_takes_time_in_every_other(maker, other):
    before = await other.busy(TEN)

    await made(maker)

    assert (before, await other.busy(TEN), await other.busy(ELEVEN)) == (False, True, False)
    assert await other.busy(TEN, BOB) is False


async def test_an_appointment_of_one_dialect_is_cancelled_through_the_other(clients, maker, other):
    id = await made(maker)

    answer = await other.cancel(id)

    assert answer.status in (200, 201, 204)
    for name, client in clients.items():
        seen = await client.see(id)
        assert seen is None or (name, seen.status) == ("voki", "cancelled")
        assert await client.busy(TEN) is False
        assert (await client.cancel(id)).status == DEAD[name]


async def test_staff_moves_an_appointment_of_every_dialect(clients, maker, staff):
    id = await made(maker)

    answer = await staff.move(id, ELEVEN)

    assert answer.status == 200, answer.body
    for name, client in clients.items():
        assert await client.see(id) == at(ELEVEN, name)
        assert (await client.busy(TEN), await client.busy(ELEVEN)) == (False, True)


async def test_a_visitor_moves_what_a_service_offers_and_nothing_else(clients, maker):
    id = await made(maker)

    answer = await clients["videsk"].move(id, ELEVEN)

    there = ELEVEN if maker.name == "videsk" else TEN
    assert answer.status == (201 if maker.name == "videsk" else 409)
    for name, client in clients.items():
        assert await client.see(id) == at(there, name)


async def test_links_that_a_visitor_was_sent_die_when_staff_moves_the_appointment(town, clients, staff):
    id = await made(clients["videsk"])
    access, action = town.link(id, "access"), town.link(id, "action")

    await staff.move(id, ELEVEN)

    for method, path, token in (("GET", "info", access), ("POST", "cancel", action)):
        headers = {"Authorization": f"Bearer {token}"}
        answer = await town.ask(method, f"{Videsk.root}/schedule/{path}", headers)
        assert answer.status == 401


async def test_what_is_taken_is_not_offered_to_visitors_and_is_left_to_staff(clients, maker, other):
    await made(maker)

    answer, id = await other.make(TEN)

    assert answer.status == {"videsk": 409, "auvious": 200, "voki": 201}[other.name]
    assert bool(id) is (other.name != "videsk")


async def test_what_staff_put_over_another_counts_when_that_is_gone(clients, maker, staff):
    under, over = await made(maker), await made(staff)

    await maker.cancel(under)

    assert await clients["videsk"].busy(TEN) is True
    assert (await clients["videsk"].make(TEN))[0].status == 409
    await staff.cancel(over)
    assert (await clients["videsk"].make(TEN))[0].status == 201


async def test_a_visitor_moves_nothing_onto_what_staff_has_made(clients, staff):
    id = await made(clients["videsk"])
    await made(staff, ELEVEN)

    refused, moved = await clients["videsk"].move(id, ELEVEN), await clients["videsk"].move(id, NOON)

    assert (refused.status, moved.status) == (409, 201)


async def test_an_appointment_that_is_another_s_takes_his_time(clients, maker):
    id = await made(maker)

    answer = await clients["voki"].change(id, user_id=to_uuid(BOB))

    assert answer.status == 200, answer.body
    for name, client in clients.items():
        assert await client.see(id) == at(TEN, name, BOB)
        assert (await client.busy(TEN), await client.busy(TEN, BOB)) == (False, True)


async def test_each_subscriber_is_told_in_his_own_dialect(town, clients, maker):
    id = await made(maker)
    town.clock.move(seconds=1)
    await clients["voki"].move(id, ELEVEN)
    town.clock.move(seconds=1)
    await clients["auvious"].cancel(id)

    told = {name: [event for event in events if event != "customer.created"] for name, events in town.told().items()}

    assert told == {
        "videsk": ["appointment.created", "appointment.canceled", "appointment.created", "appointment.canceled"],
        "auvious": ["CREATE", "RESCHEDULE", "CANCELLED"],
        "voki": ["appointment.created", "appointment.moved", "appointment.cancelled"],
        "native": ["appointment.created", "appointment.moved", "appointment.cancelled"],
    }


async def test_nothing_of_one_town_is_seen_from_another(town, maker, other):
    twin = Town(town.client, town.store, town.clock, settled(town.store, "twin"))
    stranger = await next(one for one in DIALECTS if one.name == other.name).open(twin)
    id = await made(maker)

    assert await stranger.busy(TEN) is False
    if not isinstance(stranger, Videsk):  # whose clients have links alone
        assert await stranger.see(id) is None
        assert (await stranger.cancel(id)).status == 404
        assert (await stranger.move(id, ELEVEN)).status == 404
    assert await other.see(id) == at(TEN, other.name)


async def test_whoever_takes_no_part_any_more_is_minded_by_nobody(town, clients):
    id, auvious = await made(clients["auvious"]), clients["auvious"]
    body = {"id": to_uuid(id), "userId": to_uuid(BOB)}
    added = await auvious.ask("POST", "participants/agents/", body)
    both = await clients["videsk"].busy(TEN, BOB)
    await auvious.ask("DELETE", f"{to_uuid(id)}/participants/{to_uuid(BOB)}")
    await made(clients["videsk"], ELEVEN, BOB)

    moved = await clients["voki"].move(id, ELEVEN)

    assert (added.status, both, moved.status) == (200, True, 200)
    assert await clients["videsk"].busy(TEN, BOB) is False
    overbooked = "SELECT id FROM audit WHERE action = 'appointment.overbooked'"
    assert list(town.read(lambda tx: tx.raw(overbooked, {}))) == []
