"""The appointment's state machine, whole: what every command does in every state. A dot: refused, nothing changed.

Below it what becomes of an appointment when its ticket comes into a state. A dot: it stays as it is.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from qms.domain.appointment import BLOCKING, FOLLOWING, OVER, TRANSITIONS, Appointment
from qms.domain.errors import Conflict

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

COMMANDS = """
           held       scheduled  confirmed  checked_in active     completed  cancelled  no_show    expired
book       scheduled  .          .          .          .          .          .          .          .
expire     expired    .          .          .          .          .          .          .          .
confirm    .          confirmed  .          .          .          .          .          .          .
check_in   .          checked_in checked_in .          .          .          .          checked_in .
activate   .          active     active     active     .          .          .          .          .
complete   .          completed  completed  completed  completed  .          .          .          .
no_show    .          no_show    no_show    .          .          .          .          .          .
cancel     .          cancelled  cancelled  cancelled  cancelled  .          .          .          .
move       .          scheduled  confirmed  .          .          .          .          .          .
anew       .          scheduled  scheduled  .          .          .          .          .          .
"""

TICKET = """
           held       scheduled  confirmed  checked_in active     completed  cancelled  no_show    expired
waiting    .          .          .          .          .          checked_in .          checked_in .
offered    .          .          .          .          .          checked_in .          checked_in .
called     .          .          .          .          .          checked_in .          checked_in .
parked     .          .          .          .          .          checked_in .          checked_in .
serving    .          .          .          active     .          active     .          .          .
done       .          .          .          completed  completed  .          .          .          .
no_show    .          .          .          no_show    no_show    .          .          .          .
cancelled  .          .          .          cancelled  cancelled  .          .          .          .
expired    .          .          .          cancelled  cancelled  .          .          .          .
"""

ARGUMENTS: dict[str, dict[str, Any]] = {
    "check_in": {"ticket": "t"},
    "cancel": {"reason": "ill"},
    "move": {"again": False},
    "anew": {"again": True},
}


def appointment(state: Any = "scheduled", **given: Any) -> Appointment:
    usual: dict[str, Any] = {
        "id": "a",
        "account_id": "x",
        "origin": "page",
        "title": "Visit",
        "anchor": "wall",
        "timezone": "UTC",
    }
    times: dict[str, Any] = {
        "starts_at": NOW,
        "ends_at": NOW + timedelta(hours=1),
        "created_at": NOW,
        "updated_at": NOW,
    }
    wall: dict[str, Any] = {"wall_start": "2026-03-02T12:00:00", "wall_zone": "America/Santiago"}
    wall["tz_version"] = "2026.6"
    return Appointment(**usual, **times, **wall, state=state, **given)


def cells(table: str):
    head, *rows = (line.split() for line in table.strip().splitlines())
    return [(row[0], before, after) for row in rows for before, after in zip(head, row[1:], strict=True)]


@pytest.mark.parametrize(("command", "before", "after"), cells(COMMANDS))
def test_a_command_does_this_in_that_state(command, before, after):
    it = appointment(before)
    run = getattr(it, {"anew": "move"}.get(command, command))

    if after == ".":
        with pytest.raises(Conflict, match=before):
            run(NOW, **ARGUMENTS.get(command, {}))
        return
    done = run(NOW, **ARGUMENTS.get(command, {}))

    assert (done.state, done.ver, done.updated_at) == (after, 1, NOW)


@pytest.mark.parametrize(("ticket", "before", "after"), cells(TICKET))
def test_an_appointment_follows_its_ticket(ticket, before, after):
    it = appointment(before)

    followed = it.follow(ticket, NOW, "left")

    assert followed == it if after == "." else (followed.state, followed.ver) == (after, 1)


def test_every_command_and_every_state_of_a_ticket_is_in_the_tables():
    assert {command for command, _, _ in cells(COMMANDS)} == {*TRANSITIONS, "anew"}
    assert {state for state, _, _ in cells(TICKET)} == set(FOLLOWING)
    assert not BLOCKING & OVER


@pytest.mark.parametrize("command", ["cancel", "move"])
def test_moving_and_cancelling_kill_the_tokens(command):
    it = getattr(appointment(), command)(NOW, **ARGUMENTS[command])

    assert it.token_generation == 1


def test_whoever_withdraws_his_ticket_kills_the_tokens_too():
    assert appointment("checked_in").follow("cancelled", NOW, "left").token_generation == 1
    assert appointment("checked_in").follow("serving", NOW, None).token_generation == 0


def test_what_is_over_says_when_and_why():
    assert appointment().cancel(NOW, "ill").end_reason == "ill"
    assert appointment("checked_in").follow("expired", NOW, "closed").end_reason == "closed"
    assert appointment("completed", ended_at=NOW).follow("serving", NOW, None).ended_at is None
