"""Keys of programs: their form, what they are good for, and how one follows the other."""

import hmac
from contextlib import suppress
from datetime import timedelta
from unittest.mock import Mock

import pytest

from qms.domain import access
from qms.domain.errors import Conflict, Invalid, NotAuthenticated
from qms.services import keys
from qms.services.program_keys import Wish, hash_of, holder, issue, rotate, sound, stand_in
from qms.store.schema.access import api_key
from qms.store.store import Store
from tests.clock import HandClock
from tests.http.seed import seed
from tests.vault import VAULT

WISH = Wish(label="wallboard", scopes=["reports.read"], branches=["main"], addresses=["192.0.2.0/24", "2001:db8::1"])
THERE = "192.0.2.9"


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def store(tables_url, clock):
    store = Store(tables_url, clock, VAULT, writers=2)
    yield store
    store.close()


@pytest.fixture
def house(store):
    return store.write(seed)


def test_a_key_has_a_prefix_and_a_checksum_and_is_kept_as_a_hash(store, house):
    made = store.write(issue, account=house.account, wish=WISH)

    kept = store.read(lambda tx: str([tuple(row) for row in tx.execute(api_key.select())]))

    assert made.token.startswith("turnero_live_")
    assert sound(made.token)
    assert not sound(made.token[:-1] + ("a" if made.token[-1] != "a" else "b"))
    assert made.token not in kept
    assert hash_of(made.token) in kept


def test_a_key_opens_what_its_scopes_say_at_its_branches_from_its_addresses(store, house):
    made = store.write(issue, account=house.account, wish=WISH)

    key = store.read(holder, text=made.token, address=THERE)
    agent = stand_in(store.read(lambda tx: tx.network(house.account)), key)

    assert key.roles == ["reports.read"]
    assert access.may(agent, "reports.read", house.branches["main"])
    assert not access.may(agent, "reports.read", house.branches["north"])
    assert store.read(holder, text=made.token, address="::ffff:192.0.2.1").id == key.id
    for address in ("198.51.100.1", "2001:db8::2", "", "unknown"):
        with pytest.raises(NotAuthenticated):
            store.read(holder, text=made.token, address=address)


def test_two_keys_hold_while_one_follows_the_other_and_never_three(store, house, clock):
    first = store.write(issue, account=house.account, wish=WISH)
    second = store.write(rotate, account=house.account, id=first.id, overlap=timedelta(hours=2))

    assert store.read(holder, text=first.token, address=THERE).roles == ["reports.read"]
    assert store.read(holder, text=second.token, address=THERE).addresses == ["192.0.2.0/24", "2001:db8::1/128"]
    with pytest.raises(Conflict):
        store.write(rotate, account=house.account, id=first.id)

    clock.move(hours=2)
    with pytest.raises(NotAuthenticated):
        store.read(holder, text=first.token, address=THERE)
    assert store.read(holder, text=second.token, address=THERE).id == second.id


def test_a_key_that_is_over_or_taken_back_opens_nothing(store, house, clock):
    ends = clock.at + timedelta(minutes=1)
    over = store.write(issue, account=house.account, wish=Wish(scopes=["reports.read"], expires_at=ends))
    gone = store.write(issue, account=house.account, wish=Wish(scopes=["reports.read"]))
    store.write(keys.revoke_key, account=house.account, id=gone.id)
    clock.move(minutes=1)

    for text in (over.token, gone.token):
        with pytest.raises(NotAuthenticated):
            store.read(holder, text=text, address=THERE)


@pytest.mark.parametrize("wrong", [{"scopes": []}, {"scopes": ["desk.work"]}, {"addresses": ["here"]}])
def test_a_key_is_not_made_for_what_a_program_cannot_do(store, house, wrong):
    with pytest.raises(Invalid):
        store.write(issue, account=house.account, wish=Wish(**{"scopes": ["reports.read"], **wrong}))


def test_a_key_whose_time_is_over_is_not_made(store, house, clock):
    with pytest.raises(Invalid, match="expires"):
        store.write(issue, account=house.account, wish=Wish(scopes=["reports.read"], expires_at=clock.at))


def test_any_text_costs_the_same_hashes_and_comparisons(store, house, monkeypatch):
    made = store.write(issue, account=house.account, wish=Wish(scopes=["reports.read"]))
    unknown = store.write(issue, account=house.account, wish=Wish(scopes=["reports.read"])).token
    store.write(lambda tx: tx.execute(api_key.delete().where(api_key.c.prefix == unknown[13:21])))
    compared = Mock(wraps=hmac.compare_digest)
    monkeypatch.setattr("hmac.compare_digest", compared)

    done = []
    for text in (made.token, unknown):
        compared.reset_mock()
        with suppress(NotAuthenticated):
            store.read(holder, text=text, address=THERE)
        done.append([len(str(call.args[0])) for call in compared.call_args_list])

    assert done == [[6, 64], [6, 64]]
