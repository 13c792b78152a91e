"""What a screen is told, by GET."""

from datetime import timedelta

from qms.services import serving
from qms.store.schema.work import ticket as ticket_table
from tests.http.screens.lobby import state
from tests.http.seed import Seeded, answered
from tests.http.visits import Branch, faces


async def test_an_empty_lobby_has_all_its_parts(branch, screen):
    told = await state(branch, screen)

    assert list(told) == ["seq", "now", "branch", "calls", "waiting", "queues", "screen"]
    assert told["now"] == "2026-03-02T15:00:00Z"
    assert told["branch"] == {
        "id": "652720d479497a1b62df288b",
        "key": "main",
        "name": "branch-main-1345",
        "label": "Virtual Main branch",
        "timezone": "America/Santiago",
    }
    assert told["calls"] == told["waiting"] == []
    assert [line["name"] for line in told["queues"]] == ["Trámites ABC", "Caja", "Con formulario"]


async def test_a_call_tells_number_place_and_queue(branch, screen):
    await branch.work()
    ticket = await branch.arrive(language="es")
    await branch.call_next()

    told = await state(branch, screen)
    said = [call.pop("say") for call in told["calls"]]

    assert [[clip["language"] for clip in clips] for clips in said] in ([["es"]], [[]])
    assert told["calls"] == [
        {
            "seq": 1,
            "number": ticket.number,
            "poc": "Counter 1",
            "queue": "Caja",
            "called_at": "2026-03-02T15:00:00Z",
            "recall": 0,
        }
    ]
    assert told["waiting"] == []


async def test_who_waits_is_listed_in_order_and_counted(branch, screen):
    first, second = await branch.arrive(), await branch.arrive()
    vip = await branch.arrive(ticket_class="vip")

    told = await state(branch, screen)

    assert told["waiting"] == [{"number": n, "queue": "Caja"} for n in (vip.number, first.number, second.number)]
    assert [line["waiting"] for line in told["queues"]] == [0, 3, 0]


async def test_a_visitor_elsewhere_is_not_shown(branch, screen):
    await branch.arrive("tramites", branch="north")
    await branch.arrive("tramites", branch=None, place="remote")

    told = await state(branch, screen)

    assert told["waiting"] == []
    assert told["queues"][0]["waiting"] == 0


async def test_a_wait_is_forecast_where_somebody_serves(branch, screen):
    await branch.work()
    await branch.arrive()

    waits = [line["wait_minutes"] for line in (await state(branch, screen))["queues"]]

    assert waits == [{"p50": 0, "p90": 0}, {"p50": 10, "p90": 20}, None]


async def test_a_forecast_follows_how_long_serving_took(branch, screen, seeded, store):
    await branch.work()
    await branch.arrive()
    store.write(served, seeded=seeded, tickets=200, each=timedelta(minutes=1))

    waits = [line["wait_minutes"] for line in (await state(branch, screen))["queues"]]

    assert waits[1] == {"p50": 3, "p90": 7}


def served(tx, *, seeded: Seeded, tickets: int, each: timedelta) -> None:
    ids = [answered(tx, seeded, "caja", waited=timedelta(), ago=timedelta(hours=1)) for _ in range(tickets)]
    c = ticket_table.c
    times = {"called_at": c.assigned_at, "serving_since": c.assigned_at, "ended_at": tx.now - timedelta(hours=1) + each}
    tx.execute(ticket_table.update().where(c.id.in_(ids)).values(times))


async def test_a_call_stays_after_its_ticket_is_over(branch, screen):
    await branch.work()
    ticket = await branch.arrive()
    await branch.call_next()
    await branch.do(serving.finish)

    told = await state(branch, screen)

    assert [call["number"] for call in told["calls"]] == [ticket.number]


async def test_a_recall_raises_seq_and_recall_of_the_one_call(branch, screen):
    await branch.work()
    await branch.arrive()
    await branch.call_next()
    await branch.do(serving.recall)

    told = await state(branch, screen)

    assert [(call["seq"], call["recall"]) for call in told["calls"]] == [(2, 1)]


async def test_all_calls_of_two_minutes_are_told_and_twelve_of_the_older(branch, screen, clock):
    await branch.work()
    for _ in range(20):
        await branch.arrive()
        await branch.call_next()
    fresh = [call["seq"] for call in (await state(branch, screen))["calls"]]
    clock.move(minutes=3)

    older = [call["seq"] for call in (await state(branch, screen))["calls"]]

    assert fresh == list(range(20, 0, -1))
    assert older == list(range(20, 8, -1))


async def test_no_call_is_hidden_or_kept_because_the_clock_was_set(branch, screen, clock):
    await branch.work()

    async def told(*, calls=0, **moved):
        clock.move(**moved)
        for _ in range(calls):
            await branch.arrive()
            await branch.call_next()
        return [call["seq"] for call in (await state(branch, screen))["calls"]]

    before = await told(calls=15)
    forward = await told(calls=1, hours=1)
    back = await told(calls=1, hours=-1)
    later = await told(minutes=3)

    assert before == list(range(15, 0, -1))
    assert forward == list(range(16, 0, -1))
    assert back == list(range(17, 0, -1))
    assert later == list(range(17, 5, -1))


async def test_seq_grows_with_every_change_and_is_the_same_at_another_process(branch, screen, serve, seeded):
    other = Branch(await serve(faces), seeded)
    seqs = []
    for _ in range(3):
        await branch.arrive()
        seqs.append((await state(branch, screen))["seq"])

    assert seqs == sorted(set(seqs))
    assert (await state(other, screen))["seq"] == seqs[-1]


async def test_an_unknown_screen_is_not_found(branch):
    for path in ("/screens/nobody/state", "/screens/nobody/socket", "/screens/no%20token/state"):
        response = await branch.client.get(path)

        assert response.status == 404
        assert response.content_type == "application/problem+json"


async def test_the_state_is_not_kept_by_anybody(branch, screen):
    response = await branch.client.get(f"{screen}/state")

    assert response.headers["Cache-Control"] == "no-store"
