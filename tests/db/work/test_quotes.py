"""What people are told of their waits is kept, settled once, and learnt from; whichever process does it."""

import asyncio
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from acd.forecast import Model
from acd.learner import Learner
from qms.bus.memory import MemoryBus
from qms.domain.ticket import Ticket
from qms.services import kiosk_tickets, quoting, serving, visitor_state, visitors
from qms.services.admission import TakeTicket
from qms.services.quote_report import report
from qms.store import forecasts
from qms.store.aio import AsyncStore
from qms.store.schema.forecast import forecast as models
from qms.store.schema.forecast import quote as quotes
from tests.db.work.town import Town


def tap(town: Town, queue: str = "cash") -> kiosk_tickets.Taken:
    """Ten seconds pass, and somebody takes a number at the kiosk."""
    town.clock.move(seconds=10)
    line = town.network.queues.find(queue)
    item = TakeTicket(account=town.account, branch="main", queue=queue, source="kiosk")
    taken: kiosk_tickets.Taken = town.store.take(kiosk_tickets.take, item, domain=line.domain_id)
    return taken


def busy(town: Town) -> None:
    """Ana is at a counter, with somebody before her."""
    town.present("ana", poc="c1")
    town.take()
    town.do(serving.next_ticket, "ana")


def next_one(town: Town, after: timedelta = timedelta(minutes=4)) -> Ticket:
    """Ana finishes after a while and calls the next."""
    town.clock.move(seconds=after.total_seconds())
    town.do(serving.finish, "ana")
    called: Ticket = town.do(serving.next_ticket, "ana")
    return called


def learn(town: Town) -> int:
    """The learner looks once; how many domains had work."""
    found = town.store.read(quoting.due)
    for work in found:
        town.store.write(quoting.run, domain=work.domain, work=work)
    return len(found)


def kept(town: Town, *columns: str):
    c = quotes.c
    found = sa.select(*(c[name] for name in columns)).order_by(c.at, c.id)
    return [tuple(row) for row in town.store.read(lambda tx: tx.execute(found).all())]


def learnt(town: Town) -> int | None:
    return town.store.read(lambda tx: tx.execute(sa.select(models.c.learnt)).scalar())


def test_what_a_kiosk_tells_is_kept(town: Town) -> None:
    busy(town)

    told = tap(town)

    assert told.wait is not None
    assert kept(town, "ticket_id", "p50", "p90", "first") == [(told.ticket.id, *told.wait, True)]


def test_nothing_is_told_or_kept_where_nobody_serves(town: Town) -> None:
    told = tap(town)
    learn(town)

    assert told.wait is None
    assert kept(town, "id") == []


def test_whoever_came_another_way_is_told_by_his_page_and_the_learner_keeps_it(town: Town) -> None:
    busy(town)
    ticket = town.take()

    assert learn(town) == 1
    assert learn(town) == 0
    assert kept(town, "ticket_id", "first") == [(ticket.id, True)]


def test_a_range_that_changes_is_kept_anew(town: Town) -> None:
    busy(town)
    tap(town)
    last = tap(town)
    learn(town)

    next_one(town)
    learn(town)

    mine = [row[1:] for row in kept(town, "ticket_id", "first", "p90") if row[0] == last.ticket.id]
    assert [first for first, _ in mine] == [True, False]
    assert mine[1][1] < mine[0][1]


def test_an_outcome_is_learnt_once(town: Town) -> None:
    busy(town)
    tap(town)
    next_one(town)

    assert learn(town) == 1
    assert learn(town) == 0
    assert learnt(town) == 1
    assert kept(town, "waited_seconds") == [(240.0,)]


def test_two_processes_learn_an_outcome_once(town: Town, open_store) -> None:
    busy(town)
    tap(town)
    next_one(town)
    other = open_store()

    (mine,) = town.store.read(quoting.due)
    (same,) = other.read(quoting.due)
    town.store.write(quoting.run, domain=mine.domain, work=mine)
    other.write(quoting.run, domain=same.domain, work=same)

    assert learnt(town) == 1


def test_somebody_who_leaves_teaches_nothing_but_is_counted(town: Town) -> None:
    busy(town)
    told = tap(town)
    town.clock.move(seconds=60)
    town.store.write(visitors.leave, domain=told.ticket.domain_id, link=told.ticket.link)

    learn(town)
    (row,) = town.store.read(report, account="town", back=timedelta(days=1))

    assert learnt(town) is None
    assert (row.told, row.answered, row.left) == (1, 0, 1)


def test_the_report_tells_how_often_quotes_held(town: Town) -> None:
    busy(town)
    tap(town)
    tap(town)
    next_one(town)
    next_one(town, after=timedelta(hours=3))
    learn(town)

    (row,) = town.store.read(report, account="town", back=timedelta(days=1))

    assert (row.account, row.queue, row.branch) == ("town", "cash", "main")
    assert (row.answered, row.within_p90) == (2, 0.5)


def test_what_was_learnt_survives_a_restart(town: Town, open_store) -> None:
    busy(town)
    for minutes in (3, 4, 5):
        tap(town)
        next_one(town, after=timedelta(minutes=minutes))
        learn(town)
    queue, branch = town.network.queues.find("cash").id, town.network.branches.find("main").id
    before = town.store.read(forecasts.model_of, queue=queue, branch=branch)

    after = Model.of_json(open_store().read(forecasts.model_of, queue=queue, branch=branch))

    assert after.learnt == 3
    assert after.as_json() == before


def test_the_page_of_a_ticket_does_not_flicker(town: Town) -> None:
    """8.4 minutes are not clearly worse than 7, nineteen and a half are than 15."""
    busy(town)
    tap(town)
    told = tap(town)
    assert told.wait == (10, 20)
    town.store.write(lambda tx: tx.execute(sa.update(quotes).values(p50=7, p90=15)))

    _, page = town.store.read(visitor_state.of_ticket, link=told.ticket.link)

    assert page["wait_minutes"] == {"p50": 7, "p90": 20}


class Watched(AsyncStore):
    """Says when the learner has written something."""

    async def write(self, *given: Any, **more: Any) -> Any:
        done = await super().write(*given, **more)
        self.written.set()
        return done

    def __init__(self, town: Town) -> None:
        super().__init__(town.store, MemoryBus())
        self.written = asyncio.Event()


async def test_the_learner_keeps_looking(town: Town) -> None:
    busy(town)
    town.take()
    store = Watched(town)
    learner = asyncio.create_task(Learner(store, rate=1000).run())

    async with asyncio.timeout(10):
        await store.written.wait()
        store.written.clear()
        await asyncio.to_thread(next_one, town)
        while await asyncio.to_thread(learnt, town) is None:
            await store.written.wait()
            store.written.clear()
    learner.cancel()

    assert [row for row in kept(town, "first", "waited_seconds") if row[0]] == [(True, 240.0)]
