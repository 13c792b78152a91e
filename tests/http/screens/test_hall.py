"""A screen of several branches: one order of their calls at every process, of which nothing is lost or doubled."""

import asyncio
from itertools import pairwise

import pytest

from qms.domain.ids import derived_id
from qms.domain.network import Screen
from qms.services import lobby, screen_reports
from qms.store import calls, halls
from qms.store.schema import network as tables
from qms.store.schema.hall import hall_call
from tests.http.screens.lobby import state
from tests.http.visits import listening

TWO = "/screens/two-branches"


@pytest.fixture
def hall(store, seeded):
    """The path of a screen that stands in `main` and shows `north` too, which shares no agents with it."""
    apart = derived_id("acme", "domain", "north")

    def add(tx):
        tx.execute(tables.routing_domain.insert(), {"id": apart, "account_id": seeded.account})
        tx.execute(tables.branch.update().where(tables.branch.c.key == "north").values(domain_id=apart))
        row = {"id": derived_id("acme", "screen", "two"), "account_id": seeded.account, "key": "two", "rank": 99}
        looks = {"branches": [seeded.branches["north"]], "pronounce": {"North": "the north"}}
        row |= {"token": TWO.rpartition("/")[2], "branch_id": seeded.branches["main"], "languages": ["en"]}
        tx.execute(tables.screen.insert(), {**row, "settings": looks})

    store.write(add)
    return store.read(lobby.screen_of, token="two-branches")[0].hall_of(screen_of(store))


def screen_of(store) -> Screen:
    return store.read(lobby.screen_of, token="two-branches")[1]


async def called(branch, where: str) -> str:
    """A number is called in a branch."""
    ticket = await branch.arrive("tramites", where)
    await branch.store.write(lambda tx: calls.announce(tx, ticket), domain=branch.seeded.domain)
    return ticket.number


async def test_calls_of_all_its_branches_come_in_one_order_and_name_their_branch(branch, hall, clock):
    numbers = []
    for where in ("main", "north", "main"):
        numbers.append(await called(branch, where))
        clock.move(seconds=1)
    waiting = await branch.arrive("far", "north")

    told = await state(branch, TWO)

    assert [one["label"] for one in told["branches"]] == ["Virtual Main branch", "North"]
    assert told["branch"]["key"] == "main"
    main, north = "Virtual Main branch", "North"
    assert [(one["seq"], one["number"], one["branch"]) for one in told["calls"]] == [
        (3, numbers[2], main), (2, numbers[1], north), (1, numbers[0], main)
    ]  # fmt: skip
    assert {"number": waiting.number, "queue": "Sólo norte", "branch": north} in told["waiting"]
    assert {(line["name"], line["branch"]) for line in told["queues"]} >= {
        ("Trámites ABC", main),
        ("Trámites ABC", north),
    }
    assert told["screen"]["open"] is True


async def test_its_socket_hears_of_either_branch_and_a_screen_of_one_notices_nothing(branch, screen, hall):
    await called(branch, "main")
    async with listening(branch, f"{TWO}/socket") as both, listening(branch, f"{screen}/socket") as one:
        assert [call["seq"] for call in (await both.next())["calls"]] == [1]
        before = await one.next()
        await called(branch, "north")
        told = await both.until(lambda message: len(message["calls"]) == 2)
        await called(branch, "main")
        after = await one.until(lambda message: len(message["calls"]) == 2)

    assert told["calls"][0] == {**told["calls"][0], "seq": 2, "branch": "North"}
    assert [call["seq"] for call in after["calls"]] == [2, 1]
    assert all("branch" not in call for call in after["calls"])
    assert "branches" not in before


async def test_whoever_was_away_misses_nothing_and_hears_nothing_twice(branch, hall, store):
    """Two processes and a screen that comes and goes, while two branches call: each call has one place, for good."""
    announced: list[tuple[int, str]] = []
    expected: list[str] = []

    async def look() -> None:
        for call in reversed((await state(branch, TWO))["calls"]):
            if call["seq"] > max((seq for seq, _ in announced), default=0):
                announced.append((call["seq"], call["branch"] + call["number"]))

    for turn in range(6):
        pairs = [("Virtual Main branch", "main"), ("North", "north"), ("North", "north")]
        expected += [label + await called(branch, where) for label, where in pairs]
        if turn % 2:
            await asyncio.gather(look(), asyncio.to_thread(store.write, halls.hear, hall=hall))

    await look()
    assert sorted(name for _, name in announced) == sorted(expected)
    assert [seq for seq, _ in announced] == list(range(1, 19))


async def test_a_clock_that_was_set_back_changes_the_order_of_no_branch(branch, hall, store, clock):
    await called(branch, "main")
    clock.move(minutes=-30)
    for where in ("main", "north", "main"):
        await called(branch, where)

    await state(branch, TWO)

    rows = store.read(lambda tx: tx.execute(hall_call.select().order_by(hall_call.c.seq)).all())
    for id in hall.branch_ids:
        own = [row.call_seq for row in rows if row.branch_id == id]
        assert all(a < b for a, b in pairwise(own))
    assert [row.seq for row in rows] == [1, 2, 3, 4]


async def test_a_call_says_its_branch_and_the_desk_knows_what_was_shown_of_it(branch, hall, store, seeded):
    for where in ("main", "north", "north"):
        await called(branch, where)
    told = await state(branch, TWO)
    network, screen = store.read(lobby.screen_of, token="two-branches")
    shown = [store.read(screen_reports.painted_in, network=network, screen=screen, painted=seq) for seq in (1, 2, 3)]

    main, north = seeded.branches["main"], seeded.branches["north"]
    assert shown == [{main: 1}, {main: 1, north: 1}, {main: 1, north: 2}]
    assert store.read(screen_reports.painted_in, network=network, screen=screen, painted=None) == {}
    assert told["calls"][0]["poc"] is None
