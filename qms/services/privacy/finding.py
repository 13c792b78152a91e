"""Finding what is kept of one person: by e-mail address, telephone number or customer's id."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from qms.domain.errors import Invalid, NotFound
from qms.domain.ids import from_uuid, to_uuid
from qms.store.schema import booking, callback, network, outbox, reaching, waitlist, work
from qms.store.schema.summons import summons
from qms.store.tx import Tx

AT_ONCE = 500
"""Ids that a statement asks for."""

_customer, _appointment, _ticket = booking.customer, booking.appointment, work.ticket
_webhook = network.webhook.c
_waitlist, _callback, _message = waitlist.waitlist_entry, callback.callback, reaching.message


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A person, by one thing at least that is known of him."""

    email: str = ""
    phone: str = ""
    customer: str = ""

    def __post_init__(self) -> None:
        """Raises Invalid: nothing is known of him, or a telephone number without digits."""
        if not (self.email or self.phone or self.customer):
            raise Invalid("person", "an e-mail address, a telephone number or a customer's id")
        if self.phone and len(digits(self.phone)) < 5:
            raise Invalid("phone", "a telephone number")

    @property
    def customers(self) -> Collection[str]:
        """His id as a customer, as it is stored."""
        return [from_uuid(self.customer) or self.customer] if self.customer else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The rows in which something of him is, by table; `marks` are the texts that name him, in lower case."""

    marks: frozenset[str]
    rows: Mapping[str, Collection[str]] = field(default_factory=dict)

    def of(self, table: sa.Table) -> Collection[str]:
        """The ids of his rows in a table."""
        return self.rows.get(str(table.name), ())


def digits(phone: str) -> str:
    """A telephone number as it is compared: its digits, without what stands for abroad."""
    only = "".join(letter for letter in phone if letter.isdigit())
    return only.removeprefix("00")


def find(tx: Tx, *, account: str, who: Who) -> Found:
    """What there is of somebody in an account.

    Raises:
        NotFound: nothing.
    """
    found = look(tx, account=account, who=who)
    if not any(found.rows.values()):
        raise NotFound("person", "nothing is kept of")
    return found


def look(tx: Tx, *, account: str, who: Who) -> Found:
    """What there is of somebody in an account, if anything is."""
    customers, marks = _customers(tx, account, who)
    rows: dict[str, Collection[str]] = {"customer": customers}
    visits = _visits(tx, account, customers, marks)
    rows |= visits | _waiting(tx, account, marks, visits["appointment"], visits["ticket"])
    rows["message"] = {
        *_ids(tx, _message, account, _among(_message, "appointment_id", visits["appointment"])),
        *_saying(tx, _message, account, ("recipient", "data"), marks),
    }
    rows["one_time_code"] = _saying(tx, reaching.one_time_code, account, ("contact",), marks)
    known = {id for ids in rows.values() for id in ids}
    rows["delivery"] = {
        *_ids(tx, outbox.delivery, account, _among(outbox.delivery, "entity", known)),
        *_saying(tx, outbox.delivery, account, ("data",), marks),
    }
    return Found(marks=frozenset(marks), rows={table: sorted(ids) for table, ids in rows.items()})


def texts(found: Found) -> Iterable[str]:
    """What can stand for him in an answer: what names him, and the ids of his rows in both spellings."""
    yield from found.marks
    for table in ("customer", "appointment", "ticket", "submission", "waitlist_entry", "callback"):
        for id in found.rows.get(table, ()):
            yield from (id, to_uuid(id))


def _customers(tx: Tx, account: str, who: Who) -> tuple[set[str], set[str]]:
    c, wanted = _customer.c, digits(who.phone)
    any_of: list[sa.ColumnElement[bool]] = [c.id.in_(who.customers)] if who.customer else []
    any_of += [sa.func.lower(c.email) == who.email.lower()] if who.email else []
    any_of += [c.phone.contains(wanted[-1:], autoescape=True)] if wanted else []
    found = tx.execute(sa.select(c.id, c.email, c.phone).where(c.account_id == account, sa.or_(*any_of))).all()
    his = [
        row for row in found if not wanted or digits(row.phone or "") == wanted or _otherwise(row.id, row.email, who)
    ]
    said = {text for row in his for text in (row.email, row.phone) if text} | {who.email, who.phone} - {""}
    said |= {f"+{wanted}"} if wanted else set()  # as it is kept where it was checked
    return {str(row.id) for row in his}, {text.lower() for text in said}


def _otherwise(id: str, email: str | None, who: Who) -> bool:
    return id in who.customers or bool(who.email and email and email.lower() == who.email.lower())


def _visits(tx: Tx, account: str, customers: Collection[str], marks: set[str]) -> dict[str, Collection[str]]:
    party, submission = booking.participant.c, work.submission
    there = {
        row[0]
        for some in _chunks(customers)
        for row in tx.execute(sa.select(party.appointment_id).where(party.party_id.in_(some)))
    }
    appointments = {
        *_ids(tx, _appointment, account, _among(_appointment, "customer_id", customers)),
        *_ids(tx, _appointment, account, _among(_appointment, "id", there)),
        *_saying(tx, _appointment, account, ("data", "title"), marks),
    }
    tickets = {
        *_ids(tx, _ticket, account, _among(_ticket, "appointment_id", appointments)),
        *_saying(tx, _ticket, account, ("customer", "integration_data", "note"), marks),
    }
    tickets |= _summoned(tx, account, marks)
    said = _saying(tx, submission, account, ("values",), marks)
    tickets |= _ids(tx, _ticket, account, _among(_ticket, "submission_id", said))
    submissions = {*said, *_ids(tx, submission, account, _among(submission, "ticket_id", tickets))}
    for table, ids in ((_appointment, appointments), (_ticket, tickets)):
        for some in _chunks(ids):
            kept = sa.select(table.c.submission_id).where(table.c.id.in_(some), table.c.submission_id.is_not(None))
            submissions.update(str(id) for id in tx.execute(kept).scalars())
    return {"appointment": appointments, "ticket": tickets, "submission": submissions}


def _summoned(tx: Tx, account: str, marks: Collection[str]) -> set[str]:
    """The tickets whose holder is told at one of his addresses."""
    wishes = _saying(tx, summons, account, ("address",), marks)
    of = sa.select(summons.c.ticket_id)
    return {str(id) for some in _chunks(wishes) for id in tx.execute(of.where(summons.c.id.in_(some))).scalars()}


def _waiting(
    tx: Tx, account: str, marks: set[str], appointments: Collection[str], tickets: Collection[str]
) -> dict[str, Collection[str]]:
    entries = {
        *_saying(tx, _waitlist, account, ("contact", "person"), marks),
        *_ids(tx, _waitlist, account, _among(_waitlist, "appointment_id", appointments)),
    }
    calls = {
        *_saying(tx, _callback, account, ("phone",), marks),
        *_ids(tx, _callback, account, _among(_callback, "ticket_id", tickets)),
    }
    wishes = _ids(tx, summons, account, _among(summons, "ticket_id", tickets))
    return {"waitlist_entry": entries, "callback": calls, "summons": wishes}


def _saying(tx: Tx, table: sa.Table, account: str, names: Sequence[str], marks: Collection[str]) -> set[str]:
    """The ids of an account's rows where something that names him stands in one of these columns, as a whole word."""
    texts = [sa.func.lower(sa.type_coerce(table.c[name], sa.Text)) for name in names]
    likely = sa.or_(sa.false(), *(text.contains(mark, autoescape=True) for text in texts for mark in sorted(marks)))
    found = sa.select(table.c.id, *texts).where(likely, _mine(table, account))
    whole = naming(marks)
    return {str(id) for id, *said in tx.execute(found) if any(whole.search(text) for text in said if text)}


