"""Writes the Grafana dashboard: `python tools/dashboard.py [--check]`, to deploy/grafana/turnero.json.

A dashboard by hand is two thousand lines in which nobody finds the questions; here each panel is one line.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[1] / "deploy" / "grafana" / "turnero.json"
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
WIDTH, HEIGHT = 8, 7
RATE = "[$__rate_interval]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One picture: legend → expression. What every process sees alike (the database) is taken once, by `max`."""

    title: str
    unit: str
    lines: dict[str, str]


def percentile(share: float, metric: str, by: str = "") -> str:
    """The time within which a share of something is done."""
    return f"histogram_quantile({share}, sum by (le{by}) (rate({metric}_bucket{RATE})))"


def both(metric: str) -> dict[str, str]:
    """Half and nearly all."""
    return {"p50": percentile(0.5, metric), "p90": percentile(0.9, metric)}


def per_second(metric: str, by: str) -> str:
    """How often something happens, by a label."""
    return f"sum by ({by}) (rate({metric}{RATE}))"


ROWS: dict[str, tuple[Panel, ...]] = {
    "People": (
        Panel(title="Waiting", unit="short", lines={"{{branch}}": "max by (branch) (qms_tickets_waiting)"}),
        Panel(title="Wait until the first answer or call", unit="s", lines=both("qms_ticket_wait_seconds")),
        Panel(title="Service", unit="s", lines=both("qms_service_seconds")),
        Panel(
            title="Tickets taken",
            unit="ops",
            lines={"{{queue_type}} {{channel}}": per_second("qms_tickets_created_total", "queue_type, channel")},
        ),
        Panel(
            title="Tickets that ended", unit="ops", lines={"{{state}}": per_second("qms_tickets_ended_total", "state")}
        ),
        Panel(title="Appointments", unit="ops", lines={"{{what}}": per_second("qms_appointments_total", "what")}),
    ),
    "Agents": (
        Panel(title="Agents", unit="short", lines={"{{state}}": "max by (state) (qms_agents)"}),
        Panel(title="Offers", unit="ops", lines={"{{result}}": per_second("qms_assignments_total", "result")}),
        Panel(title="From free to offered", unit="s", lines=both("qms_assignment_latency_seconds")),
        Panel(
            title="No-shows, agents lost",
            unit="ops",
            lines={
                "no-shows": f"sum(rate(qms_no_show_total{RATE}))",
                "agents lost": f"sum(rate(qms_agent_lease_expired_total{RATE}))",
            },
        ),
        Panel(
            title="Screens: silent for",
            unit="s",
            lines={"{{screen}}": "max by (screen) (qms_screen_last_seen_seconds)"},
        ),
        Panel(
            title="Paper of kiosks: 2 enough, 1 little, 0 none, -1 no answer",
            unit="short",
            lines={"{{kiosk}}": "min by (kiosk) (qms_kiosk_paper)"},
        ),
        Panel(title="Sockets", unit="short", lines={"{{kind}}": "sum by (kind) (qms_ws_connections)"}),
    ),
    "What goes out": (
        Panel(
            title="Webhooks and messages that wait",
            unit="short",
            lines={"webhooks": "max(qms_outbox_pending)", "messages": "max(qms_messages_pending)"},
        ),
        Panel(
            title="How old, how late",
            unit="s",
            lines={
                "oldest webhook": "max(qms_outbox_oldest_seconds)",
                "webhooks late by": "max(qms_outbox_overdue_seconds)",
                "messages late by": "max(qms_messages_overdue_seconds)",
            },
        ),
        Panel(title="Attempts", unit="ops", lines={"{{outcome}}": per_second("qms_webhook_attempts_total", "outcome")}),
        Panel(title="An attempt takes", unit="s", lines=both("qms_webhook_delivery_seconds")),
        Panel(title="Endpoints", unit="short", lines={"{{state}}": "max by (state) (qms_webhook_endpoints)"}),
        Panel(title="Sockets that are behind", unit="short", lines={"{{instance}}": "qms_ws_send_queue"}),
    ),
    "Processes": (
        Panel(title="Requests", unit="reqps", lines={"{{code}}": per_second("qms_http_request_seconds_count", "code")}),
        Panel(
            title="Slowest routes, p99",
            unit="s",
            lines={"{{route}}": f"topk(8, {percentile(0.99, 'qms_http_request_seconds', ', route')})"},
        ),
        Panel(title="The event loop is late by", unit="s", lines={"{{instance}}": "qms_event_loop_lag_seconds"}),
        Panel(title="Database connections in use", unit="short", lines={"{{instance}} {{pool}}": "qms_db_pool_in_use"}),
        Panel(title="The worker has been silent for", unit="s", lines={"{{instance}}": "qms_worker_silent_seconds"}),
        Panel(
            title="Database up, draining",
            unit="short",
            lines={"{{instance}} up": "qms_database_up", "{{instance}} draining": "qms_draining"},
        ),
        Panel(title="Free disk", unit="bytes", lines={"{{instance}}": "qms_disk_free_bytes"}),
        Panel(title="Releases", unit="short", lines={"{{version}}": "count by (version) (qms_build_info)"}),
    ),
}


def dashboard() -> dict[str, Any]:
    """The dashboard as Grafana imports it."""
    return {
        "title": "Turnero",
        "uid": "turnero",
        "schemaVersion": 39,
        "editable": True,
        "time": {"from": "now-6h", "to": "now"},
        "refresh": "30s",
        "tags": ["turnero"],
        "templating": {
            "list": [{"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"}]
        },
        "panels": list(_panels()),
    }


def _panels() -> Iterator[dict[str, Any]]:
    id, y = 0, 0
    for row, panels in ROWS.items():
        id += 1
        yield {"id": id, "type": "row", "title": row, "collapsed": False, "gridPos": {"x": 0, "y": y, "w": 24, "h": 1}}
        y += 1
        for at, panel in enumerate(panels):
            id += 1
            place = {"x": at % 3 * WIDTH, "y": y + at // 3 * HEIGHT, "w": WIDTH, "h": HEIGHT}
            yield _panel(panel, id, place)
        y += (len(panels) + 2) // 3 * HEIGHT


def _panel(panel: Panel, id: int, place: dict[str, int]) -> dict[str, Any]:
    lines = panel.lines.items()
    return {
        "id": id,
        "type": "timeseries",
        "title": panel.title,
        "datasource": SOURCE,
        "gridPos": place,
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(ord("A") + n), "datasource": SOURCE, "expr": expression, "legendFormat": legend}
            for n, (legend, expression) in enumerate(lines)
        ],
    }


def main() -> int:
    """Write the file, or with --check only say that it is out of date; 1 where it is."""
    text = json.dumps(dashboard(), indent=2) + "\n"
    if "--check" in sys.argv:
        stale = not FILE.exists() or FILE.read_text("utf-8") != text
        if stale:
            print("out of date: deploy/grafana/turnero.json")
        return int(stale)
    FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
