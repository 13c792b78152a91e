"""Channels other than e-mail: a request to whoever provides them, as the network file describes it."""

import html
import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from acd.notification.requests import Request
from qms.domain.message import Wording
from qms.services.notification.letters import Letter
from qms.services.notification.phones import e164

_FIELD = re.compile(r"\{\{\s*(\w+)\s*\}\}")

ENCODINGS: Mapping[str, Callable[[str], str]] = {
    "application/json": lambda value: json.dumps(value)[1:-1],
    "application/x-www-form-urlencoded": lambda value: quote(value, safe=""),
    "application/xml": html.escape,
    "text/plain": str,
}
"""How a value is written into a body of each kind, so that it stays a value there."""


def request_of(letter: Letter, wording: Wording) -> Request:
    """The request that hands a message over."""
    provider, told = letter.provider or {}, letter.message
    country = (letter.network.account.messages or {}).get("country") if letter.network is not None else None
    values = {
        "to": e164(told.recipient, country) or told.recipient,
        "text": wording.text,
        "subject": wording.subject,
        "id": told.id,
        "account": letter.network.account.name if letter.network is not None else "",
    }
    kind = str(provider["content_type"])
    url = _filled(str(provider["url"]), values, ENCODINGS["application/x-www-form-urlencoded"])
    if provider["method"] == "GET":
        return Request(url=url, method="GET", headers=provider["headers"])
    body = _filled(str(provider["body"]), values, ENCODINGS[kind])
    headers = {**provider["headers"], "Content-Type": f"{kind}; charset=utf-8"}
    return Request(url=url, method=str(provider["method"]), body=body.encode(), headers=headers)


def _filled(template: str, values: Mapping[str, str], encode: Callable[[str], str]) -> str:
    """One pass: what is filled in is not looked at again."""
    return _FIELD.sub(lambda match: encode(values[match[1]]) if match[1] in values else match[0], template)
