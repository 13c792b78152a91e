"""The `[messages]` table: how an account writes to people, by e-mail and through providers of other channels."""

import re
from email.utils import formataddr, parseaddr

from qms.domain.complaint import Wrong, complaint
from qms.domain.contact import is_email
from qms.domain.message import NOTIFICATIONS
from qms.domain.network_file import notations
from qms.domain.network_file.checks import described, flag, one_of, shaped, text
from qms.domain.network_file.declared.account import MessagesDecl
from qms.domain.network_file.reading import Table

AUDIENCES = ("customer", "agent", "all")
CONTENT_TYPES = ("application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml")
_OURS = ("host", "connection", "content-length", "content-type", "transfer-encoding")
_BODIES = {
    "application/json": '{"to": "{{to}}", "text": "{{text}}"}',
    "application/x-www-form-urlencoded": "to={{to}}&text={{text}}",
    "text/plain": "{{text}}",
    "application/xml": "<message><to>{{to}}</to><text>{{text}}</text></message>",
}

channel = shaped(
    re.compile(r"[A-Z][A-Z0-9_]{0,19}"),
    complaint("expected a channel in capitals, such as SMS or WHATSAPP, found %(found)s"),
)
country = shaped(
    re.compile(r"[A-Z]{2}"), complaint('expected a country of two capitals, such as "CL", found %(found)s')
)


def sender(value: object) -> str:
    """An e-mail address, with a name before it or not."""
    found = text(400)(value)
    name, address = parseaddr(found)
    if not is_email(address) or not address.isascii() or "\n" in found:
        said = complaint('expected "Name <address@example.com>" or an e-mail address, found %(found)s')
        raise Wrong(said.about(found=described(found)))
    return formataddr((name, address)) if name else address


def read_messages(table: Table | None) -> MessagesDecl:
    """Read `[messages]`, with its `[[messages.provider]]` and `[[messages.template]]`."""
    if table is None:
        return MessagesDecl()
    messages = MessagesDecl(
        line=table.line,
        sender=table.optional("from", sender),
        reply_to=table.optional("reply_to", sender),
        country=table.optional("country", country),
        appointments=table.read("appointments", flag, True),
        agents=table.read("agents", flag, True),
        providers=tuple(_provider(one) for one in table.tables("provider")),
        templates=tuple(_template(one) for one in table.tables("template")),
    )
    table.done()
    return messages


def _provider(table: Table) -> dict[str, object]:
    """Who sends over a channel other than e-mail: one HTTP request for each message."""
    named = table.required("channel", channel)
    if named == "EMAIL":
        table.complain(complaint("e-mail goes out by SMTP (TURNERO_SMTP_URL)"), "channel")
    elif named:
        table.reading.claim("channel", named, (*table.path, "channel"))
    content_type = table.read("content_type", one_of(*CONTENT_TYPES), CONTENT_TYPES[0])
    headers = table.pairs("headers", notations.header_name, notations.header_value)
    for name in headers:
        if name.lower() in _OURS:
            table.complain(complaint("this header is set by the sender itself"), "headers", name)
    provider: dict[str, object] = {
        "channel": named,
        "url": table.required("url", _template_address),
        "method": table.read("method", one_of("POST", "PUT", "GET"), "POST"),
        "headers": headers,
        "content_type": content_type,
        "body": table.read("body", text(20_000), _BODIES[content_type]),
    }
    table.done()
    return provider


def _template_address(value: object) -> str:
    """An address that may name what is sent: `https://sms.example/send?to={{to}}&text={{text}}`."""
    found = text(2000)(value)
    notations.address(re.sub(r"\{\{\s*\w+\s*\}\}", "x", found))
    return found


def _template(table: Table) -> dict[str, object]:
    """What people are told on an occasion, over a channel, in a language."""
    named = table.read("channel", channel, "EMAIL")
    mail = named == "EMAIL"
    template: dict[str, object] = {
        "kind": table.required("kind", one_of(*NOTIFICATIONS)),
        "channel": named,
        "to": table.read("to", one_of(*AUDIENCES), "customer"),
        "language": table.optional("language", notations.language),
        "subject": table.optional("subject", text(500)) if mail else None,
        "text": table.optional("text", text(20_000)),
        "html": table.optional("html", text(100_000)) if mail else None,
    }
    if mail and not template["subject"]:
        table.lack("subject")
    if not template["text"] and not template["html"]:
        table.lack("text")
    table.done()
    return template
