"""`[[webhook]]`: where events are sent, and in whose words."""

from collections.abc import Iterable

from qms.domain.complaint import complaint, guessed
from qms.domain.network import Custom
from qms.domain.network_file import notations
from qms.domain.network_file.checks import flag, one_of, text, whole
from qms.domain.network_file.custom import address_template, read_custom, secret_name, template
from qms.domain.network_file.declared.webhook import WebhookDecl
from qms.domain.network_file.reading import Table

DIALECTS = ("videsk", "auvious", "voki", "native")


def _family(entity: str, happenings: str) -> Iterable[str]:
    return (f"{entity}.{happening}" for happening in happenings.split())


EVENTS = frozenset(
    [
        "qms.assigned",
        *("CREATE", "RESCHEDULE", "CANCELLED", "REMINDER", "FOLLOW_UP", "UPDATE", "ROOM"),
        *_family("ticket", "created offered called recalled serving assigned done no_show cancelled expired requeued"),
        *_family("ticket", "transferred parked resumed escalated undone interrupted"),
        *_family("appointment", "created canceled cancelled reminder rescheduled moved held confirmed expired"),
        *_family("appointment", "checked_in active completed no_show updated reassigned changed"),
        *_family("appointment", "participant_added participant_removed room_opened"),
        *_family("waitlist", "joined offered accepted expired"),
        *_family("agent", "connected disconnected away idle ringing busy wrap_up missed created updated removed"),
        *_family("queue", "created abandoned updated removed"),
        *_family("user", "connected disconnected created removed updated"),
        *_family("segment", "updated removed created"),
        *_family("form", "received agent updated removed created"),
        *_family("call", "created assigned started completed missed"),
        *_family("recording", "created approved rejected removed"),
        *_family("survey", "received"),
        *_family("comment", "created"),
        *_family("customer", "created"),
    ]
)
"""The events that are known by name, in every dialect; others are taken with a warning, as vendors add some."""

_OURS = ("host", "connection", "content-length", "transfer-encoding")
_OF_THE_BODY = "content-type"
"""Ours too, unless the body is made of templates: then it says whether that is JSON, XML, CSV or plain text."""


def read_webhook(table: Table) -> WebhookDecl:
    """Read one webhook."""
    key = table.key_of("webhook")
    custom = read_custom(table)
    webhook = WebhookDecl(
        line=table.line,
        key=key,
        id=table.id_of("webhook", key),
        url=table.required("url", address_template if custom else notations.address),
        events=_events(table),
        dialect=table.read("dialect", one_of(*DIALECTS), "native"),
        secret=_secret(table),
        active=table.read("active", flag, True),
        max_concurrency=table.read("max_concurrency", whole(1, 64), 4),
        ordered=table.read("ordered", flag, False),
        headers=_headers(table, custom),
        custom=custom,
        secrets=table.pairs("secrets", secret_name, text(2000)),
    )
    _check_custom(table, webhook)
    table.done()
    return webhook


def _events(table: Table) -> tuple[str, ...]:
    events = table.several("events", notations.event)
    if not table.values.get("events"):
        table.complain(complaint('%(missing)s is missing, or empty; ["*"] means all', missing="events"))
    for name in events:
        stem = name.removesuffix("*")
        if stem not in EVENTS and not (stem != name and any(known.startswith(stem) for known in EVENTS)):
            place = (*table.path, "events", table.position("events", name))
            table.reading.warn(place, guessed(complaint('no event is known as "%(name)s"', name=name), name, EVENTS))
    return events


def _secret(table: Table) -> str | None:
    secret = table.optional("secret", text(2000))
    if secret is not None and secret.startswith("whsec_") and not notations.is_webhook_secret(secret):
        said = complaint("what follows whsec_ is not base64, as verifiers expect")
        table.reading.warn((*table.path, "secret"), said)
    return secret


def _check_custom(table: Table, webhook: WebhookDecl) -> None:
    alone = len(webhook.events) == 1 and not webhook.events[0].endswith("*")
    if webhook.custom and (webhook.dialect != "videsk" or not alone):
        said = complaint('what is sent is made of templates for exactly one event, with dialect = "videsk"')
        table.complain(said)
    if webhook.secrets and not webhook.custom:
        said = complaint("secrets are for templates: say method, parameters, body or condition")
        table.complain(said, "secrets")


def _headers(table: Table, custom: Custom | None) -> dict[str, str]:
    headers = table.pairs("headers", notations.header_name, template(2000) if custom else notations.header_value)
    ours = _OURS if custom and custom.body is not None else (*_OURS, _OF_THE_BODY)
    for name in headers:
        if name.lower() in ours or name.lower().startswith("webhook-"):
            table.complain(complaint("this header is set by the sender itself"), "headers", name)
    return headers
