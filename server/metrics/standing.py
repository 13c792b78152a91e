"""How things stand when somebody looks: read from the database and from this process at every scrape."""

import shutil
from collections.abc import Iterator, Mapping

from aiohttp import web
from prometheus_client import CollectorRegistry, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from qms.domain.errors import Refused
from qms.services.gauges import Gauges, gauges
from qms.services.printers import PrinterState
from qms.web.keys import SITE, STOPPING, STORE
from server.disk import folder_of
from server.keys import SETTINGS, WORKER_BEAT
from server.metrics.loop import LAG

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a counter began is a third of all lines


PAPER: Mapping[PrinterState, float] = {"ok": 2, "low": 1, "out": 0, "offline": -1}
"""What a printer has, as a figure: below one, nothing is printed."""


class Standing(Collector):
    """One look; `figures` None: the database did not answer."""

    def __init__(self, app: web.Application, figures: Gauges | None) -> None:
        self._app = app
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """The families of this look."""
        yield from self._process()
        yield _gauge("qms_database_up", "Whether the database answered this look.", float(self._figures is not None))
        if self._figures is not None:
            yield from _database(self._figures)

    def _process(self) -> Iterator[Metric]:
        app = self._app
        yield _labelled("qms_build_info", "Which release this is.", "version", {app[SITE].version: 1})
        yield _gauge("qms_draining", "Whether this process is about to stop.", float(app[STOPPING].begun))
        yield _gauge("qms_event_loop_lag_seconds", "How late the event loop was last.", app[LAG].seconds)
        pools = {"writers": app[STORE].store.engine.pool, "readers": app[STORE].store.snapshots.pool}
        in_use = {name: float(pool.checkedout()) for name, pool in pools.items()}  # type: ignore[attr-defined]
        yield _labelled("qms_db_pool_in_use", "Database connections in use.", "pool", in_use)
        if (beat := app.get(WORKER_BEAT)) is not None:
            yield _gauge("qms_worker_silent_seconds", "Since the worker last looked for deadlines.", beat())
        if (folder := folder_of(app[SETTINGS])) is not None:
            free = float(shutil.disk_usage(folder).free)
            yield _gauge("qms_disk_free_bytes", "What is free where the database is.", free)


async def exposition(app: web.Application) -> bytes:
    """All metrics of this process, in the text format."""
    try:
        figures: Gauges | None = await app[STORE].read(gauges)
    except Refused:
        figures = None
    look = CollectorRegistry()
    look.register(Standing(app, figures))
    return generate_latest() + generate_latest(look)


def _database(figures: Gauges) -> Iterator[Metric]:
    yield _labelled("qms_tickets_waiting", "Tickets that wait.", "branch", figures.waiting)
    yield _labelled("qms_agents", "Agents who are signed in.", "state", figures.agents)
    yield _labelled("qms_webhook_endpoints", "Webhooks by state.", "state", figures.endpoints)
    yield _labelled("qms_screen_last_seen_seconds", "Since a screen was heard of.", "screen", figures.screens)
    paper = {kiosk: PAPER[state] for kiosk, state in figures.printers.items()}
    yield _labelled(
        "qms_kiosk_paper", "Paper of a kiosk's printer: 2 enough, 1 little, 0 none, -1 no answer.", "kiosk", paper
    )
    yield _gauge("qms_outbox_pending", "Deliveries that wait to go out.", figures.outbox_pending)
    yield _gauge("qms_outbox_oldest_seconds", "Since the oldest of them happened.", figures.outbox_oldest_seconds)
    overdue = "Since the next of them should have been tried."
    yield _gauge("qms_outbox_overdue_seconds", overdue, figures.outbox_overdue_seconds)
    yield _gauge("qms_messages_pending", "Messages that wait to go out.", figures.messages_pending)
    yield _gauge("qms_messages_overdue_seconds", "Since the next of them was due.", figures.messages_overdue_seconds)


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)


def _labelled(name: str, about: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[label])
    for value, figure in values.items():
        family.add_metric([value], figure)
    return family
