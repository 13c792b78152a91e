"""Agents, services and forms out of their rows, as a network file writes them."""

from collections.abc import Mapping
from typing import Any

from qms.domain.ids import derived_id
from qms.domain.network_file.agent import USUAL_LEVEL
from qms.domain.network_file.form import SCALES
from qms.domain.network_file.kept import KEPT
from qms.services.applying.stored_places import Keys, Row, own, said
from qms.services.applying.stored_times import closures, hours


def agent(row: Row, keys: Keys) -> dict[str, Any]:
    """An agent, without his password; where his own calendars are is not told either."""
    levels = {key: level for id, level in row["queues"].items() if (key := keys.of("queue", id)) is not None}
    usual = all(level == USUAL_LEVEL for level in levels.values())
    told = said(
        key=row["key"],
        id=keys.id("agent", row),
        firstname=row["firstname"],
        lastname=row["lastname"],
        email=row["email"],
        role=row["role"],
        supervises=keys.all("branch", row["supervises"]),
        queues=list(levels) if usual else levels,
        closures=closures(row["closures"]),
        calendars=KEPT if row["calendars"] else None,
        capacity=row["capacity"],
    )
    schedule = hours(row["schedule"], own_zone=True)
    return told if schedule is None else {**told, "schedule": schedule}


def service(row: Row, keys: Keys) -> dict[str, Any]:
    """What can be booked; who gives it is said where it is not everybody who serves its queue."""
    rules = dict(row["rules"])
    survey, lead, reminders = rules.pop("survey", None), rules.pop("lead"), rules.pop("reminders")
    agents = keys.all("agent", row["agent_ids"])
    everybody = list(keys.agents_of(row["queue_id"]))
    return {
        **said(
            key=row["key"],
            id=keys.id("service", row),
            title=row["title"],
            description=row["description"],
            queue=keys.of("queue", row["queue_id"]),
            branch=keys.of("branch", row["branch_id"]),
            agents=None if agents == everybody else own(agents),
        ),
        "automatic": row["automatic"],
        **rules,
        "lead": lead,
        **said(reminders=reminders, form=keys.of("form", row["form_id"]), survey=keys.of("form", survey)),
    }


def form(row: Row, keys: Keys) -> dict[str, Any]:
    """A form with its fields."""
    fields = [_field(field, row["key"], keys.slug) for field in row["fields"]]
    told = said(key=row["key"], id=keys.id("form", row), name=row["name"], description=row["description"])
    return {**told, "fields": fields}


def _field(field: Mapping[str, Any], form: str, slug: str) -> dict[str, Any]:
    properties = field["properties"]
    derived = derived_id(slug, "field", f"{form}/{field['name']}")
    lengths = {name: int(properties[name]) for name in ("maxlength", "minlength") if name in properties}
    told = said(
        name=field["name"],
        id=None if field["_id"] == derived else field["_id"],
        type=field["type"],
        label=field["label"],
        hint=field["hint"],
        placeholder=properties.get("placeholder"),
        required=properties["required"] or None,
        readonly=properties.get("readonly"),
        **lengths,
        options=[dict(option) for option in field["options"]],
    )
    scale = dict(zip(("min", "max"), SCALES.get(field["type"], ()), strict=False))
    limits = {name: properties[name] for name in ("min", "max") if name in properties}
    return told | {name: value for name, value in limits.items() if value != scale.get(name)}
