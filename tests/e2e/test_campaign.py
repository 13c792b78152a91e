"""Many reminders in the same minute, and a process that is killed while it sends them."""

import random
import time
from pathlib import Path

from tests.campaign import NETWORK, Sink, outbox, put_down
from tests.e2e.turnero import serving

COUNT = 300


def test_every_reminder_goes_out_once_though_the_process_is_killed_again_and_again(tmp_path: Path) -> None:
    chance = random.Random(7)
    with Sink() as sink, serving(tmp_path, NETWORK, SMTP_URL=sink.url) as server:
        put_down(f"sqlite:///{tmp_path / 'turnero.db'}", COUNT)
        for kill in range(1, 4):
            _wait(lambda wanted=kill * COUNT // 5: len(sink.recipients) >= wanted)
            time.sleep(chance.uniform(0, 0.05))
            server.kill()
            server.start()
        _wait(lambda: len(sink.recipients) >= COUNT)
        time.sleep(0.5)

        rows = server.run("outbox", "list", "--account", "acme", "--limit", "1000", "--json")

    assert sink.twice == []
    assert len(set(sink.recipients)) == COUNT
    states = outbox(rows)
    assert states["sent"] + states["unconfirmed"] == COUNT


def _wait(so, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.002)
