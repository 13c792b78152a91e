"""A kiosk's own printer: a ticket comes out once, and a printer in trouble is known to those who can help."""

import pytest

from qms.services import device_reports, fleet, gauges, kiosk_help, printers
from qms.services.supervising import board as boards
from qms.store.schema.network import agent as agents
from tests.http.visits import Branch, change, faces
from tests.printer import tcp_printer


@pytest.fixture
def printer():
    with tcp_printer() as one:
        yield one


@pytest.fixture
async def branch(serve, seeded, printer) -> Branch:
    """A branch whose kiosk has a printer."""
    return Branch(await serve(faces, printers={"acme/door": printer.address}), seeded)


@pytest.fixture
async def ticket(branch, kiosk) -> str:
    response = await branch.client.post(f"{kiosk}/tickets", json={"queue": "caja", "language": "ar"})
    return (await response.json())["id"]


async def ask(branch, kiosk, ticket, **more):
    response = await branch.client.post(f"{kiosk}/prints", json={"ticket": ticket, **more})
    return response.status, await response.json()


async def test_a_ticket_is_printed_once_and_again_for_each_time_that_somebody_asks(branch, kiosk, ticket, printer):
    answers = [await ask(branch, kiosk, ticket) for _ in range(2)]
    once = len(printer.receipts)
    answers += [await ask(branch, kiosk, ticket, again="word-1") for _ in range(2)]

    assert answers == [(200, {"printed": True, "printer": "ok"})] * 4
    assert (once, len(printer.receipts)) == (1, 2)
    assert b"\x1dv0" in printer.receipts[0]


async def test_without_paper_nothing_is_printed_until_there_is_some(branch, kiosk, ticket, printer):
    printer.paper = "out"
    without = await ask(branch, kiosk, ticket)
    before = len(printer.receipts)
    printer.paper = "low"
    filled = await ask(branch, kiosk, ticket)

    assert without == (200, {"printed": False, "printer": "out"})
    assert filled == (200, {"printed": True, "printer": "low"})
    assert (before, len(printer.receipts)) == (0, 1)


async def test_an_open_cover_and_a_pulled_plug_are_offline(branch, kiosk, ticket, printer):
    printer.online = False
    uncovered = await ask(branch, kiosk, ticket)
    printer.close()
    unplugged = await ask(branch, kiosk, ticket)

    assert uncovered == unplugged == (200, {"printed": False, "printer": "offline"})


async def test_trouble_is_on_the_board_an_alert_and_a_gauge(branch, kiosk, ticket, printer, store, seeded, clock):
    store.write(change, table=agents, role="supervisor")

    def look():
        network = store.read(lambda tx: tx.network(seeded.account))
        return store.read(boards.read, viewer=network.agents.find("ana"), branch="main")

    printer.paper = "out"
    await ask(branch, kiosk, ticket)
    since = clock.machine()
    clock.move(seconds=100)
    await ask(branch, kiosk, ticket)

    (alert,) = (one for one in look().alerts if one.kind == "printer")
    assert (alert.kiosk, alert.printer, alert.since) == ("door", "out", since)
    assert store.read(gauges.gauges).printers == {"acme/door": "out"}
    await branch.client.get(f"{kiosk}/menu")
    (door,) = (one for one in store.read(fleet.of_account, account=seeded.account) if one.kind == "kiosk")
    assert printers.reported(door.report, clock.machine()) is not None
    clock.move(minutes=4)
    assert not [one for one in look().alerts if one.kind == "printer"]
    assert store.read(gauges.gauges).printers == {}


async def test_a_kiosk_obeys_from_afar_tries_its_printer_once_for_each_order_and_says_so(
    branch, kiosk, printer, store, seeded
):
    (door,) = (one for one in store.read(fleet.of_account, account=seeded.account) if one.kind == "kiosk")
    store.write(fleet.order, account=seeded.account, id=door.id, what="test")
    store.write(fleet.set_volume, account=seeded.account, id=door.id, volume=40)

    told = (await (await branch.client.get(f"{kiosk}/menu")).json())["device"]
    tries = [await branch.client.post(f"{kiosk}/test-prints", json={"order": 1}) for _ in range(2)]
    said = await branch.client.post(f"{kiosk}/report", json={"width": 1080, "height": 1920, "tested": 1})

    assert told == {"name": "door", "volume": 40, "phone": False, "orders": {"reload": 0, "identify": 0, "test": 1}}
    assert [await one.json() for one in tries] == [{"printed": True, "printer": "ok"}] * 2
    assert (len(printer.receipts), said.status) == (1, 204)
    report = store.read(fleet.get, account=seeded.account, id=door.id).report
    assert {name: report[name] for name in ("width", "height", "tested")} == {
        "width": 1080,
        "height": 1920,
        "tested": 1,
    }


async def test_what_a_kiosk_says_of_itself_leaves_its_printer_and_who_asked_for_help(kiosk, store, seeded, clock):
    (door,) = (one for one in store.read(fleet.of_account, account=seeded.account) if one.kind == "kiosk")
    store.write(printers.note, account="acme", kiosk="door", state="low")
    store.write(kiosk_help.ask, token=seeded.tokens["kiosk"])

    for about in ({"width": 1080, "tested": 1}, {"width": 800, "tested": None}):
        store.write(device_reports.add, account=seeded.account, id=door.id, about=about)

    report = store.read(fleet.get, account=seeded.account, id=door.id).report
    assert (report.keys(), report["width"]) == ({"printer", "help_at", "width"}, 800)
    assert (printer := printers.reported(report, clock.machine())) is not None
    assert printer.state == "low"


async def test_only_tickets_of_the_branch_are_printed(branch, kiosk, seeded):
    elsewhere = await branch.arrive(branch="north", queue="tramites")

    status, answer = await ask(branch, kiosk, elsewhere.id)

    assert (status, answer["kind"]) == (404, "ticket")


async def test_a_kiosk_without_a_printer_says_so(serve, seeded, kiosk):
    bare = Branch(await serve(faces), seeded)
    ticket = await bare.arrive()

    status, answer = await ask(bare, kiosk, ticket.id)

    assert (status, answer["kind"]) == (404, "printer")


async def test_ink_is_black_on_paper_that_stays_white(branch, kiosk, ticket, printer):
    await ask(branch, kiosk, ticket)

    (printed,) = printer.receipts
    assert 0.02 < sum(byte.bit_count() for byte in printed) / (8 * len(printed)) < 0.4
