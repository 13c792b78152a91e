"""An account to test with: two branches, queues in both modes, points of contact, agents, forms and devices.

`main` has two booths and a counter, `north` has no point of contact. Ids are those of the vendor's documents where it
shows any. Two accounts seeded with different slugs share nothing but the keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from qms.domain.ids import derived_id, new_secret
from qms.domain.session import Session
from qms.domain.ticket import NORMAL, Ticket
from qms.store.schema import network as tables
from qms.store.schema import work
from qms.store.tx import Tx

MAIN = "652720d479497a1b62df288b"
TRAMITES = "652a1ae848880e168884e49b"
ZONE = "America/Santiago"

INTAKE: list[dict[str, Any]] = [
    {"type": "text", "name": "firstname", "label": "Nombre", "properties": {"required": True, "maxlength": "10"}},
    {"type": "email", "name": "email", "label": "Correo", "properties": {}},
    {"type": "number", "name": "age", "label": "Edad", "properties": {"min": 18.0, "max": 99.0}},
    {"type": "select", "name": "why", "label": "Motivo", "options": [{"value": "x", "label": "X"}]},
]
CONTACT: list[dict[str, Any]] = [
    {"type": "tel", "name": "phone", "label": "Teléfono", "properties": {"required": True}}
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """The ids of what was put there, by kind and key; tokens of devices by kind and key."""

    account: str
    slug: str
    domain: str
    branches: Mapping[str, str]
    queues: Mapping[str, str]
    pocs: Mapping[str, str]
    agents: Mapping[str, str]
    forms: Mapping[str, str]
    fields: Mapping[str, str]
    tokens: Mapping[str, str]


def seed(
    tx: Tx,
    *,
    slug: str = "acme",
    options: Mapping[str, Any] | None = None,
    hours: Any = None,
    password_hash: str | None = None,
) -> Seeded:
    """Put an account there. `hours` are those of the branch `main`, as the column keeps them."""
    account = derived_id(slug, "account", slug)
    domain = derived_id(slug, "domain", "only")
    named = {"id": account, "slug": slug, "name": slug.title(), "timezone": ZONE, "options": dict(options or {})}
    tx.execute(tables.account.insert(), {**named, "closures": [], "languages": ["es", "en"]})
    tx.execute(tables.routing_domain.insert(), {"id": domain, "account_id": account})
    place = _Place(tx, slug, account, domain)
    branches = _branches(place, hours)
    pocs = _pocs(place, branches["main"])
    forms = {key: place.add(tables.form, "form", key, name=key, description="", fields=place.fields(key, fields))
             for key, fields in (("intake", INTAKE), ("contact", CONTACT))}  # fmt: skip
    queues = _queues(place, branches, forms)
    agents = _agents(place, queues, password_hash)
    tokens = _devices(place, branches["main"], list(queues.values()))
    return Seeded(
        account=account,
        slug=slug,
        domain=domain,
        branches=branches,
        queues=queues,
        pocs=pocs,
        agents=agents,
        forms=forms,
        fields=place.field_ids,
        tokens=tokens,
    )


class _Place:
    """Where rows go: they all want the account, a rank and an id."""

    def __init__(self, tx: Tx, slug: str, account: str, domain: str) -> None:
        self.tx, self.slug, self.account, self.domain = tx, slug, account, domain
        self.field_ids: dict[str, str] = {}
        self.rank = 0

    def id_of(self, kind: str, key: str) -> str:
        known = {("branch", "main"): MAIN, ("queue", "tramites"): TRAMITES} if self.slug == "acme" else {}
        return known.get((kind, key)) or derived_id(self.slug, kind, key)

    def add(self, table: Any, what: str, key: str, /, **columns: Any) -> str:
        self.rank += 1
        row = {"id": self.id_of(what, key), "account_id": self.account, "key": key, "rank": self.rank, **columns}
        if "domain_id" in table.c:
            row["domain_id"] = self.domain
        self.tx.execute(table.insert(), row)
        return str(row["id"])

    def fields(self, form: str, fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
        self.field_ids |= {f["name"]: derived_id(self.slug, "field", f"{form}/{f['name']}") for f in fields}
        usual = {"hint": "", "options": [], "properties": {"required": False}}
        return [{"_id": self.field_ids[field["name"]], **usual, **field} for field in fields]


def _branches(place: _Place, hours: Any) -> dict[str, str]:
    usual = {"timezone": ZONE, "closures": []}
    main = {"name": "branch-main-1345", "label": "Virtual Main branch", "address": "1345 Main Street, CA"}
    north = {"name": "branch-north", "label": "North", "address": "2 North Road"}
    return {
        "main": place.add(tables.branch, "branch", "main", **main, **usual, latitude=7.0, longitude=9.0, hours=hours),
        "north": place.add(tables.branch, "branch", "north", **north, **usual, latitude=-33.45, longitude=-70.5),
    }


def _pocs(place: _Place, branch: str) -> dict[str, str]:
    kinds = {"1": ("Box 1", "booth"), "2": ("Box 2", "booth"), "c1": ("Counter 1", "counter")}
    return {
        key: place.add(tables.poc, "poc", key, branch_id=branch, label=label, kind=kind, token=new_secret())
        for key, (label, kind) in kinds.items()
    }


def _queues(place: _Place, branches: Mapping[str, str], forms: Mapping[str, str]) -> dict[str, str]:
    usual = {"ring_seconds": 20, "wrap_up_seconds": 0, "decline_cooldown_seconds": 30, "unstaffed": "accept"}
    usual |= {"target_minutes": 10, "max_wait_minutes": 45, "credit_seconds": {"vip": 90}}
    usual |= {"settings": {}} if "settings" in tables.queue.c else {}
    booth, counter = {"mode": "booth", "call": "push"}, {"mode": "counter", "call": "pull"}
    everywhere, main, north = list(branches.values()), [branches["main"]], [branches["north"]]
    wanted = {
        "tramites": {**booth, "name": "Trámites ABC", "prefix": "T", "branch_ids": everywhere},
        "caja": {**counter, "name": "Caja", "prefix": "C", "branch_ids": main},
        "asked": {**booth, "name": "Con formulario", "prefix": "F", "branch_ids": main, "form_id": forms["intake"]},
        "far": {**booth, "name": "Sólo norte", "prefix": "N", "branch_ids": north},
    }
    wanted["asked"]["contact_form_id"] = forms["contact"]
    return {key: place.add(tables.queue, "queue", key, **{**usual, **columns}) for key, columns in wanted.items()}


def _agents(place: _Place, queues: Mapping[str, str], password_hash: str | None) -> dict[str, str]:
    roles = {"jdoe": ("John", "Doe", "attendant"), "ana": ("Ana", "Pérez", "attendant"), "sue": ("Sue", "Lee", "owner")}
    serves = {"jdoe": ["tramites", "asked"], "ana": ["tramites", "caja"], "sue": []}
    return {
        key: place.add(
            tables.agent,
            "agent",
            key,
            firstname=first,
            lastname=last,
            email=f"{key}@{place.slug}.example",
            role=role,
            password_hash=password_hash,
            closures=[],
            queues={queues[queue]: 5 for queue in serves[key]},
        )
        for key, (first, last, role) in roles.items()
    }


def _devices(place: _Place, branch: str, queues: list[str]) -> dict[str, str]:
    tokens = {"screen": f"screen-{place.slug}", "kiosk": f"kiosk-{place.slug}"}
    usual = {"branch_id": branch, "languages": ["es", "en"], "settings": {}}
    place.add(tables.screen, "screen", "lobby", token=tokens["screen"], **usual)
    place.add(tables.kiosk, "kiosk", "door", token=tokens["kiosk"], queue_ids=queues, **usual)
    return tokens


def sign_in(tx: Tx, seeded: Seeded, agent: str, *, state: str = "idle", poc: str | None = None, **more: Any) -> str:
    """Put an agent at work, by key; the session's id."""
    session = Session(
        id=tx.new_id(),
        account_id=seeded.account,
        domain_id=seeded.domain,
        agent_id=seeded.agents[agent],
        branch_id=seeded.branches["main"] if poc else None,
        poc_id=seeded.pocs[poc] if poc else None,
        state=state,  # type: ignore[arg-type]
        started_at=tx.now,
        idle_since=tx.now,
        state_since=tx.now,
        **more,
    )
    tx.insert(work.session, session)
    return session.id


def answered(tx: Tx, seeded: Seeded, queue: str, *, waited: timedelta, ago: timedelta = timedelta()) -> str:
    """A ticket of that queue that was answered `ago`, after it had waited; its id."""
    at = tx.now - ago
    ticket = Ticket(
        id=tx.new_id(),
        account_id=seeded.account,
        domain_id=seeded.domain,
        branch_id=seeded.branches["main"],
        queue_id=seeded.queues[queue],
        place="onsite",
        number="X",
        own_number=None,
        service_day=at.date().isoformat(),
        state="done",
        band=NORMAL,
        key=at - waited,
        seq=0,
        enqueued_at=at - waited,
        eligible_from=at - waited,
        link=new_secret(),
        source="vendor",
        assigned_at=at,
    )
    tx.insert(work.ticket, ticket)
    return ticket.id
