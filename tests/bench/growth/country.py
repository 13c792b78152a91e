"""`python -m tests.bench.growth.country [--branches N] > country.toml`: the network file of a whole country, made up.

Per branch: two queues, ten agents and two and a half screens, as a large bank has; no two branches share anybody.
"""

import argparse
import sys
from collections.abc import Iterator

HEAD = """[account]
slug = "country"
name = "A bank in every town"
timezone = "America/Santiago"
"""

BRANCH = """
[[branch]]
key = "b{n}"
label = "Branch {n}"
pocs = [{{ key = "b{n}c1", kind = "counter" }}, {{ key = "b{n}c2", kind = "counter" }}]
hours = {{ mon-fri = ["09:00-18:00"] }}

[[queue]]
key = "b{n}-cash"
prefix = "C"
branches = ["b{n}"]
mode = "counter"

[[queue]]
key = "b{n}-advice"
prefix = "A"
branches = ["b{n}"]
mode = "counter"
"""

AGENT = """
[[agent]]
key = "b{n}a{m}"
firstname = "Agent {m}"
lastname = "of branch {n}"
queues = ["b{n}-cash", "b{n}-advice"]
"""

SCREEN = """
[[screen]]
key = "b{n}s{m}"
branch = "b{n}"
token = "screen-{n}-{m}-of-the-country"
"""


def country(branches: int) -> Iterator[str]:
    """The parts of the file, in order."""
    yield HEAD
    for n in range(branches):
        yield BRANCH.format(n=n)
        yield from (AGENT.format(n=n, m=m) for m in range(10))
        yield from (SCREEN.format(n=n, m=m) for m in range(2 + n % 2))


def main() -> None:
    """Print it."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.growth.country")
    asked.add_argument("--branches", type=int, default=2000)
    sys.stdout.writelines(country(asked.parse_args().branches))


if __name__ == "__main__":
    main()
