"""`[[service]]`: something that can be booked."""

from collections.abc import Mapping, Sequence

from qms.domain.complaint import numbered
from qms.domain.network_file import notations
from qms.domain.network_file.checks import flag, text, whole
from qms.domain.network_file.declared.service import ServiceDecl
from qms.domain.network_file.reading import Table
from qms.domain.period import Period

_DAY = 1440
_MOST_REMINDERS = 4


def read_service(table: Table, agents: Mapping[str, Sequence[str]]) -> ServiceDecl:
    """Read one service; without `agents`, everybody who serves its queue gives it (queue → agents, by key)."""
    key, queue = table.key_of("service"), _queue(table)
    duration = table.read("duration_minutes", whole(1, _DAY), 30)
    named = table.references("agents", "agent")
    service = ServiceDecl(
        line=table.line,
        key=key,
        id=table.id_of("service", key),
        title=table.read("title", text(), key),
        description=table.read("description", text(5000, empty=True), ""),
        queue=queue,
        branch=table.reference("branch", "branch"),
        agents=named if table.has("agents") else tuple(agents.get(queue, ())),
        automatic=table.read("automatic", flag, False),
        duration_minutes=duration,
        step_minutes=table.read("step_minutes", whole(1, _DAY), duration),
        before_minutes=table.read("before_minutes", whole(0, _DAY), 0),
        after_minutes=table.read("after_minutes", whole(0, _DAY), 0),
        lead=table.read("lead", notations.period(longest_days=366), Period()),
        horizon_days=table.read("horizon_days", whole(1, 1000), 90),
        capacity=table.read("capacity", whole(1, 1000), 1),
        early_minutes=table.read("early_minutes", whole(0, _DAY), 15),
        grace_minutes=table.read("grace_minutes", whole(0, _DAY), 10),
        credit_minutes=table.read("credit_minutes", whole(0, _DAY), 15),
        form=table.reference("form", "form"),
        survey=table.reference("survey", "form"),
        reminders=_reminders(table),
    )
    table.done()
    return service


def _queue(table: Table) -> str:
    queue = table.required("queue", notations.key)
    if queue:
        table.refer("queue", queue, "queue")
    return queue


def _reminders(table: Table) -> tuple[Period, ...]:
    found = table.several("reminders", notations.period(longest_days=366))
    if len(found) > _MOST_REMINDERS:
        said = numbered(
            "expected at most %(count)s reminder, found %(found)s",
            "expected at most %(count)s reminders, found %(found)s",
            _MOST_REMINDERS,
            found=len(found),
        )
        table.complain(said, "reminders")
    return found
