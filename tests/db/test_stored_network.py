"""The stored network says itself as a network file: applied again, that changes nothing, and tells no secret."""

import tomllib
from pathlib import Path

import pytest
import sqlalchemy as sa

from qms.domain.errors import Conflict
from qms.domain.network_file import read_network
from qms.domain.network_file.kept import KEPT
from qms.domain.network_file.writer import write_network
from qms.services.applying import apply_network, revisions
from qms.services.applying.apply import domains_of
from qms.services.applying.stored import network_document
from qms.store.schema.network import account as accounts
from tests.db.everything import EVERYTHING
from tests.db.networks import ONE_COUNTRY, TWO_TOWNS
from tests.db.networks import apply as settled
from tests.unit.network.samples import ACME

ROOT = Path(__file__).parents[2]
NETWORKS = {
    "acme": ACME,
    "towns": TWO_TOWNS,
    "country": ONE_COUNTRY,
    **{name: (ROOT / f"server/{name}/network.toml").read_text("utf-8") for name in ("demo", "sandbox")},
}


def _apply(store, text, *, prune=True):
    file = read_network(text, "network.toml")
    domains = store.read(domains_of, slug=file.account.slug)
    return store.write(apply_network, domain=domains, file=file, hashes={}, prune=prune)


def _said(store, slug):
    def ask(tx):
        return network_document(
            tx, account=tx.execute(sa.select(accounts.c.id).where(accounts.c.slug == slug)).scalar()
        )

    return store.read(ask)


@pytest.mark.parametrize("name", [*NETWORKS, "everything"])
def test_what_is_stored_can_be_written_as_a_file_that_changes_nothing(store, name):
    text = NETWORKS.get(name, EVERYTHING)
    slug = tomllib.loads(write_network(_parsed(text)))["account"]["slug"]
    _apply(store, text)

    document = _said(store, slug)
    again = _apply(store, write_network(document))

    assert [str(change) for change in again.changes] == []
    assert again.unmentioned == []
    assert _said(store, slug) == document == tomllib.loads(write_network(document))
    assert "hush-" not in write_network(document)


def _parsed(text):
    return {"account": {"slug": read_network(text, "network.toml").account.slug}}


def test_a_secret_that_is_kept_stays_and_where_none_is_there_is_nothing_to_keep(store):
    _apply(store, EVERYTHING)
    document = _said(store, "every")

    changed = write_network(document).replace('name = "Bank', 'name = "Bank')
    _apply(store, changed.replace("Line one", "Line 1"))
    kept = store.read(lambda tx: tx.execute(sa.select(accounts)).mappings().one())
    messages = store.read(lambda tx: tx.vault.open_row(accounts, kept))["messages"]

    assert messages["providers"][0]["headers"] == {"Authorization": "hush-3"}
    assert messages["templates"][0]["text"].startswith("Line 1")
    with pytest.raises(Conflict, match="nothing is kept"):
        _apply(
            store,
            TWO_TOWNS
            + f'\n[[webhook]]\nkey = "w"\nurl = "https://x.example"\nevents = ["*"]\nheaders = {{ A = "{KEPT}" }}\n',
        )


def test_every_change_is_a_revision_with_the_file_that_brings_it_back(store):
    settled(store, TWO_TOWNS)
    account = store.read(lambda tx: tx.execute(sa.select(accounts.c.id)).scalar())
    first = store.read(revisions.get, account=account, number=1)
    _apply(store, first.file.replace('prefix = "N"', 'prefix = "Z"'))
    second = store.read(revisions.latest, account=account)[0]

    _apply(store, first.file)

    found = store.read(revisions.latest, account=account)
    third = store.read(revisions.get, account=account, number=3)
    assert [one.number for one in found] == [3, 2, 1]
    assert (second.by, second.changes) == ("apply", ["change queue north-cash (prefix)"])
    assert third.file == first.file != store.read(revisions.before, account=account, number=3).file
    assert store.read(revisions.before, account=account, number=1) is None
