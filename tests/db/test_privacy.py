"""What is kept of a person is found, handed out, erased on request, and forgotten by itself; nobody else's is."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from qms.domain.customer import Person
from qms.domain.errors import Conflict, Invalid, NotFound
from qms.services import auditing
from qms.services.privacy import anonymising, people
from qms.services.privacy.finding import Who, find
from qms.store.columns import Json, Sealed
from qms.store.schema import booking, callback, metadata, outbox, reaching, waitlist, work
from qms.store.schema.data_map import NOT_PERSONAL, PERSONAL
from qms.store.scrubbing import scrub
from qms.store.tx import Tx
from tests.db.booking.clinic import CLINIC, Clinic, on

CANARY, OTHER = "canary@birds.example", "notthecanary@birds.example"
WORDS = ("Canaria", "Zzcanary", CANARY, "555-000-1234")
HE = Who(email="Canary@birds.example")
HOOK = """
[[webhook]]
key = "all"
url = "http://127.0.0.1:9/hook"
events = ["*"]
dialect = "native"
"""
NAMES = ("ticket.created", "ticket.cancelled", "appointment.created", "customer.created")


@pytest.fixture
def clinic(open_store: Any) -> Clinic:
    """A clinic where two have been, each of whom left something everywhere."""
    clinic = Clinic(open_store(event_names={"native": {name: name for name in NAMES}}), CLINIC + HOOK)
    _visit(clinic, Person(firstname="Canaria", lastname="Zzcanary", email=CANARY, phone="+1 555-000-1234"), "10:00")
    _visit(clinic, Person(firstname="Other", lastname="Zzother", email=OTHER, phone="+1 555-000-9999"), "11:00")
    return clinic


def _visit(clinic: Clinic, he: Person, at: str) -> None:
    """Somebody books and cancels, takes a number and goes again; and what else there can be of him."""
    answers = [{"_id": "0123456789abcdef01234501", "value": he.firstname}]
    answers += [{"_id": "0123456789abcdef01234502", "value": he.email}]
    clinic.cancel(clinic.book(at, "single", answers=answers, person=he))
    data = f'{{"mail":"{he.email}"}}'
    ticket = clinic.take("visits", "main", integration_data=data, customer=he.known())
    noted = work.ticket.update().where(work.ticket.c.id == ticket.id).values(note=f"Wants to talk to {he.lastname}")
    clinic.store.write(lambda tx: tx.execute(noted))
    clinic.leave(ticket)
    clinic.store.write(_write, account=clinic.account, he=he, ticket=ticket.id)


def _write(tx: Tx, account: str, he: Person, ticket: str) -> None:
    now, it = tx.now, {"account_id": account}
    over = {"ended_at": now, "state": "left", "seq": 1, "passed_up": [], "service_id": "s", "day": "2026-03-03"}
    when = {
        "timezone": "UTC",
        "begins_at": now,
        "over_at": now,
        "created_at": now,
        "link": tx.new_id(),
        "contact": he.email,
    }
    tx.execute(waitlist.waitlist_entry.insert(), {**it, **over, **when, "id": tx.new_id(), "person": he.known()})
    wish = {
        "branch_id": "b",
        "queue_id": "q",
        "asked_at": now,
        "state": "done",
        "phone": he.phone,
        "name": he.firstname,
    }
    tx.execute(callback.callback.insert(), {**it, **wish, "id": tx.new_id()})
    told = {"kind": "otp", "channel": "email", "recipient": he.email, "data": {"name": he.lastname}, "state": "sent"}
    tx.execute(reaching.message.insert(), {**it, **told, "id": tx.new_id(), "due_at": now, "created_at": now})
    code = {"purpose": "booking", "contact": he.phone, "code_hash": "", "created_at": now, "expires_at": now}
    tx.execute(reaching.one_time_code.insert(), {**it, **code, "id": tx.new_id()})
    kept: dict[str, Any] = {
        "scope": "s",
        "key": he.email,
        "fingerprint": "",
        "status": 201,
        "headers": {},
        "body": f"{he.known()}",
    }
    tx.execute(outbox.idempotency.insert(), {**kept, "key": ticket, "created_at": now})
    delivery = tx.execute(sa.select(outbox.delivery.c.id).where(outbox.delivery.c.entity == ticket)).scalars().first()
    tx.execute(outbox.delivery.update().values(state="delivered"))
    tried = {"delivery_id": delivery, "number": 1, "at": now, "duration_ms": 1, "excerpt": f"got {he.email}"}
    tx.execute(outbox.attempt.insert(), {**tried, "id": tx.new_id()})


def _words(clinic: Clinic) -> str:
    """Every word in the database."""

    def every(tx: Tx) -> str:
        return "\n".join(f"{table} {row}" for table in metadata.sorted_tables for row in tx.execute(sa.select(table)))

    return clinic.store.read(every)


def _lines(words: str, forbidden: Sequence[str]) -> list[str]:
    return [line for line in words.splitlines() if any(word in line for word in forbidden)]


def test_every_column_of_words_is_declared_personal_or_not():
    words = sa.String | sa.LargeBinary | Json | Sealed

    for table in metadata.sorted_tables:
        there = {c.name for c in table.c if isinstance(c.type, words) and c.name != "id" and c.name[-3:] != "_id"}
        personal, other = set(PERSONAL.get(table.name, ())), set(NOT_PERSONAL.get(table.name, "").split())
        assert not personal & other, table.name
        assert there == personal | other, f"{table.name}: say in qms/store/schema/data_map.py what these hold"


def test_a_person_is_handed_what_is_kept_of_him_and_nothing_of_others(clinic):
    said = clinic.store.write(people.export, account=clinic.account, who=HE, by="ana")

    assert all(word in str(said) for word in WORDS)
    assert OTHER not in str(said)
    assert (said["customer"][0]["firstname"], said["ticket"][0]["number"]) == ("Canaria", "V001")
    assert "code_hash" not in str(said)
    assert [one.action for one in clinic.store.read(auditing.listed, account=clinic.account, action="person")] == [
        "person.exported"
    ]


def test_a_person_is_found_by_whatever_is_known_of_him(clinic):
    found = clinic.store.read(find, account=clinic.account, who=HE)
    (customer,) = found.of(booking.customer)

    for who in (Who(phone="0015550001234"), Who(customer=customer)):
        assert clinic.store.read(find, account=clinic.account, who=who).rows == found.rows


def test_nothing_of_an_erased_person_is_left_and_all_of_others(clinic, tmp_path):
    before = _words(clinic)

    clinic.store.write(people.erase, account=clinic.account, who=HE, by="ana")

    left = _words(clinic)
    assert _lines(left.replace(OTHER, ""), WORDS) == []
    assert all(left.count(word) == before.count(word) for word in (OTHER, "Zzother", "555-000-9999"))
    assert clinic.store.read(auditing.verify, account=clinic.account).broken is None
    with pytest.raises(NotFound):
        clinic.store.write(people.erase, account=clinic.account, who=HE, by="ana")
    if clinic.store.engine.dialect.name == "sqlite":
        assert scrub(clinic.store.engine)
        assert _in_files(tmp_path) == []


def _in_files(folder: Path) -> list[str]:
    files = [file.read_bytes().replace(OTHER.encode(), b"") for file in folder.glob("turnero.db*")]
    return [word for word in WORDS if any(word.encode() in content for content in files)]


def test_whoever_is_expected_or_waits_is_not_erased(clinic):
    clinic.take("visits", "main", customer={"email": CANARY})

    with pytest.raises(Conflict, match="not over"):
        clinic.store.write(people.erase, account=clinic.account, who=HE, by="ana")

    assert CANARY in _words(clinic)


def test_a_person_has_to_be_named():
    for nobody in ({}, {"phone": "12"}):
        with pytest.raises(Invalid):
            Who(**nobody)


def test_people_go_by_themselves_when_their_time_is_over_and_figures_stay(clinic, clock):
    clinic.book(on("10:00") + timedelta(days=28), "any", person=Person(firstname="Later", email="later@birds.example"))
    counted = _figures(clinic)
    clock.move(days=29)
    clinic.store.write(anonymising.step)
    assert CANARY in _words(clinic)

    clock.move(days=3)
    while clinic.store.write(anonymising.step):
        pass

    left = _words(clinic)
    assert _lines(left, (*WORDS, OTHER, "Other")) == []
    assert "later@birds.example" in left
    assert _figures(clinic) == counted


def _figures(clinic: Clinic) -> list[Any]:
    columns = [work.ticket.c[name] for name in ("id", "state", "number", "enqueued_at", "ended_at")]
    return clinic.store.read(lambda tx: list(tx.execute(sa.select(*columns).order_by(work.ticket.c.id))))


def test_an_account_can_keep_people_for_as_long_as_it_says(clinic, clock):
    clinic.apply((CLINIC + HOOK).replace("[account]", "[account]\noptions = { anonymise_after_days = 0 }"))

    clock.move(days=4000)

    clinic.store.write(anonymising.step)
    assert "Canaria" in _words(clinic)
