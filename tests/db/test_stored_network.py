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
EVERYTHING = """
[account]
slug = "every"
name = "Every \\"thing\\" \\\\ Ünï"
timezone = "America/Santiago"
languages = ["es", "en"]
applications = []
holidays = { country = "CL", categories = ["public", "bank"], language = "es" }
closures = [
  { date = "2026-12-24", reason = "Inventory" }, { from = "2026-02-02", to = "2026-02-06" },
  { from = "2026-12-24T13:00", to = "2026-12-25T00:00", rrule = "FREQ=YEARLY" }]
room_url = "https://meet.example/{room}"
absences = ["lunch", "Home visit"]
receipt_footer = "Thank you"
sign_in = { issuer = "https://id.example", client_id = "c", client_secret = "hush-1" }
options = { status_policy = "documented", captcha_secret = "hush-2" }

[messages]
from = "Bank <bank@example.com>"
provider = [
  { channel = "SMS", url = "https://sms.example/send", headers = { Authorization = "hush-3" } },
  { channel = "WHATSAPP", url = "https://wa.example/send" }]
template = [{ kind = "CREATE", subject = "Hi", text = "Line one\\nLine two \\"q\\"" }]

[[branch]]
key = "a"
timezone = "Europe/Madrid"
location = [-33.5, -70.6]
hours = { mon-fri = ["09:00-14:00", "15:00-18:00"], sat = ["22:00-02:00"], breaks = { fri = ["10:00-10:15"] },
          dates = { "2026-12-31" = ["09:00-12:00"], "2027-01-01" = [] }, valid_from = "2026-01-01" }
holidays = false
pocs = [{ key = "1", label = "Box 1" }, { key = "2", kind = "counter", id = "652720d479497a1b62df288b" }]

[[branch]]
key = "b"
hours = [{ mon = ["08:00-10:00"], valid_to = "2026-06-30" }, { mon = ["09:00-11:00"], valid_from = "2026-07-01" }]
holidays = "ES"

[[branch]]
key = "c"
hours = {}

[[queue]]
key = "q"
prefix = ""
branches = ["a", "b"]
form = "contact"
survey = "survey"
credit_seconds = { vip = 90, "two.words" = -5 }
rings = [{ level = 8 }, { after_seconds = 60, level = 5 }]
overflow = { after_minutes = 5, queue = "r" }
emergency = ["urgent"]
capacity = 3
close_by_forecast = true

[[queue]]
key = "r"
branches = ["a"]
mode = "counter"
call = "push"

[[agent]]
key = "owner"
firstname = "Olga"
email = "Olga@every.example"
role = "owner"
queues = { q = 8, r = 5 }
schedule = { timezone = "Europe/London", mon-wed = ["08:00-10:00"], fri = ["08:00-10:00"] }
calendars = ["https://cal.example/hush-4.ics", "https://cal.example/other.ics"]
closures = [{ date = "2026-08-01" }]

[[agent]]
key = "boss"
role = "supervisor"
supervises = ["b"]
queues = ["r"]

[[service]]
key = "s"
queue = "q"
agents = []
lead = "P1D"
reminders = ["P1D", "PT1H"]
survey = "survey"

[[form]]
key = "survey"
fields = [{ name = "score", type = "nps", required = true }, { name = "how", type = "select", options = ["x", "y"] },
          { name = "age", type = "number", min = 0, max = 99, readonly = true }]

[[webhook]]
key = "plain"
url = "https://hook.example/a"
events = ["*"]
active = false
secret = "hush-5"
headers = { Authorization = "hush-6" }

[[webhook]]
key = "own"
url = "https://hook.example/{{data.id}}"
events = ["ticket.called"]
dialect = "videsk"
method = "POST"
body = "{{data.id}} {{secrets.key}}"
secrets = { key = "hush-7" }

[[screen]]
key = "lobby"
branch = "a"
branches = ["b"]
token = "hush-8-lobby-screen"
queues = ["q"]
ticker = ["Welcome"]
pronounce = { "C-1" = "counter one" }
theme = "dark"
farthest_metres = 7.5

[[kiosk]]
key = "door"
branch = "a"
token = "hush-9-kiosk-door"
phone = true
queues = ["r", "q"]
classes = ["vip"]
"""


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
