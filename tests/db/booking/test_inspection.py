"""What inspection finds in a calendar that contradicts itself. What is right about it, every other test here shows."""

import pytest
import sqlalchemy as sa

from qms.services import check_in
from qms.services.booking import ending
from qms.services.booking.finding import domains_of_appointment
from qms.services.inspection import broken_invariants
from qms.store.schema.booking import appointment, claim
from tests.db.booking.clinic import CLINIC, Clinic, on


@pytest.fixture
def clinic(store):
    """A clinic that may be left in disorder."""
    return Clinic(store, CLINIC)


def broken(clinic, table, where, **values):
    """What is found once some rows are otherwise."""
    clinic.store.write(lambda tx: tx.execute(table.update().where(where).values(**values)), domain=clinic.domains)
    return clinic.store.read(broken_invariants)


def test_who_is_expected_has_his_agents_time(clinic):
    booked = clinic.book("10:00")

    found = broken(clinic, claim, claim.c.appointment_id == booked.id, active=False)

    assert found == [f"calendar: appointment {booked.id} is expected and takes no time"]


def test_what_is_over_takes_no_time(clinic):
    booked = clinic.book("10:00")

    found = broken(clinic, appointment, appointment.c.id == booked.id, state="cancelled")

    assert found == [f"calendar: appointment {booked.id} is over and takes time"]


def test_the_time_of_a_no_show_is_over_though_the_clock_is_set_back(clinic, clock):
    booked = clinic.book("10:00", "single")
    clock.move(hours=22, minutes=10)
    clinic.of(ending.no_show, booked)

    clock.move(minutes=-45)

    assert clinic.store.read(broken_invariants) == []


def test_nobodys_time_is_given_away_twice(clinic):
    first, second = sorted((clinic.book("10:00", "single"), clinic.book("11:00", "single")), key=lambda it: it.id)

    def undo_the_rule(tx):
        if tx.connection.dialect.name == "sqlite":
            for event in ("insert", "update"):
                tx.execute(sa.text(f"DROP TRIGGER slot_taken_{event}"))
        else:
            tx.execute(sa.text("ALTER TABLE claim DROP CONSTRAINT slot_taken"))
        both = {"blocked_start": on("10:00"), "blocked_end": on("10:30")}
        tx.execute(claim.update().values(both))
        raise Refused(broken_invariants(tx))

    with pytest.raises(Refused) as found:
        clinic.store.write(undo_the_rule, domain=clinic.domains)

    assert found.value.args == ([f"calendar: appointments {first.id} and {second.id} take the same time"],)


class Refused(Exception):
    """The transaction is given up, with what was found."""


def test_whoever_has_checked_in_has_a_ticket_in_line(clinic, clock):
    booked = clinic.book("10:00", "single")
    clock.move(hours=21)
    domains = clinic.store.read(domains_of_appointment, account=clinic.account, id=booked.id)
    who = {"account": clinic.account, "agent": "ana", "code": booked.code}
    clinic.leave(clinic.store.write(check_in.check_in_at_desk, domain=domains, **who))

    found = broken(clinic, appointment, appointment.c.id == booked.id, state="checked_in")

    assert found == [f"calendar: appointment {booked.id} goes on and its ticket is cancelled"]


@pytest.mark.parametrize(
    ("state", "values"),
    [("held", {"hold_expires_at": on("10:00")}), ("scheduled", {"no_show_at": on("10:00")})],
)
def test_where_a_worker_is_at_work_no_timer_is_forgotten(clinic, clock, state, values):
    booked = clinic.book("10:00", "single")
    clock.move(hours=22, minutes=3)

    found = broken(clinic, appointment, appointment.c.id == booked.id, state=state, **values)
    clinic.store.write(lambda tx: None, domain=clinic.domains)
    soon = broken(clinic, appointment, appointment.c.id == booked.id, **{name: on("10:02") for name in values})

    assert found == [f"calendar: appointment {booked.id} is still {state}"]
    assert soon == []
