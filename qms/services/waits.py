"""Waits: how long people in a queue at a branch will wait, by what stands there and what the queue has taught."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from acd.forecast import PRIOR_SECONDS, Forecast, Line, Model, Recent, leaving_rate, mean_handle_seconds, shown
from qms.domain.network import Branch, Network, Queue
from qms.services.on_duty import Staff
from qms.store import forecasts
from qms.store.columns import micros
from qms.store.live import LIVE_TICKET_SQL
from qms.store.tx import Tx

Wait = tuple[int, int]
"""Minutes that half, and nine tenths, wait at most."""

LOOKED_BACK = timedelta(hours=24)
LOOKED_AT = 500
"""The mean of serving is over the tickets answered within that time, the last so many."""

LATELY = timedelta(hours=2)
QUARTER = timedelta(minutes=15)
ANSWERS_LOOKED_AT = 200

KEPT_FOR = timedelta(seconds=10)
"""What is not about single tickets is read anew after that (machine time)."""

_HANDLED = """SELECT ended_at - COALESCE(serving_since, called_at), assigned_at - enqueued_at FROM ticket
WHERE queue_id = :queue AND assigned_at > :since AND state = 'done' AND called_at IS NOT NULL
ORDER BY assigned_at DESC LIMIT :most"""

_GAVE_UP = """SELECT COUNT(*), COALESCE(SUM(ended_at - enqueued_at), 0) FROM ticket
WHERE queue_id = :queue AND state = 'cancelled' AND ended_at > :since AND assigned_at IS NULL"""

_ANSWERED = """SELECT assigned_at, assigned_at - enqueued_at, key < enqueued_at FROM ticket
WHERE queue_id = :queue AND assigned_at > :since AND COALESCE(branch_id, '') = :branch
ORDER BY assigned_at DESC LIMIT :most"""

_IN_LINE = f"""SELECT queue_id, COUNT(*), MIN(enqueued_at) FROM ticket
WHERE branch_id = :branch AND {LIVE_TICKET_SQL}
AND state IN ('waiting', 'offered') GROUP BY queue_id"""  # noqa: S608 - our own words

_IN_LINE_AFAR = f"""SELECT queue_id, COUNT(*), MIN(enqueued_at) FROM ticket
WHERE domain_id = :domain AND branch_id IS NULL AND {LIVE_TICKET_SQL}
AND state IN ('waiting', 'offered') GROUP BY queue_id"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many stand in a line, and when the one who has waited longest came (microseconds)."""

    waiting: int = 0
    since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A wait as a person is told it, and what it was made from: no forecast where somebody is free at once."""

    wait: Wait
    forecast: Forecast | None = None
    learnt: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What a process keeps of one queue at one branch: its model too, for as long as it has `taught` no more."""

    at: datetime
    recent: Recent
    taught: Mapping[str, Any] | None
    model: Model


NOBODY = Standing()


def in_line(tx: Tx, branch: str | None, domain: str = "") -> Mapping[str, Standing]:
    """Who waits at a branch, by queue, or from afar in a routing domain; whose ticket rings at a desk waits too."""
    rows = tx.raw(_IN_LINE, {"branch": branch}) if branch is not None else tx.raw(_IN_LINE_AFAR, {"domain": domain})
    return {queue: Standing(waiting=int(count), since=int(since)) for queue, count, since in rows}


def tell(
    tx: Tx,
    network: Network,
    queue: Queue,
    branch: str | None,
    there: Staff,
    lines: Mapping[str, Standing],
    *,
    ahead: int,
    inside: bool = False,
    credited: bool = False,
    before: Wait | None = None,
) -> Told | None:
    """The wait of somebody with so many people ahead, who was told `before`; None where nobody serves.

    `lines` are all at his branch, with himself in one if `inside`. Costs no statement but for one look in 10 s.
    """
    if there.on_duty == 0:
        return None
    if there.idle > ahead:
        return Told(wait=(0, 0))
    kept, own = _kept(tx, network, queue, branch), lines.get(queue.id, NOBODY)
    line = Line(
        ahead=ahead,
        servers=there.on_duty,
        length=max(own.waiting - inside, ahead),
        others=sum(one.waiting for id, one in lines.items() if id != queue.id and id in there.serve),
        free=there.idle,
        head_seconds=max(micros(tx.now) - own.since, 0) / 1_000_000 if own.since is not None else 0.0,
        credited=credited,
        recent=kept.recent,
    )
    forecast = kept.model.forecast(line)
    return Told(wait=shown(forecast, before), forecast=forecast, learnt=kept.model.learnt)


