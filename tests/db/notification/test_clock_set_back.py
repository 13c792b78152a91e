"""Messages of a time that was not: they wait for the step that is theirs, and for no clock that was wrong."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from qms.domain.message import NO_SENDER, Message
from qms.services import ahead, messages
from qms.services.notification import claims
from qms.store.schema.reaching import message

HOUR = timedelta(hours=1)


@pytest.fixture
def put(store):
    """Puts a message down, and changes it."""

    def put(**changes):
        new = store.write(
            messages.put, account=None, kind="login_code", channel="EMAIL", recipient="x@y.example", data={}
        )
        if changes:
            store.write(lambda tx: tx.execute(message.update().where(message.c.id == new.id).values(**changes)))
        return new

    return put


def one(store):
    (found,) = store.read(lambda tx: tx.all(Message, sa.select(message)))
    return found


def test_what_was_put_down_at_that_time_is_due_when_the_clock_is_right(store, clock, put):
    clock.move(hours=1)
    put()
    clock.move(hours=-1)

    before = store.read(claims.anything_due)
    found = store.write(ahead.set_right)

    assert (before, found, store.read(claims.anything_due)) == (False, 1, True)


@pytest.mark.parametrize(("failed", "wait"), [({"attempts": 2}, 60), ({"last_error": NO_SENDER}, 300)])
def test_what_was_tried_at_that_time_waits_for_its_step_only(store, clock, put, failed, wait):
    step = timedelta(seconds=wait)
    put(due_at=clock.at + HOUR + step, **failed)

    found = [store.write(ahead.set_right) for _ in range(2)]

    assert found == [1, 0]
    assert one(store).due_at == clock.at + step


def test_a_claim_that_nobody_can_have_made_is_none(store, clock, put):
    put(claim="a", claimed_until=clock.at + claims.CLAIMED_FOR)
    held = store.read(claims.anything_due)
    clock.move(hours=-1)
    store.write(ahead.set_right)

    assert (held, store.read(claims.anything_due)) == (False, True)
