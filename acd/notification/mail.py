"""A letter as an e-mail: headers that nobody can add to, text, HTML, and the appointment for one's calendar."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from qms.domain.message import Wording
from qms.services.booking.calendar_entries import Method, entry_of, written
from qms.services.notification.letters import Letter

METHODS: Mapping[str, Method] = {
    "CREATE": "REQUEST",
    "RESCHEDULE": "REQUEST",
    "UPDATE": "REQUEST",
    "CANCELLED": "CANCEL",
}
"""Which messages bring the appointment for a calendar, and what that does with it. Source: RFC 5546, section 3.2."""

LONGEST_SUBJECT = 250
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_DOT = re.compile(rb"^\.", re.MULTILINE)
_POLICY = SMTP.clone(max_line_length=998, cte_type="7bit")


class Unmailable(ValueError):
    """No e-mail can be made of it: the recipient's address is none that mail can be sent to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """An e-mail as it goes over the wire, with its envelope."""

    sender: str
    recipient: str
    content: bytes


def mail(letter: Letter, wording: Wording, *, sender: str, at: datetime) -> Mail:
    """The e-mail of a letter. `sender`: from whom, unless the account has its own; `at`: the machine's time.

    Raises:
        Unmailable: there is no such recipient.
    """
    told, author = letter.message, letter.sender or sender
    name, address = parseaddr(author)
    recipient = _plain(told.recipient)
    content = EmailMessage(policy=_POLICY)
    content["From"] = _address(name or _account(letter), address)
    content["To"] = _address("", recipient)
    if letter.reply_to:
        content["Reply-To"] = _address(*parseaddr(letter.reply_to))
    content["Subject"] = one_line(wording.subject)[:LONGEST_SUBJECT]
    content["Date"] = format_datetime(at)
    content["Message-ID"] = f"<{told.id}@{address.rpartition('@')[2]}>"
    content["Auto-Submitted"] = "auto-generated"
    content.set_content(wording.text or " ", charset="utf-8")
    if wording.html:
        content.add_alternative(wording.html, subtype="html", charset="utf-8")
    _attach_entry(content, letter, address, recipient)
    return Mail(sender=address, recipient=recipient, content=_DOT.sub(b"..", content.as_bytes()) + b".\r\n")


def one_line(text: str) -> str:
    """A text for a header: what breaks lines is a blank."""
    return " ".join(_BREAKS.sub(" ", text).split())


def _attach_entry(content: EmailMessage, letter: Letter, organizer: str, attendee: str) -> None:
    method, it, network = METHODS.get(letter.message.kind), letter.appointment, letter.network
    if method is None or it is None or network is None:
        return
    entry = written(entry_of(network, it), method, organizer=organizer, attendee=attendee).decode()
    content.add_attachment(
        entry, subtype="calendar", charset="utf-8", filename="appointment.ics", params={"method": method}
    )


def _account(letter: Letter) -> str:
    return letter.network.account.name if letter.network is not None else ""


def _address(name: str, address: str) -> Address:
    try:
        return Address(display_name=one_line(name), addr_spec=address)
    except (ValueError, IndexError):  # the parser of addresses stumbles over some texts
        raise Unmailable(address) from None


def _plain(address: str) -> str:
    """An address as every mail server takes it: its domain in ASCII."""
    local, _, domain = address.rpartition("@")
    try:
        found = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise Unmailable(address) from None
    if not found.isascii():
        raise Unmailable(address)
    return found
