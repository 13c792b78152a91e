"""`python -m tests.faults`: a campaign on seven processes and one on a lone one; --write: into docs/reliability.md."""

import argparse
import asyncio
import itertools
import random
import sys
import tempfile
from pathlib import Path

from tests.e2e.networks import bank
from tests.faults import campaign, page
from tests.faults.faults import Fault, drawn, of_many, of_one
from tests.faults.history import History
from tests.faults.people import Target
from tests.faults.site import lone, many
from tests.servers import Postgres, Redis, shared_directory, stop_all

ALLOWED = {"WEBHOOK_ALLOW_CIDRS": "127.0.0.0/8", "LOG_LEVEL": "warning"}


def main() -> None:
    """Run both, and say whether every promise was kept."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("--seven", type=int, default=300, help="faults for seven processes (300)")
    asked.add_argument("--one", type=int, default=100, help="faults for a lone process (100)")
    asked.add_argument("--pairs", type=float, default=0.2, help="the share of faults that come in pairs (0.2)")
    asked.add_argument("--only", help="only this kind of fault")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path, help="keep the processes' logs in this folder")
    asked.add_argument("--write", action="store_true", help="write the page")
    chosen = asked.parse_args()
    outcomes = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        if chosen.seven:
            outcomes["seven"] = asyncio.run(_seven(folder, chosen))
        if chosen.one:
            outcomes["one"] = asyncio.run(_one(folder, chosen))
    for shape, outcome in outcomes.items():
        print(f"{shape}: {outcome.verdict}")
    if chosen.write:
        page.write(outcomes, seed=chosen.seed)
    kept = all(o.verdict is not None and not o.verdict.broken and not o.stuck for o in outcomes.values())
    sys.exit(0 if kept else 1)


async def _seven(folder: Path, chosen: argparse.Namespace) -> campaign.Outcome:
    servers, history = shared_directory(), History()
    try:
        postgres, redis = Postgres.create(servers / "postgres"), Redis.create(servers / "redis")
        async with Target(history) as target:
            with many(folder, bank(target.url), postgres, redis, settings=ALLOWED) as site:
                faults = drawn(_wanted(of_many(site), chosen.only), random.Random(chosen.seed), chosen.pairs)
                return await campaign.run(site, history, itertools.islice(faults, chosen.seven))
    finally:
        stop_all(servers)


async def _one(folder: Path, chosen: argparse.Namespace) -> campaign.Outcome:
    history = History()
    async with Target(history) as target:
        with lone(folder, bank(target.url), settings=ALLOWED) as site:
            faults = drawn(_wanted(of_one(site), chosen.only), random.Random(chosen.seed), chosen.pairs)
            return await campaign.run(site, history, itertools.islice(faults, chosen.one))


def _wanted(faults: list[Fault], kind: str | None) -> list[Fault]:
    return [fault for fault in faults if kind in (None, fault.kind)]


if __name__ == "__main__":
    main()