def expected(
    tx: Tx, network: Network, queue: Queue, branch: Branch, there: Staff, lines: Mapping[str, Standing]
) -> Wait | None:
    """The wait of whoever joins a line now, as it is shown to all; None where nobody serves."""
    ahead = lines.get(queue.id, NOBODY).waiting
    said = network.memo.setdefault(("wait said", queue.id, branch.id), {})
    told = tell(tx, network, queue, branch.id, there, lines, ahead=ahead, before=said.get("wait"))
    if told is None:
        said.clear()
        return None
    said["wait"] = told.wait
    return told.wait


def handling_seconds(tx: Tx, network: Network, queue: Queue, branch: str | None) -> float:
    """How long serving somebody takes in a queue, as its forecast has learned it."""
    return _kept(tx, network, queue, branch).recent.handling_seconds


def made_from(told: Told) -> dict[str, Any]:
    """What a quote was made from, to be kept with it."""
    if told.forecast is None:
        return {}
    made = told.forecast
    return {
        "likely": made.likely_seconds,
        "safe": made.safe_seconds,
        "middle": made.middle_minutes,
        "spread": made.spread_minutes,
        "x": [round(one, 6) for one in made.x],
    }


def forecast_of(made: Mapping[str, Any]) -> Forecast | None:
    """The forecast that was kept with a quote; None where there was none, or an older release made it."""
    if not made:
        return None
    return Forecast(
        likely_seconds=made["likely"],
        safe_seconds=made["safe"],
        middle_minutes=made["middle"],
        spread_minutes=made["spread"],
        x=tuple(made["x"]),
    )


def _kept(tx: Tx, network: Network, queue: Queue, branch: str | None) -> _Kept:
    """What is known of a queue at a branch, at most ten seconds old."""
    name = ("forecast", queue.id, branch)
    kept: _Kept | None = network.memo.get(name)
    if kept is None or abs(tx.machine_now - kept.at) >= KEPT_FOR:
        taught = forecasts.model_of(tx, queue.id, branch or "")
        model = kept.model if kept is not None and kept.taught == taught else Model.of_json(taught)
        kept = _Kept(at=tx.machine_now, recent=recent(tx, network, queue, branch), taught=taught, model=model)
        network.memo[name] = kept
    return kept


def recent(tx: Tx, network: Network, queue: Queue, branch: str | None) -> Recent:
    """What has happened in a queue lately: serving and giving up anywhere, answers at the branch."""
    since = micros(tx.now - LOOKED_BACK)
    handled = tx.raw(_HANDLED, {"queue": queue.id, "since": since, "most": LOOKED_AT})
    ((gave_up, waited_in_vain),) = tx.raw(_GAVE_UP, {"queue": queue.id, "since": since})
    lately = {"queue": queue.id, "branch": branch or "", "since": micros(tx.now - LATELY), "most": ANSWERS_LOOKED_AT}
    answered = tx.raw(_ANSWERED, lately)
    quarter = [credited for at, _, credited in answered if at > micros(tx.now - QUARTER)]
    last = [max(waited, 0) / 1_000_000 for _, waited, _ in answered[:5]]
    waited = sum(row[1] for row in handled) + int(waited_in_vain)
    per_hour = timedelta(hours=1) / QUARTER
    return Recent(
        handling_seconds=mean_handle_seconds((row[0] / 1_000_000 for row in handled), _configured(network, queue)),
        leaving_per_second=leaving_rate(int(gave_up), waited / 1_000_000),
        last_wait_seconds=last[0] if last else 0.0,
        mean_wait_seconds=sum(last) / len(last) if last else 0.0,
        answered_per_hour=len(quarter) * per_hour,
        credited_per_hour=sum(map(bool, quarter)) * per_hour,
    )


def _configured(network: Network, queue: Queue) -> float:
    """The seconds that serving takes as far as the network file says: the mean of what is booked in the queue."""
    minutes = [s.rules.get("duration_minutes", 0) for s in network.services.values() if s.queue_id == queue.id]
    minutes = [each for each in minutes if each > 0]
    return 60 * sum(minutes) / len(minutes) if minutes else PRIOR_SECONDS
