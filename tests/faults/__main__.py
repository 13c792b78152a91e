"""`python -m tests.faults`: a campaign on seven processes and one on a lone one; --write: into docs/reliability.md."""

import argparse
import asyncio
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults import campaign, page
from tests.faults.faults import Fault, drawn, of_many, of_one
from tests.faults.history import History
from tests.faults.lan import Lan
from tests.faults.people import Target
from tests.faults.site import lone, many
from tests.servers import Postgres, Redis, shared_directory, stop_all


def main() -> None:
    """Run both, and say whether every promise was kept."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument(
        "--minutes", type=float, default=16, help="let it go wrong for so long: four fifths the seven (16)"
    )
    asked.add_argument("--seven", type=int, default=300, help="so many faults at most for seven processes (300)")
    asked.add_argument("--one", type=int, default=100, help="so many at most for a lone process (100)")
    asked.add_argument("--pairs", type=float, default=0.2, help="the share of faults that come in pairs (0.2)")
    asked.add_argument("--only", help="only this kind of fault")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path, help="keep the processes' logs in this folder")
    asked.add_argument("--write", action="store_true", help="write the page")
    chosen = asked.parse_args()
    shapes = {"seven": (_seven, chosen.seven), "one": (_one, chosen.one)}
    outcomes = {}
    with tempfile.TemporaryDirectory() as scratch:
        for shape in (name for name, (_, most) in shapes.items() if most):
            outcomes[shape] = asyncio.run(shapes[shape][0](chosen.keep or Path(scratch), chosen))
            if chosen.write:  # at once, whatever becomes of the next one
                page.write(outcomes, seed=chosen.seed)
    for shape, outcome in outcomes.items():
        print(f"{shape}: {outcome.verdict}")
    kept = all(o.verdict is not None and not o.verdict.broken and not o.stuck for o in outcomes.values())
    sys.exit(0 if kept else 1)


async def _seven(folder: Path, chosen: argparse.Namespace) -> campaign.Outcome:
    servers, history = shared_directory(), History()
    try:
        postgres, redis = Postgres.create(servers / "postgres"), Redis.create(servers / "redis")
        async with Target(history) as target:
            with Lan.if_possible() as lan, many(folder, target, postgres, redis, lan=lan) as site:
                return await campaign.run(site, history, _drawn(of_many(site), chosen, chosen.seven, 0.8))
    finally:
        stop_all(servers)


async def _one(folder: Path, chosen: argparse.Namespace) -> campaign.Outcome:
    history = History()
    async with Target(history) as target:
        with lone(folder, target) as site:
            return await campaign.run(site, history, _drawn(of_one(site), chosen, chosen.one, 0.2))


def _drawn(faults: list[Fault], chosen: argparse.Namespace, most: int, share: float) -> Iterator[Fault]:
    """So many faults at most, in this share of the time."""
    wanted = [fault for fault in faults if chosen.only in (None, fault.kind)]
    until = time.monotonic() + chosen.minutes * 60 * share
    for fault in itertools.islice(drawn(wanted, random.Random(chosen.seed), chosen.pairs), most):
        if time.monotonic() > until:
            return
        yield fault


if __name__ == "__main__":
    main()
