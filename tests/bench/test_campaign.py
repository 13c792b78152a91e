"""Ten thousand reminders due in the same minute: how long they take, and that none goes out twice over a kill."""

import time
from pathlib import Path

import pytest

from tests.campaign import NETWORK, Sink, outbox, put_down
from tests.e2e.turnero import serving

COUNT = 10_000


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kills", [0, 2])
def test_ten_thousand_reminders_go_out_within_a_minute_each_once(tmp_path: Path, kills: int) -> None:
    with Sink() as sink, serving(tmp_path, NETWORK, SMTP_URL=sink.url, LOG_LEVEL="warning") as server:
        began = time.monotonic()
        put_down(f"sqlite:///{tmp_path / 'turnero.db'}", COUNT)
        for kill in range(kills):
            _wait(lambda wanted=(kill + 1) * COUNT // (kills + 1): len(sink.recipients) >= wanted)
            server.kill()
            server.start()
        _wait(lambda: len(sink.recipients) >= COUNT)
        took = time.monotonic() - began
        time.sleep(1)
        states = outbox(server.run("outbox", "list", "--account", "acme", "--limit", str(2 * COUNT), "--json"))

    print(f"\n{COUNT} reminders, {kills} kills: {took:.1f} s, {COUNT / took:.0f}/s; {dict(states)}")
    assert sink.twice == []
    assert len(set(sink.recipients)) == COUNT
    assert took < 60


def _wait(so, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.005)
