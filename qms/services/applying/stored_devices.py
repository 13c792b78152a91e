"""Webhooks, screens and kiosks out of their rows, as a network file writes them: without tokens and secrets."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from qms.domain.network import Custom
from qms.domain.network_file.kept import KEPT
from qms.services.applying.stored_places import Keys, Row, own, said

BY_THE_FILE = "in the network file"
"""Why a webhook is disabled that the file says is not active."""


def webhook(row: Row, keys: Keys) -> dict[str, Any]:
    """A webhook; what its headers and its secrets say is kept."""
    inactive = row["state"] == "disabled" and row["disabled_reason"] == BY_THE_FILE
    return said(
        key=row["key"],
        id=keys.id("webhook", row),
        url=row["url"],
        events=row["events"],
        dialect=row["dialect"],
        active=False if inactive else None,
        max_concurrency=row["max_concurrency"],
        ordered=row["ordered"] or None,
        headers=dict.fromkeys(row["headers"], KEPT),
        secrets=dict.fromkeys(row["secrets"] or {}, KEPT),
        **_custom(row["custom"]),
    )


def _custom(templates: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is made of templates, at the least how it is sent: that alone says that there are any."""
    if templates is None:
        return {}
    usual = asdict(Custom())
    told = {name: value for name, value in templates.items() if value != usual[name]}
    return told or {"method": templates["method"]}


def screen(row: Row, keys: Keys) -> dict[str, Any]:
    """A screen; its queues are said where they are not those of its branches."""
    settings = dict(row["settings"])
    others = settings.pop("branches", [])
    return {
        **said(
            key=row["key"],
            id=keys.id("screen", row),
            name=settings.pop("name"),
            branch=keys.of("branch", row["branch_id"]),
            branches=keys.all("branch", others),
            queues=_chosen(keys, [row["branch_id"], *others], settings.pop("queues")),
            languages=row["languages"],
        ),
        **settings,
    }


def kiosk(row: Row, keys: Keys) -> dict[str, Any]:
    """A kiosk; its queues are said where they are not those of its branch."""
    settings = dict(row["settings"])
    return said(
        key=row["key"],
        id=keys.id("kiosk", row),
        name=settings["name"],
        branch=keys.of("branch", row["branch_id"]),
        queues=_chosen(keys, [row["branch_id"]], row["queue_ids"]),
        languages=row["languages"],
        classes=settings["classes"],
        phone=settings.get("phone") or None,
    )


def _chosen(keys: Keys, branches: Sequence[str], ids: list[str]) -> list[str] | None:
    usual = list(dict.fromkeys(queue for branch in branches for queue in keys.queues_of(branch)))
    return None if ids == usual else own(keys.all("queue", ids))
