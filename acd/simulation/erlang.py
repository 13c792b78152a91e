"""Queues that mathematics knows exactly: Erlang's B and C, and A for people who lose patience.

`servers` agents, people who come as a Poisson process, exponential services, one queue, first come first served. They
judge the simulation, and they say how many agents a quarter of an hour needs. All rates are per second.

    B (those who find all busy go away)         1/B(n) = 1 + n / (a·B(n−1))           a = λ/μ, the load in erlangs
    C (they wait)                               C = B / (1 − u(1 − B))                u = a/c, the utilisation
        P(W > t) = C·e^{−(cμ−λ)t}               E[W] = C / (cμ − λ)
    A (they wait until their patience ends)     p_{n+1} = p_n·λ / (min(n+1, c)·μ + (n+1−c)⁺·θ)
        P(leaves) = θ·E[Q]/λ                    E[W] = E[Q]/λ   over all, also those who leave

Sources: A. K. Erlang (1917); C. Palm (1957); O. Garnett, A. Mandelbaum and M. Reiman, "Designing a call center with
impatient customers", M&SOM 4 (2002); N. Gans, G. Koole and A. Mandelbaum, "Telephone call centers", M&SOM 5 (2003).
"""

import math
from dataclasses import dataclass
from itertools import accumulate

_NEGLIGIBLE = 1e-13
"""A state, or a step of the death chain, less likely than this is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steady:
    """A queue in its steady state, as those who come see it.

    `service_level` is the share of all who come that are served within the target. The mean wait is over all who come.
    """

    wait_probability: float
    mean_wait_seconds: float
    abandonment: float
    service_level: float
    occupancy: float


def erlang_b(servers: int, load: float) -> float:
    """The share of those who find all servers busy, where nobody waits."""
    inverse = 1.0
    for n in range(1, servers + 1):
        inverse = 1 + n / load * inverse
    return 1 / inverse


def erlang_c(servers: int, rate: float, handling_seconds: float, target_seconds: float) -> Steady:
    """People wait as long as it takes.

    Raises:
        ValueError: more come than the servers can ever serve.
    """
    load = rate * handling_seconds
    if load >= servers:
        raise ValueError(f"{load:g} erlangs are too much for {servers}: the queue grows for ever")
    blocked = erlang_b(servers, load)
    waits = blocked / (1 - load / servers * (1 - blocked))
    spare = servers / handling_seconds - rate
    return Steady(
        wait_probability=waits,
        mean_wait_seconds=waits / spare,
        abandonment=0.0,
        service_level=1 - waits * math.exp(-spare * target_seconds),
        occupancy=load / servers,
    )


def erlang_a(
    servers: int, rate: float, handling_seconds: float, patience_seconds: float, target_seconds: float
) -> Steady:
    """People wait until an exponential patience ends: stable under any load. Without patience it is Erlang C."""
    if math.isinf(patience_seconds):
        return erlang_c(servers, rate, handling_seconds, target_seconds)
    if rate <= 0:
        return Steady(wait_probability=0, mean_wait_seconds=0, abandonment=0, service_level=1, occupancy=0)
    serve, leave = 1 / handling_seconds, 1 / patience_seconds
    shares = _shares(servers, rate, serve, leave)
    queueing = shares[servers:]
    length = math.fsum(ahead * share for ahead, share in enumerate(queueing))
    busy = math.fsum(min(n, servers) * share for n, share in enumerate(shares))
    in_time = _served_in_time(servers * serve, leave, target_seconds, len(queueing))
    return Steady(
        wait_probability=math.fsum(queueing),
        mean_wait_seconds=length / rate,
        abandonment=leave * length / rate,
        service_level=math.fsum(
            [*shares[:servers], *(share * within for share, within in zip(queueing, in_time, strict=True))]
        ),
        occupancy=busy / servers if servers else 0.0,
    )


def _shares(servers: int, rate: float, serve: float, leave: float) -> list[float]:
    """How much of the time there are n people, from none on; scaled on the way, so that nothing overflows."""
    logs = [0.0]
    peak, n = 0.0, 0
    while n <= servers or logs[-1] > peak + math.log(_NEGLIGIBLE):
        n += 1
        logs.append(logs[-1] + math.log(rate / (min(n, servers) * serve + max(n - servers, 0) * leave)))
        peak = max(peak, logs[-1])
    weights = [math.exp(one - peak) for one in logs]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def _served_in_time(serve: float, leave: float, target_seconds: float, places: int) -> list[float]:
    """The chance to be served within the target with k people ahead in line, for each k below `places`.

    The line ahead is a death chain: from k ahead somebody is served at rate `serve`, or one of the k leaves, or the
    person himself, at rate `leave` each. Uniformised: jumps at the highest rate, their number Poisson distributed.
    Where nobody serves (`serve` is 0) nobody is served.
    """
    if serve <= 0:
        return [0.0] * places
    fastest = serve + places * leave
    jumps = fastest * target_seconds
    steps = int(jumps + 8 * math.sqrt(jumps) + 30)
    log_terms = [-jumps + (n * math.log(jumps) if n else 0.0) - math.lgamma(n + 1) for n in range(steps + 1)]
    at_least = list(accumulate(reversed([math.exp(one) for one in log_terms])))[::-1]
    within = [0.0] * places
    arrives = [serve / fastest if ahead == 0 else 0.0 for ahead in range(places)]
    for n in range(1, steps + 1):
        # `arrives[k]`: served at exactly the nth jump, from k ahead. Counted if there are n jumps within the target.
        within = [one + chance * at_least[n] for one, chance in zip(within, arrives, strict=True)]
        arrives = [
            (arrives[ahead - 1] * (serve + ahead * leave) if ahead else 0.0) / fastest
            + arrives[ahead] * (1 - (serve + (ahead + 1) * leave) / fastest)
            for ahead in range(places)
        ]
    return within
