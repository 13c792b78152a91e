"""Nobody has more at once than go together, whatever the code does: the databases' own rule, tried on both."""

import threading
from contextlib import suppress

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from qms.domain.errors import Conflict
from qms.store.engines import connect
from qms.store.schema.work import offer as offers
from qms.store.statements import row_of
from tests.db.rows import add_account, offer, session
from tests.db.waiting import PATIENCE, in_threads


@pytest.fixture
def seat(store):
    store.write(add_account)
    return store.write(session).id


def live(store, seat):
    where = (offers.c.session_id == seat) & offers.c.state.in_(("ringing", "accepted"))
    return store.read(lambda tx: tx.execute(sa.select(sa.func.count()).where(where)).scalar())


def test_as_many_as_all_of_them_allow_and_no_more(store, seat):
    store.write(offer, session_id=seat, lane=0, lanes=3)
    store.write(offer, session_id=seat, lane=1, lanes=2)

    with pytest.raises(Conflict, match="has no room"):
        store.write(offer, session_id=seat, lane=2, lanes=3)

    assert live(store, seat) == 2


def test_who_has_somebody_is_not_given_one_who_wants_all_of_him(store, seat):
    store.write(offer, session_id=seat, lane=0, lanes=3)

    with pytest.raises(Conflict, match="has no room"):
        store.write(offer, session_id=seat, lane=1, lanes=1)


def test_what_is_over_makes_room_and_cannot_come_back_into_it(store, seat):
    first = store.write(offer, session_id=seat, lane=0, lanes=1, state="done")
    store.write(offer, session_id=seat, lane=1, lanes=3)

    def again(tx):
        tx.execute(offers.update().where(offers.c.id == first.id).values(state="accepted"))

    with pytest.raises(Conflict, match="has no room"):
        store.write(again)


def test_nor_can_another_session_s_be_brought_to_it(store, seat):
    store.write(offer, session_id=seat, lane=0, lanes=1)
    other = store.write(offer, lane=1, lanes=1)

    def bring(tx):
        tx.execute(offers.update().where(offers.c.id == other.id).values(session_id=seat))

    with pytest.raises(Conflict, match="has no room"):
        store.write(bring)


def test_answering_is_no_new_one(store, seat):
    first = store.write(offer, session_id=seat, lane=0, lanes=1)

    store.write(lambda tx: tx.execute(offers.update().where(offers.c.id == first.id).values(state="accepted")))

    assert live(store, seat) == 1


def test_of_many_at_once_that_nothing_holds_back_but_the_database_no_more_get_through(store, store_url, seat):
    over = [row_of(store.write(offer, session_id=seat, state="done")) for _ in range(5)]
    start, engine = threading.Barrier(5), connect(store_url)

    def add(lane):
        made = {**over[lane], "id": f"{lane:024x}", "state": "ringing", "lane": lane, "lanes": 2, "poc_id": None}
        with engine.connect() as connection:
            start.wait(PATIENCE)
            with suppress(DBAPIError), connection.begin():
                connection.execute(offers.insert(), made)

    in_threads(add, 5)
    engine.dispose()

    assert live(store, seat) == 2
