"""What somebody shows who checks in: the code of the confirmation, an address ending with it, or the link to join."""

import re
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

from qms.domain.appointment import Appointment
from qms.domain.errors import Gone, NotAuthenticated, NotFound
from qms.domain.network import Branch, Network
from qms.services.booking import tokens
from qms.services.booking.codes import spellings
from qms.services.check_in_times import LASTING
from qms.store import appointments
from qms.store.tx import Tx

_QUERY = re.compile(r"[?#]")
_TOKEN = "v-schedule-auth"  # noqa: S105 - the name of a parameter


def code_in(text: str) -> str:
    """The code in what was typed, scanned or pasted, as it is kept: in capitals, nothing around it."""
    path = _QUERY.split(text.strip())[0]
    return path.rstrip("/").rpartition("/")[2].upper()


def token_in(text: str) -> str | None:
    """The token in a link to join that was scanned or pasted."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    given = parse_qs(parts.query).get(_TOKEN) or parse_qs(parts.fragment).get(_TOKEN)
    return given[0] if given else None


def meant(tx: Tx, network: Network, branch: Branch, text: str, secret: bytes | None) -> Appointment:
    """The appointment that a code or a link to join stands for, if it is given at this branch.

    Raises:
        NotFound: there is none.
    """
    booked = coded(tx, network, branch, code_in(text))
    if booked is None and secret is not None:
        booked = _linked(tx, token_in(text), secret)
    if booked is None or booked.account_id != network.account.id or booked.branch_id not in (None, branch.id):
        raise NotFound("appointment", "code")
    return booked


def _linked(tx: Tx, token: str | None, secret: bytes) -> Appointment | None:
    """The appointment of a link, which is good for as long as the code is."""
    if token is None:
        return None
    with suppress(NotAuthenticated, Gone):
        booked = tokens.meant(tx, token=tokens.read(token, secret=secret, now=tx.now))
        return booked if booked.state in LASTING else None
    return None


def coded(tx: Tx, network: Network, branch: Branch | None, code: str) -> Appointment | None:
    """The appointment with this code for which one may come, at this branch or at none; None: at any."""
    if not code.isprintable():
        return None
    kept = (
        appointments.with_code(tx, network.account.id, one, LASTING, branch.id if branch else None)
        for one in spellings(code)
    )
    return next((one for one in kept if one is not None), None)
