"""Wishes to be told: taken with a ticket's link or at a kiosk, for this ticket only, and taken back at any time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import sqlalchemy as sa

from qms.domain import contact
from qms.domain.errors import Conflict, Gone, Invalid, NotFound
from qms.domain.network import Kiosk, Network
from qms.domain.summons import MOST_PLACES, WANTED, Summons, SummonsChannel
from qms.domain.ticket import Ticket
from qms.services import devices, visitors
from qms.services.notification.phones import e164
from qms.store import tickets
from qms.store.schema.summons import summons
from qms.store.tx import Tx

MOST = 5
"""So many addresses may be given for one ticket: enough for a mistake, too few to trouble strangers."""

_c = summons.c


def channels(network: Network, *, mails: bool) -> Collection[SummonsChannel]:
    """Over which channels visitors can be written to; `mails`: whether the installation sends e-mail."""
    providers = (network.account.messages or {}).get("providers", ())
    texts = any(one["channel"] == "SMS" for one in providers)
    offered: list[tuple[SummonsChannel, bool]] = [("SMS", texts), ("EMAIL", mails)]
    return [channel for channel, there in offered if there]


def asks_for_phone(network: Network, kiosk: Kiosk) -> bool:
    """Whether a kiosk asks for a telephone number to write to."""
    return bool(kiosk.settings.get("phone")) and "SMS" in channels(network, mails=False)


def of_ticket(tx: Tx, *, link: str) -> Sequence[Summons]:
    """Where a ticket's holder is told.

    Raises:
        NotFound: the link opens none.
    """
    return _standing(tx, visitors.by_link(tx, link=link).id)


def ask(tx: Tx, *, link: str, to: str, places: int = 0, mails: bool = False, language: str | None = None) -> Summons:
    """Have messages sent to a telephone number or an e-mail address; another one replaces the one before.

    Raises:
        NotFound: no such link. Gone: the turn has come, or the ticket is over. Conflict: too many addresses.
        Invalid: that is no address that can be written to from here.
    """
    ticket = _held(tx, visitors.by_link(tx, link=link))
    network = tx.network(ticket.account_id)
    channel: SummonsChannel = "EMAIL" if "@" in to else "SMS"
    if channel not in channels(network, mails=mails):
        raise Invalid("to", "an address of " + " or ".join(channels(network, mails=mails)))
    if not 0 <= places <= MOST_PLACES:
        raise Invalid("places", f"a whole number from 0 to {MOST_PLACES}")
    return _put(tx, ticket, channel, _checked(network, channel, to), places=places, locale=language)


def ask_at_kiosk(tx: Tx, *, token: str, ticket: str, phone: str, language: str | None = None) -> Summons:
    """Have messages about a ticket of a kiosk's branch sent to a telephone.

    Raises:
        NotFound: no such kiosk, it asks for no number, or no such ticket. Otherwise as for `ask`.
    """
    network, branch, kiosk = devices.kiosk(tx, token=token)
    found = tickets.get(tx, ticket) if asks_for_phone(network, kiosk) else None
    if found is None or found.branch_id != branch.id:
        raise NotFound("ticket", ticket)
    number = _checked(network, "SMS", phone)
    return _put(tx, _held(tx, found), "SMS", number, places=1, locale=language)


def subscribe(tx: Tx, *, link: str, endpoint: str, keys: Mapping[str, str], language: str | None = None) -> Summons:
    """Have a browser told through its push service; the same browser again is the same wish.

    Raises:
        NotFound, Gone, Conflict: as for `ask`. Invalid: the service has no safe address.
    """
    if urlsplit(endpoint).scheme != "https":
        raise Invalid("endpoint", "an address that begins with https://")
    ticket = _held(tx, visitors.by_link(tx, link=link))
    return _put(tx, ticket, "PUSH", endpoint, places=1, locale=language, keys=dict(keys))


def stop(tx: Tx, *, link: str, id: str | None = None) -> None:
    """Tell a ticket's holder nothing more, at one of his addresses or at all.

    Raises:
        NotFound: the link opens no ticket.
    """
    for one in of_ticket(tx, link=link):
        if id in (None, one.id):
            _save(tx, one.stopped(tx.now))


def _checked(network: Network, channel: SummonsChannel, text: str) -> str:
    if channel == "EMAIL":
        return contact.checked(text, "EMAIL", "to")
    number = e164(contact.checked(text, "SMS", "to"), (network.account.messages or {}).get("country"))
    if number is None:
        raise Invalid("to", "a telephone number, with the code of its country")
    return number


def _held(tx: Tx, ticket: Ticket) -> Ticket:
    tx.hold(ticket.domain_id)
    if ticket.state not in WANTED:
        raise Gone("ticket", ticket.state)
    return ticket


def _put(
    tx: Tx,
    ticket: Ticket,
    channel: SummonsChannel,
    address: str,
    *,
    places: int,
    locale: str | None,
    keys: Mapping[str, str] | None = None,
) -> Summons:
    before = [one for one in _standing(tx, ticket.id) if one.channel == channel]
    for one in before:
        if one.address == address:
            return _save(tx, replace(one, places=places, keys=keys, locale=locale))
    given = sa.select(sa.func.count()).where(_c.ticket_id == ticket.id)
    if tx.execute(given).scalar_one() >= MOST:
        raise Conflict("summons", "too many")
    for one in before if channel != "PUSH" else ():
        _save(tx, one.stopped(tx.now))
    new = Summons(
        id=tx.new_id(),
        account_id=ticket.account_id,
        ticket_id=ticket.id,
        channel=channel,
        address=address,
        asked_at=tx.now,
        places=places,
        keys=keys,
        locale=locale or ticket.language,
    )
    tx.insert(summons, new)
    return new


def _standing(tx: Tx, ticket: str) -> list[Summons]:
    here = sa.select(summons).where(_c.ticket_id == ticket, _c.stopped_at.is_(None))
    return tx.all(Summons, here.order_by(_c.asked_at, _c.id))


def _save(tx: Tx, one: Summons) -> Summons:
    kept = {"address": one.address, "keys": one.keys, "places": one.places, "locale": one.locale}
    tx.execute(summons.update().where(_c.id == one.id).values(**kept, stopped_at=one.stopped_at))
    return one
