"""Many processes while something breaks: the campaign in short, and restarts one after the other. See tests/faults."""

from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest

from tests.faults import campaign
from tests.faults.deeds import restarted
from tests.faults.faults import Fault, of_many
from tests.faults.history import History
from tests.faults.lan import Lan
from tests.faults.people import Target
from tests.faults.site import Site, many
from tests.servers import Postgres, Redis

ALL = "gateway,kiosk,desk,screens,acd"
TWO = {"one": ALL, "other": ALL}
SHORT = (
    ("kill -9", "one"),
    ("SIGSTOP", "other"),
    ("FLUSHALL", "redis"),
    ("line cut", "database line a"),
)
OFF_THE_NETWORK = (("network gone", "other"), ("network one-way", "from one"), ("database unreachable", "other"))


@pytest.fixture
def history() -> History:
    return History()


@pytest.fixture
def lan(request: pytest.FixtureRequest) -> Iterator[Lan | None]:
    """None; or a network of machines for whoever asks for one, where it can be made.

    It is not made beside tests of pages: to a browser, the machine that it runs on has changed networks.
    """
    with Lan.if_possible() if getattr(request, "param", False) else nullcontext() as made:
        yield made


@pytest.fixture
async def site(
    history: History, tmp_path: Path, postgres: Postgres, redis_server: Redis, lan: Lan | None
) -> AsyncIterator[Site]:
    """Two processes, each of which plays every role."""
    async with Target(history) as target:
        with many(tmp_path, target, postgres, redis_server, roles=TWO, lan=lan) as made:
            yield made


@pytest.mark.timeout(300)
async def test_what_was_promised_holds_whatever_breaks(site: Site, history: History) -> None:
    known = {(fault.kind, fault.what): fault for fault in of_many(site)}

    outcome = await campaign.run(site, history, [known[which] for which in SHORT])

    assert outcome.verdict is not None
    assert outcome.verdict.broken == {}
    assert outcome.stuck == 0
    assert outcome.verdict.acknowledged > len(SHORT)


@pytest.mark.campaign
@pytest.mark.timeout(300)
@pytest.mark.parametrize("lan", [True], indirect=True)
async def test_what_was_promised_holds_when_machines_lose_their_network(site: Site, history: History) -> None:
    known = {(fault.kind, fault.what): fault for fault in of_many(site)}
    if not any(which in known for which in OFF_THE_NETWORK):
        pytest.skip("no network can be made here")

    outcome = await campaign.run(site, history, [known[which] for which in OFF_THE_NETWORK])

    assert outcome.verdict is not None
    assert outcome.verdict.broken == {}
    assert outcome.stuck == 0


@pytest.mark.campaign
@pytest.mark.timeout(300)
async def test_restarts_in_turn_fail_no_request_and_leave_no_screen_dark(site: Site, history: History) -> None:
    turns = [
        Fault(kind="restart", what=name, seconds=(0, 0), going=partial(restarted, site.processes[name]))
        for name in ("one", "other", "one", "other")
    ]

    outcome = await campaign.run(site, history, turns)

    assert outcome.verdict is not None
    assert outcome.verdict.broken == {}
    assert history.refused == []
    assert history.most_tries <= 20
    assert max(history.dark[1:]) < 3
    assert [process.exit_code for process in site.processes.values()] == [0, 0]
