"""What agents did: an hour at work, worked out by hand, with the services as agents use them."""

import pytest
import sqlalchemy as sa

from qms.services import kiosk_tickets, offering, quoting, serving, transfer
from qms.services.admission import TakeTicket
from qms.services.statistics.period import Period
from qms.services.statistics.report import report
from qms.store.reports import STATEMENTS
from tests.clock import MONDAY_NOON

MONDAY = Period.of(*[MONDAY_NOON.date()] * 2)


def reported(town, **chosen):
    return town.store.read(report, account=town.account, period=MONDAY, **chosen)


def of_agent(found, key):
    return next((one for named, one in found.agents if named.key == key), None)


def test_occupancy_is_serving_and_wrap_up_over_time_on_duty(town):
    town.present("ana")
    town.take("video")
    town.work()
    town.clock.move(seconds=10)
    town.do(offering.answer, "ana", offer=town.offer("ana").id)
    town.clock.move(minutes=5)
    town.do(serving.finish, "ana")
    town.clock.move(seconds=4)
    town.do(serving.finish_wrap_up, "ana")
    town.present("ana", "away")
    town.clock.move(minutes=20)
    town.present("ana")
    town.clock.move(minutes=10)
    town.present("ana", "offline")

    ana = of_agent(reported(town), "ana")

    assert (ana.served, ana.declined, ana.missed) == (1, 0, 0)
    assert ana.mean_service_seconds == pytest.approx(300)
    assert ana.serving_seconds == pytest.approx(300)
    assert ana.wrap_up_seconds == pytest.approx(4)
    assert ana.on_duty_seconds == pytest.approx(1 + 10 + 300 + 4 + 600, abs=0.1)
    assert ana.occupancy == pytest.approx(304 / 915, abs=0.001)


def test_declined_and_transferred_and_recalled_are_counted(town):
    town.present("ben", poc="c1")
    town.take("cash")
    town.do(serving.next_ticket, "ben", queue="cash")
    town.do(serving.recall, "ben")
    town.do(serving.recall, "ben")
    town.do(serving.serve, "ben")
    town.clock.move(minutes=1)
    town.do(transfer.transfer, "ben", queue="desk")
    town.take("video")

    whole = reported(town).whole

    assert (whole.recalls, whole.transfers) == (2, 1)


def test_of_one_queue_only_those_are_told_who_were_offered_somebody(town):
    town.present("ben", poc="c1")
    town.take("cash")
    town.do(serving.next_ticket, "ben", queue="cash")
    town.clock.move(minutes=1)
    town.do(serving.finish, "ben")

    cash, video = reported(town, queue="cash"), reported(town, queue="video")

    assert of_agent(cash, "ben").served == 1
    assert list(video.agents) == []


def test_quotes_are_held_against_what_happened(town):
    town.present("ana", poc="c1")
    town.take("cash")
    town.do(serving.next_ticket, "ana")
    item = TakeTicket(account=town.account, branch="main", queue="cash", source="kiosk")
    taken = town.store.take(kiosk_tickets.take, item, domain=town.network.queues.find("cash").domain_id)
    town.clock.move(minutes=2)
    town.do(serving.finish, "ana")
    town.do(serving.next_ticket, "ana")
    for work in town.store.read(quoting.due):
        town.store.write(quoting.run, domain=work.domain, work=work)

    ((held),) = reported(town).quotes

    assert taken is not None
    assert (held.queue, held.branch, held.told, held.answered, held.left) == ("cash", "main", 1, 1, 0)
    assert reported(town, branch="far").quotes == []


def test_no_statement_of_a_report_reads_a_whole_table(town):
    if not str(town.store.engine.url).startswith("sqlite"):
        pytest.skip("a planner without figures prefers to read small tables whole")
    seen = {statement: dict.fromkeys(("account", "day", "agent", "start", "end"), "1") for statement in STATEMENTS}

    def listen(connection, cursor, statement, parameters, context, many):
        if "FROM session" in statement or "FROM quote" in statement:
            seen[statement] = parameters

    sa.event.listen(sa.Engine, "before_cursor_execute", listen)
    reported(town)
    sa.event.remove(sa.Engine, "before_cursor_execute", listen)

    with town.store.engine.connect() as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", seen[one]).all() for one in seen]
    steps = [str(row[-1]) for plan in plans for row in plan]
    assert len(plans) == len(STATEMENTS) + 3
    assert [step for step in steps if step.startswith("SCAN")] == []
    for index in ("ix_ticket_day", "ix_journal_", "ix_session_started", "ix_quote_account"):
        assert any(index in step for step in steps), index
