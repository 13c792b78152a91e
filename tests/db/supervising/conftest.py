"""The town with a supervisor of everything, and one of a single branch."""

from collections.abc import Callable
from typing import Any

import pytest

from qms.store.store import Store
from tests.clock import HandClock
from tests.db.work.town import TOWN, Town

PEOPLE = """
[[agent]]
key = "sue"
firstname = "Sue"
role = "supervisor"

[[agent]]
key = "bob"
firstname = "Bob"
role = "supervisor"
supervises = ["bare"]

[[screen]]
key = "lobby"
branch = "main"
token = "lobby"
"""


@pytest.fixture
def town(store: Store, clock: HandClock) -> Town:
    """The town with nobody in it, on Monday at noon."""
    return Town.built(store, clock, TOWN + PEOPLE)


Steer = Callable[..., Any]


@pytest.fixture
def steer(town: Town) -> Steer:
    """`steer(command, by="sue", …)`: a supervisor's command, after which the invariants hold."""

    def steer(command: Callable[..., Any], *, by: str = "sue", domain: Any = None, **given: Any) -> Any:
        held = domain or town.network.branches.find("main").domain_id
        done = town.store.write(command, domain=held, account=town.account, by=town.agent(by), **given)
        town.clock.move(microseconds=1)  # as any real clock would: the journal orders by time
        return town._checked(done)

    return steer
