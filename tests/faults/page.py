"""The page of a campaign's figures: docs/reliability.md, written by `python -m tests.faults --write`."""

import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from qms.services.leases import LAPSES
from tests.faults.campaign import RECOVERY_SECONDS, Outcome
from tests.provenance import origin

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reliability.md"
SHAPES = {
    "seven": "Seven processes on PostgreSQL and Redis",
    "one": "One process on SQLite",
}
PROMISES = (
    ("tickets acknowledged", lambda v: v.acknowledged),
    ("lost", lambda v: len(v.lost)),
    ("served twice", lambda v: len(v.served_twice)),
    ("numbers doubled", lambda v: len(v.doubled)),
    ("gaps in the numbers", lambda v: len(v.gaps)),
    ("never served", lambda v: len(v.never_served)),
    ("called and never shown in the lobby", lambda v: len(v.never_shown)),
    ("webhooks missing", lambda v: len(v.webhooks_missing)),
    ("webhooks that came more than once (allowed: at least once is promised)", lambda v: v.webhooks_repeated),
    ("contradictions found by `turnero doctor`", lambda v: len(v.contradictions)),
)
LIMIT_SECONDS = LAPSES.total_seconds() + 2
"""Later than that nothing is to go on again."""

ABOUT = (Path(__file__).parent / "reliability.md").read_text("utf-8")


def write(outcomes: Mapping[str, Outcome], *, seed: int) -> None:
    """Write the page anew."""
    PAGE.write_text(ABOUT.rstrip() + "\n\n" + "\n".join(_figures(outcomes, seed)) + "\n", "utf-8")


def _figures(outcomes: Mapping[str, Outcome], seed: int) -> Iterator[str]:
    yield f"Measured {origin()}, seed {seed}."
    for shape, outcome in outcomes.items():
        yield f"\n## {SHAPES[shape]}\n"
        yield from _promises(outcome)
        yield ""
        yield from _recoveries(outcome)


def _promises(outcome: Outcome) -> Iterator[str]:
    verdict = outcome.verdict
    assert verdict is not None
    killed = sum(one.kind == "kill -9" or "kill -9" in one.what for one in outcome.recoveries)
    yield "| what | how many |"
    yield "|---|---:|"
    yield f"| faults inflicted, in {outcome.lasted / 60:.0f} minutes | {len(outcome.recoveries)} |"
    yield f"| … with a `kill -9` among them | {killed} |"
    for name, count in PROMISES:
        yield f"| {name} | {count(verdict)} |"
    late = sum(one.seconds is None or one.seconds > LIMIT_SECONDS for one in outcome.recoveries)
    yield f"| faults after which work went on later than {LIMIT_SECONDS:.0f} s (a lease and 2 s) | {late} |"
    yield f"| … not within {RECOVERY_SECONDS:.0f} s | {outcome.stuck} |"


def _recoveries(outcome: Outcome) -> Iterator[str]:
    kinds = defaultdict(list)
    for one in outcome.recoveries:
        for kind in (one.kind, "all"):
            kinds[kind].append(one)
    yield "| kind of fault | how many | recovery p50 | p99 | longest | everybody p50 | longest |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for kind in sorted(kinds, key=lambda kind: (kind == "all", kind)):
        first = sorted(one.seconds for one in kinds[kind] if one.seconds is not None)
        everybody = sorted(one.calm_seconds for one in kinds[kind] if one.calm_seconds is not None)
        figures = (*_spread(first), *_spread(everybody)[::2])
        yield f"| {kind} | {len(kinds[kind])} | " + " | ".join(figures) + " |"


def _spread(took: Sequence[float]) -> Sequence[str]:
    """The middle one, the hundredth that took longest, and the longest."""
    if not took:
        return ("never",) * 3
    return [f"{seconds:.2f} s" for seconds in (statistics.median(took), _percentile(took, 0.99), took[-1])]


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
