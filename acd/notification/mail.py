"""A letter as an e-mail: headers that nobody can add to, text, HTML, and the appointment for one's calendar."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.charset import BASE64, Charset
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr

from qms.domain.contact import is_email
from qms.domain.message import Wording
from qms.services.booking.calendar_entries import Method, entry_of, written
from qms.services.logos import CONTENT_ID, Logo
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
_IN_WORDS = Charset("utf-8")
_IN_WORDS.header_encoding = BASE64  # without weighing it against the other way, which takes longer than all the rest
_POLICY = compat32.clone(linesep="\r\n")  # a fifth of the time that the newer ones take: mail goes out by the thousand


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
    content = _body(wording, letter.logo)
    if (entry := _entry(letter, address, recipient)) is not None:
        whole = MIMEMultipart("mixed")
        whole.attach(content)
        whole.attach(entry)
        content = whole
    headers = {
        "From": _address(name or _account(letter), address),
        "To": recipient,
        "Reply-To": _address(*parseaddr(letter.reply_to)) if letter.reply_to else "",
        "Subject": _header(one_line(wording.subject)[:LONGEST_SUBJECT]),
        "Date": format_datetime(at),
        "Message-ID": f"<{told.id}@{address.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
    }
    for header, value in headers.items():
        if value:
            content[header] = value
    written = content.as_bytes(policy=_POLICY).removesuffix(b"\r\n")
    return Mail(sender=address, recipient=recipient, content=_DOT.sub(b"..", written) + b"\r\n.\r\n")


def one_line(text: str) -> str:
    """A text for a header: what breaks lines is a blank."""
    return " ".join(_BREAKS.sub(" ", text).split())


def _body(wording: Wording, logo: Logo | None) -> MIMEBase:
    text = MIMEText(wording.text or " ", "plain", "utf-8")
    if not wording.html:
        return text
    both = MIMEMultipart("alternative")
    both.attach(text)
    html = MIMEText(wording.html, "html", "utf-8")
    both.attach(html if logo is None or f"cid:{CONTENT_ID}" not in wording.html else _illustrated(html, logo))
    return both


def _illustrated(html: MIMEText, logo: Logo) -> MIMEBase:
    """HTML with the logo that it names. Source: RFC 2387; RFC 2392, cid."""
    whole = MIMEMultipart("related", type="text/html")
    whole.attach(html)
    kind = logo.content_type.removeprefix("image/")
    picture = MIMEImage(logo.content, kind)
    picture["Content-ID"] = f"<{CONTENT_ID}>"
    picture.add_header("Content-Disposition", "inline", filename=f"{CONTENT_ID}.{kind}")
    whole.attach(picture)
    return whole


def _entry(letter: Letter, organizer: str, attendee: str) -> MIMEBase | None:
    method, it, network = METHODS.get(letter.message.kind), letter.appointment, letter.network
    if method is None or it is None or network is None:
        return None
    entry = written(entry_of(network, it), method, organizer=organizer, attendee=attendee).decode()
    part = MIMEText(entry, "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="appointment.ics")
    return part


def _header(text: str) -> str:
    """A text for a header, in encoded words where it needs them."""
    return text if text.isascii() else Header(text, _IN_WORDS, header_name="Subject").encode()


def _account(letter: Letter) -> str:
    return letter.network.account.name if letter.network is not None else ""


def _address(name: str, address: str) -> str:
    return formataddr((one_line(name), address))


def _plain(address: str) -> str:
    """An address as every mail server takes it: its domain in ASCII."""
    local, _, domain = address.rpartition("@")
    try:
        found = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise Unmailable(address) from None
    if not found.isascii() or not is_email(found):
        raise Unmailable(address)
    return found
