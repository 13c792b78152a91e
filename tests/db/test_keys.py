"""Keys and clients: issued, listed, taken back."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from qms.domain.errors import Invalid, NotAuthenticated, NotFound
from qms.services.clients import find_client, issue_client
from qms.services.key_tokens import read_token, signing_key
from qms.services.keys import find_key, issue_key, list_keys, revoke_key
from qms.store.store import Store
from tests.clock import MONDAY_NOON, HandClock
from tests.http.seed import seed
from tests.vault import VAULT

SECRET = b"a secret of at least thirty-two bytes"


@pytest.fixture
def store(tables_url):
    store = Store(tables_url, HandClock(), VAULT, writers=2)
    yield store
    store.close()


@pytest.fixture
def account(store):
    return store.write(seed).account


def issue(store, account, kind="backend", expires_at=None, **more):
    return store.write(issue_key, account=account, kind=kind, expires_at=expires_at, secret=SECRET, **more)


def test_a_key_says_whose_it_is(store, account):
    key = issue(store, account, expires_at=datetime(2027, 1, 1, tzinfo=UTC))

    claims = read_token(key.token, secret=SECRET, now=MONDAY_NOON)

    assert (key.kind, key.account, key.expires) == ("backend", "acme", datetime(2027, 1, 1, tzinfo=UTC))
    assert (claims.key, claims.account, claims.kind, claims.perms) == (key.id, "acme", "backend", None)
    assert jwt.decode(key.token, signing_key(SECRET), algorithms=["HS256"], options={"verify_iat": False})


def test_a_key_of_a_kind_may_do_what_the_kind_may(store, account):
    def may(ability, **key):
        return read_token(issue(store, account, **key).token, secret=SECRET, now=MONDAY_NOON).may(ability)

    assert may("videsk.enqueue")
    assert not may("videsk.enqueue", kind="public")
    assert not may("videsk.enqueue", kind="api-token")
    assert not may("videsk.enqueue", perms=["queues"])
    assert may("videsk.queues", perms=["queues"])


@pytest.mark.parametrize("wrong", [{"kind": "master"}, {"kind": "public", "perms": ["enqueue"]}])
def test_what_no_key_may_do_is_not_issued(store, account, wrong):
    with pytest.raises(Invalid):
        issue(store, account, **wrong)


def test_a_revoked_key_is_not_found_but_listed(store, account):
    kept, gone = issue(store, account), issue(store, account, kind="public")
    version = store.read(lambda tx: tx.network(account).account.version)

    for _ in range(2):
        store.write(revoke_key, account=account, id=gone.id)

    listed = {key.id: key.revoked_at for key in store.read(list_keys, account=account)}
    assert listed == {kept.id: None, gone.id: MONDAY_NOON}
    assert store.read(find_key, id=gone.id) is None
    assert store.read(find_key, id=kept.id).kind == "backend"
    assert store.read(lambda tx: tx.network(account).account.version) == version + 1


def test_another_accounts_key_cannot_be_revoked(store, account):
    key = issue(store, account)
    other = store.write(seed, slug="other").account

    with pytest.raises(NotFound):
        store.write(revoke_key, account=other, id=key.id)


def test_a_client_is_known_by_id_and_secret(store, account):
    id, client_id, secret = store.write(
        issue_client, account=account, roles=["ROLE_AGENT"], application=None, agent="jdoe"
    )

    client = store.read(find_client, client_id=client_id, client_secret=secret)

    assert (client.id, client.kind, client.roles) == (id, "client", ["ROLE_AGENT"])
    assert client.agent_id == store.read(lambda tx: tx.network(account).agents.find("jdoe").id)
    for wrong in ((client_id, secret + "x"), (client_id, ""), ("nobody", secret), ("", ""), ("\0", "\ud800")):
        with pytest.raises(NotAuthenticated):
            store.read(find_client, client_id=wrong[0], client_secret=wrong[1])


def test_a_revoked_client_does_not_come_in(store, account):
    _, client_id, secret = store.write(issue_client, account=account, roles=["ROLE_ADMIN"])

    store.write(revoke_key, account=account, id=client_id)

    with pytest.raises(NotAuthenticated):
        store.read(find_client, client_id=client_id, client_secret=secret)


@pytest.mark.parametrize("roles", [[], ["ROLE_KING"]])
def test_a_client_has_roles_that_exist(store, account, roles):
    with pytest.raises(Invalid):
        store.write(issue_client, account=account, roles=roles)


def test_times_over_are_refused_by_the_time_given(store, account):
    over = MONDAY_NOON + timedelta(minutes=1)
    key = issue(store, account, expires_at=over)

    assert read_token(key.token, secret=SECRET, now=over - timedelta(seconds=1)).key == key.id
    with pytest.raises(NotAuthenticated):
        read_token(key.token, secret=SECRET, now=over)


@pytest.mark.parametrize("at", [MONDAY_NOON, MONDAY_NOON - timedelta(days=365)])
def test_no_key_is_issued_whose_time_is_over(store, account, at):
    with pytest.raises(Invalid, match="expires: expected a time that is still to come"):
        issue(store, account, expires_at=at)
    with pytest.raises(Invalid, match="expires"):
        store.write(issue_client, account=account, roles=["ROLE_AGENT"], expires_at=at)

    assert store.read(list_keys, account=account) == []
