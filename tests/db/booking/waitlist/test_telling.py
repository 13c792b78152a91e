"""Those in line are told, and those who tell people."""

import sqlalchemy as sa

from kiosk.messages.links import Linker
from kiosk.messages.wording import Wordings
from qms.domain.customer import Person
from qms.domain.message import Message
from qms.services.booking import waitlist
from qms.services.notification.letters import letters
from qms.store.schema.outbox import delivery
from qms.store.schema.reaching import message
from qms_gateway import webhook_native
from tests.db.booking.clinic import CLINIC, Clinic, every
from tests.db.booking.waitlist.line import Line, filled

HOOK = """
[[webhook]]
key = "hook"
url = "https://hook.example"
events = ["waitlist.*", "waitlist.joined", "waitlist.offered", "waitlist.accepted", "waitlist.expired"]
"""


def test_all_of_it_is_told_with_the_link_for_those_who_tell_people(open_store, clock):
    line = Line(filled(Clinic(open_store(event_names={"native": webhook_native.EVENTS}), CLINIC + HOOK)))
    line.joins("ada")
    line.clinic.cancel(line.clinic.booked[0])
    line.does(waitlist.accept, "ada")
    line.joins("bea")
    clock.move(hours=36)
    line.clinic.run_timers()

    told = [row for row in line.clinic.store.read(every, of=delivery) if row.event.startswith("waitlist.")]

    assert sorted(row.event for row in told) == [
        "waitlist.accepted",
        "waitlist.expired",
        "waitlist.joined",
        "waitlist.joined",
        "waitlist.offered",
    ]
    offered = next(row.data for row in told if row.event == "waitlist.offered")
    assert offered["entry"]["page"] == f"/book/clinic/wait/{line.links['ada']}"
    assert offered["customer"]["email"] == "ada@example.org"
    assert offered["entry"]["offered_until"] == "2026-03-02T15:15:00.000000Z"


def letters_of(line):
    """What people are written."""
    store = line.clinic.store
    found = store.read(lambda tx: tx.all(Message, sa.select(message).where(message.c.kind == "waitlist_offer")))
    written, stale = store.read(letters, found=found, public_url="https://q.example")
    words = Wordings(linker=Linker(public_url="https://q.example", secret=b"s" * 32, bases={}))
    return [(one.message.channel, one.message.recipient, words(one)) for one in written], stale


def test_who_is_offered_a_place_is_written_where_to_answer(line):
    line.joins("ada")
    line.clinic.cancel(line.clinic.booked[0])

    ((channel, recipient, wording),), _ = letters_of(line)

    assert (channel, recipient) == ("EMAIL", "ada@example.org")
    assert "8:00" in wording.subject
    assert f"https://q.example/book/clinic/wait/{line.links['ada']}" in wording.text
    assert "12:15" in wording.text


def test_who_gave_a_telephone_only_is_sent_a_text(line):
    line.joins("ada", person=Person(firstname="Ada", phone="+56 9 1234 5678"))
    line.clinic.cancel(line.clinic.booked[0])

    ((channel, recipient, wording),), _ = letters_of(line)

    assert (channel, recipient) == ("SMS", "+56 9 1234 5678")
    assert wording.text.endswith(line.links["ada"])


def test_an_offer_that_is_over_is_written_to_nobody(line, clock):
    line.joins("ada")
    line.clinic.cancel(line.clinic.booked[0])
    clock.move(minutes=15)

    written, stale = letters_of(line)

    assert (written, len(stale)) == ([], 1)