def naming(marks: Iterable[str]) -> re.Pattern[str]:
    """Where one of these texts stands as a whole: `ana@x.example` is not in `joana@x.example`."""
    return re.compile(rf"(?<![\w.+%-])(?:{'|'.join(map(re.escape, sorted(marks))) or '(?!)'})(?![\w-]|\.\w)")


def _mine(table: sa.Table, account: str) -> sa.ColumnElement[bool]:
    """That a row is the account's, or a code that somebody asked for without saying where.

    Deliveries are asked for by the account's webhooks, which lead to an index.
    """
    mine = table.c.account_id == account
    if table is outbox.delivery:
        return mine & outbox.delivery.c.webhook_id.in_(sa.select(_webhook.id).where(_webhook.account_id == account))
    return mine | table.c.account_id.is_(None) if table is reaching.one_time_code else mine


def _among(table: sa.Table, column: str, ids: Collection[str]) -> list[sa.ColumnElement[bool]]:
    return [table.c[column].in_(some) for some in _chunks(ids)]


def _ids(tx: Tx, table: sa.Table, account: str, any_of: Iterable[sa.ColumnElement[bool]]) -> set[str]:
    """The ids of an account's rows for which one of these holds."""
    mine = sa.select(table.c.id).where(_mine(table, account))
    return {str(id) for where in any_of for id in tx.execute(mine.where(where)).scalars()}


def _chunks(ids: Collection[str]) -> Iterable[list[str]]:
    ordered = sorted(ids)
    return (ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE))
