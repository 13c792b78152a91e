"""The network that is stored, as a network file says it; `rows` the other way round. Secrets are not in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from qms.domain.ids import derived_id, to_uuid
from qms.domain.network_file.account import DEFAULT_APPLICATION
from qms.domain.network_file.kept import KEPT
from qms.domain.network_file.writer import TRANSLATIONS, Document
from qms.services.applying import stored_devices, stored_people, stored_places
from qms.services.applying.stored_places import Keys, Row, own, said
from qms.services.applying.stored_times import closures, holidays
from qms.store.schema import network as tables
from qms.store.tx import Tx

_KINDS: Mapping[str, tuple[sa.Table, Callable[[Row, Keys], dict[str, Any]]]] = {
    "branch": (tables.branch, stored_places.branch),
    "queue": (tables.queue, stored_places.queue),
    "agent": (tables.agent, stored_people.agent),
    "service": (tables.service, stored_people.service),
    "form": (tables.form, stored_people.form),
    "webhook": (tables.webhook, stored_devices.webhook),
    "screen": (tables.screen, stored_devices.screen),
    "kiosk": (tables.kiosk, stored_devices.kiosk),
}


def network_document(tx: Tx, *, account: str) -> Document:
    """Everything that is in use in an account; applied again, it changes nothing."""
    found = tx.execute(sa.select(tables.account).where(tables.account.c.id == account)).mappings().one()
    row = dict(tx.vault.open_row(tables.account, found))
    rows = {kind: _in_use(tx, table, account) for kind, (table, _) in _KINDS.items()}
    keys = Keys(row, rows, _in_use(tx, tables.poc, account))
    messages = _messages(row["messages"])
    document: dict[str, Any] = {"account": _account(row, keys, _in_use(tx, tables.application, account))}
    if messages:
        document["messages"] = messages
    if row["translations"]:
        document[TRANSLATIONS] = row["translations"]
    for kind, (_, told) in _KINDS.items():
        document |= {kind: [told(one, keys) for one in rows[kind]]} if rows[kind] else {}
    return document


def _in_use(tx: Tx, table: sa.Table, account: str) -> list[Row]:
    c = table.c
    found = sa.select(table).where(c.account_id == account, c.retired_at.is_(None)).order_by(c.rank, c.id)
    return [dict(tx.vault.open_row(table, row)) for row in tx.execute(found).mappings()]


def _account(row: Row, keys: Keys, applications: Sequence[Row]) -> dict[str, Any]:
    derived = derived_id(row["slug"], "account", row["slug"])
    sign_in = row["sign_in"]
    return said(
        slug=row["slug"],
        id=None if row["id"] == derived else row["id"],
        name=row["name"],
        timezone=row["timezone"],
        languages=row["languages"],
        applications=_applications(applications, keys),
        room_url=row["room_url"],
        meeting_url=row["meeting_url"],
        sign_in=sign_in and said(**{**sign_in, "client_secret": KEPT if sign_in["client_secret"] else None}),
        closures=closures(row["closures"]),
        holidays=holidays(row["holidays"]),
        brand=row["brand"],
        absences=row["absences"],
        receipt_footer=row["receipt_footer"] or None,
        options=row["options"] | dict.fromkeys(row["option_secrets"] or {}, KEPT),
    )


def _applications(rows: Sequence[Row], keys: Keys) -> list[dict[str, Any]] | None:
    """The applications; None for the one that every account has, an empty list for none at all."""
    derived = {row["key"]: to_uuid(derived_id(keys.slug, "application", row["key"])) for row in rows}
    found = [
        said(
            key=row["key"],
            id=None if row["id"] == derived[row["key"]] else row["id"],
            queue=keys.of("queue", row["queue_id"]),
        )
        for row in rows
    ]
    return None if found == [{"key": DEFAULT_APPLICATION}] else own(found)


def _messages(messages: Mapping[str, Any] | None) -> dict[str, Any]:
    """How the account writes to people; what its providers are told besides the message may be secret."""
    if messages is None:
        return {}
    providers = [
        said(**{**one, "headers": dict.fromkeys(one.get("headers") or {}, KEPT)}) for one in messages["providers"]
    ]
    rest = {name: value for name, value in messages.items() if name not in ("providers", "templates")}
    return said(**rest, provider=providers, template=[said(**one) for one in messages["templates"]])
