"""Traffic that is known: arrivals and services at random before a few agents, first come first served."""

import heapq
import random
from collections import deque
from collections.abc import Iterator

from acd.forecast import Line, Recent

SERVERS, MEAN, LOAD = 4, 240.0, 0.92


def waits(chance: random.Random, *, people: int, told: float = MEAN) -> Iterator[tuple[Line, float]]:
    """Whoever has to wait: his line when he came, and how long he waited. M/M/c, one at a time.

    A lesson comes with the next question, a little before the person is answered: nothing here depends on that.
    """
    free_at = [0.0] * SERVERS
    starts: deque[tuple[float, float]] = deque()
    last: deque[float] = deque([0.0], maxlen=5)
    now = 0.0
    for _ in range(people):
        now += chance.expovariate(SERVERS * LOAD / MEAN)
        while starts and starts[0][0] <= now:
            last.append(starts[0][0] - starts.popleft()[1])
        start = max(now, heapq.heappop(free_at))
        heapq.heappush(free_at, start + chance.expovariate(1 / MEAN))
        if start == now:
            continue
        recent = Recent(handling_seconds=told, last_wait_seconds=last[-1], mean_wait_seconds=sum(last) / len(last))
        head = now - starts[0][1] if starts else 0.0
        yield Line(ahead=len(starts), servers=SERVERS, head_seconds=head, recent=recent), start - now
        starts.append((start, now))
