"""Durable intake: tickets per second beside the bare handler and the same route storing nothing, as a table."""

import statistics
from collections.abc import Sequence

from tests.bench import stage

CONNECTIONS = (1, 64, 256)
ROUNDS = 9
SECONDS = 2.0

Figures = dict[tuple[str, int], list[dict[str, float]]]


def section(servers: Sequence[stage.Server]) -> list[str]:
    """Measure them; the first is the limit, the second the peer."""
    return _table(_measured(servers), servers)


def _measured(servers: Sequence[stage.Server]) -> Figures:
    """Rounds that take the servers in turn, so that whatever disturbs one disturbs all."""
    found: Figures = {}
    for connections in CONNECTIONS:
        for _ in range(ROUNDS):
            for server in servers:
                found.setdefault((server.name, connections), []).append(stage.load(server, connections, SECONDS))
    return found


def _table(found: Figures, servers: Sequence[stage.Server]) -> list[str]:
    """Requests per second, and each as a share of the limit and of the peer."""
    bare, nothing = servers[0].name, servers[1].name
    rows = ["## Tickets per second, acknowledged after commit", ""]
    rows += [
        f"Medians of {ROUNDS} interleaved rounds of {SECONDS:g} s, all servers up at once; shares round by round.",
        "",
    ]
    rows += ["| | connections | per second | p50 ms | p99 ms | of the bare handler | of storing nothing |"]
    rows += ["|---|---|---|---|---|---|---|"]
    for connections in CONNECTIONS:
        for server in servers:
            p50, p99 = (_median(found[server.name, connections], name) for name in ("p50_ms", "p99_ms"))
            rate = _median(found[server.name, connections], "per_second")
            shares = [
                f"{_share(found[server.name, connections], found[peer, connections]):.2f}" for peer in (bare, nothing)
            ]
            cells = [server.name, str(connections), f"{rate:,.0f}", f"{p50:.1f}", f"{p99:.1f}", *shares]
            rows.append(f"| {' | '.join(cells)} |")
    return rows


def _share(rounds: Sequence[dict[str, float]], peers: Sequence[dict[str, float]]) -> float:
    """The median of the rounds' shares: a machine that slows down for a while slows down both of a round."""
    return statistics.median(one["per_second"] / peer["per_second"] for one, peer in zip(rounds, peers, strict=True))


def _median(rounds: Sequence[dict[str, float]], name: str) -> float:
    return statistics.median(one[name] for one in rounds)
