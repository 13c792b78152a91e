"""A pass of the distributor and a search for free slots, on each database, beside a transaction that does nothing."""

import statistics
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from typing import Any

from qms.services import passes
from qms.services.booking import availability
from qms.store.migrate import migrate
from qms.store.store import Store
from qms.store.tx import Tx
from tests.bench import calendar_house
from tests.bench.calendar_house import BERLIN, TENTH
from tests.clock import HandClock
from tests.db.house import House
from tests.vault import VAULT

AGENTS, WAITING = 20, 500
ROUNDS = 40


class Enough(Exception):
    """Ends a transaction, which is rolled back: the next one finds what this one found."""


def section(databases: Mapping[str, Callable[[], AbstractContextManager[str]]]) -> list[str]:
    """Both on each database: what lends the URL of an empty one, by name."""
    rows = ["", "## A pass of the distributor, and a search for slots", ""]
    rows += [f"A pass: {AGENTS} agents and booths have just become free, {WAITING} people wait, {AGENTS} are offered;"]
    rows += [
        "nothing: a transaction that holds the domain and does nothing. A search: the free starts of a day, and the"
    ]
    rows += ["free days of a month, with fifty agents of twenty bookings a day each. Medians.", ""]
    rows += ["| | a pass, ms | nothing, ms | a day, ms | a month, ms |", "|---|---|---|---|---|"]
    for name, empty in databases.items():
        with empty() as one, empty() as another:
            cells = [f"{took:.2f}" for took in (*_pass(one), *_search(another))]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return rows


def _pass(url: str) -> tuple[float, float]:
    store = _store(url)
    house = House(store, _hall())
    for n in range(AGENTS):
        house.sign_in(f"a{n}")
    for _ in range(WAITING):
        house.take("line", "main")
    (domain,) = house.domains
    found = _median(lambda: _undone(store, domain, passes.run, routing_domain=domain))
    nothing = _median(lambda: _undone(store, domain, _nothing))
    store.close()
    return found, nothing


def _search(url: str) -> tuple[float, float]:
    store = _store(url)
    house = calendar_house.filled(store)
    wanted: dict[str, Any] = {"account": house.account, "service": "visit", "day": TENTH, "where": BERLIN}
    ways = (availability.starts, availability.days)
    day, month = (_median(lambda way=way: store.read(way, **wanted)) for way in ways)  # type: ignore[misc]
    store.close()
    return day, month


def _store(url: str) -> Store:
    store = Store(url, HandClock(), VAULT)
    migrate(store.engine)
    return store


def _hall() -> str:
    pocs = ", ".join(f'{{ key = "p{n}", kind = "booth" }}' for n in range(AGENTS))
    text = f'[account]\nslug = "hall"\n[[branch]]\nkey = "main"\npocs = [{pocs}]\n'
    text += '[[queue]]\nkey = "line"\nbranches = ["main"]\n'
    return text + "".join(f'[[agent]]\nkey = "a{n}"\nqueues = ["line"]\n' for n in range(AGENTS))


def _nothing(tx: Tx) -> None:
    """Nothing."""


def _undone(store: Store, domain: str, service: Callable[..., Any], **arguments: Any) -> None:
    def run(tx: Tx) -> None:
        service(tx, **arguments)
        raise Enough

    with suppress(Enough):
        store.write(run, domain=domain)


def _median(run: Callable[[], Any]) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)
