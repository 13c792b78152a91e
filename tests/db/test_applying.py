"""Applying a network file: the database becomes what it says, in one transaction, or stays as it was."""

import threading

import pytest
import sqlalchemy as sa

from qms.domain.errors import Conflict
from qms.domain.ids import derived_id, to_uuid
from qms.domain.network_file import read_network
from qms.services.applying import DryRun, apply_network, known_hashes, password_hashes
from qms.services.keys import find_client, issue_client
from qms.services.webhooks import disable, enable
from qms.store.schema import metadata
from tests.db.house import House
from tests.db.networks import TWO_TOWNS, apply, without
from tests.db.waiting import in_threads
from tests.unit.network.samples import ACME

BRANCH = "652720d479497a1b62df288b"
APPLICATION = "bf8215e5-a39e-490a-a0e2-07df6a3d8c1f"


def contents(store, *, but=()):
    """Everything in the database."""

    def dump(tx):
        tables = [table for table in metadata.sorted_tables if table.name not in ("routing_domain", *but)]
        return {table.name: sorted(map(repr, tx.execute(sa.select(table)))) for table in tables}

    return store.read(dump)


def told(applied):
    return [str(change) for change in applied.changes]


# -- once, twice, not at all -----------------------------------------------------------------------------------------


def test_the_first_run_adds_what_the_file_says_and_the_second_has_nothing_to_do(store):
    first = apply(store, ACME)
    before = contents(store)
    second = apply(store, ACME)

    assert {str(change).split()[0] for change in first.changes} == {"add"}
    assert {change.kind for change in first.changes} == {
        "account", "branch", "poc", "queue", "agent", "service", "form", "webhook", "screen", "kiosk", "application",
    }  # fmt: skip
    assert (second.changes, second.unmentioned) == ([], [])
    assert contents(store) == before


def test_what_has_changed_is_told_with_its_fields(store):
    apply(store, TWO_TOWNS)

    changed = TWO_TOWNS.replace('slug = "towns"', 'slug = "towns"\nname = "Two"')
    changed = changed.replace('prefix = "N"', 'prefix = "NN"\nwrap_up_seconds = 3')

    applied = apply(store, changed)

    assert told(applied) == ["change account towns (name)", "change queue north-cash (prefix, wrap_up_seconds)"]
    assert apply(store, changed).changes == []


def test_another_order_is_a_change_too(store):
    house = House(store, TWO_TOWNS)
    sven = '[[agent]]\nkey = "sven"\nqueues = ["south-cash", "south-video"]\n\n'

    applied = house.apply(TWO_TOWNS.replace(sven, "") + "\n" + sven)

    assert told(applied) == ["change agent susi (order)", "change agent sven (order)"]
    assert [agent.key for agent in house.network.agents.values()] == ["nora", "susi", "sven"]


def test_a_dry_run_says_the_same_and_changes_nothing(store):
    apply(store, TWO_TOWNS)
    before, version = contents(store), House(store, TWO_TOWNS).network.account.version
    changed = ACME.replace('slug = "acme"', 'slug = "towns"')

    with pytest.raises(DryRun) as dry:
        apply(store, changed, dry_run=True, prune=True)

    assert contents(store) == before
    assert House(store, TWO_TOWNS).network.account.version == version
    assert told(dry.value.applied) == told(apply(store, changed, prune=True))


def test_a_dry_run_shows_no_secret_that_will_never_be(store):
    with pytest.raises(DryRun) as dry:
        apply(store, ACME, dry_run=True)

    assert dry.value.applied.tokens == {"screen": {"lobby": "lobby-screen-secret"}, "kiosk": {"door": "kiosk-secret"}}
    assert dry.value.applied.secrets == {"webhook": {}}


def test_a_file_that_is_refused_leaves_nothing(store):
    apply(store, ACME)
    before = contents(store)
    with pytest.raises(Conflict, match="the token of door is in use by another kiosk"):
        apply(store, other_account().replace("other-kiosk-secret", "kiosk-secret"))

    assert contents(store) == before


def test_a_change_reaches_every_process(open_store, store):
    house, other = House(store, TWO_TOWNS), open_store()
    seen = other.read(lambda tx: tx.network(house.account).queues.find("north-cash").prefix)
    house.apply(TWO_TOWNS.replace('prefix = "N"', 'prefix = "Q"'))

    assert seen == "N"
    assert other.read(lambda tx: tx.network(house.account).queues.find("north-cash").prefix) == "Q"


def test_two_who_apply_at_once_leave_one_account(open_store):
    stores = [open_store(), open_store()]
    together, file = threading.Barrier(2), read_network(TWO_TOWNS, "network.toml")

    def go(n):
        together.wait()
        try:  # no copy of what an earlier test has applied: two copies would meet in the middle
            return len(stores[n].write(apply_network, file=file, hashes={}).changes)
        except Conflict as conflict:
            return conflict

    in_threads(go, 2)

    assert apply(stores[0], TWO_TOWNS).changes == []
    assert len(House(stores[1], TWO_TOWNS).domains) == 2


def test_what_every_domain_holds_is_asked_for_even_if_nobody_thought_of_it(store):
    apply(store, TWO_TOWNS)
    file = read_network(TWO_TOWNS.replace('prefix = "N"', 'prefix = "Q"'), "network.toml")

    applied = store.write(apply_network, file=file, hashes={})

    assert told(applied) == ["change queue north-cash (prefix)"]


# -- ids -------------------------------------------------------------------------------------------------------------


def test_ids_are_those_given_or_derived_and_told_in_both_spellings(store):
    ids = apply(store, ACME).as_json()["ids"]

    derived = derived_id("acme", "queue", "tramites")
    assert ids["branch"]["main-1345"] == {"id": BRANCH, "uuid": to_uuid(BRANCH)}
    assert ids["queue"]["tramites"] == {"id": derived, "uuid": to_uuid(derived)}
    assert ids["application"]["app"] == {"id": APPLICATION, "uuid": APPLICATION}
    assert set(ids["poc"]) == {"main-1345/1", "main-1345/c2", "night/1"}


def test_the_result_for_programs_has_what_was_promised(store):
    assert set(apply(store, ACME).as_json()) == {"account", "changes", "ids", "tokens", "secrets"}


def other_account():
    """Another account with the same keys and the same ids, but for what has to be unique in the installation."""
    text = ACME.replace('slug = "acme"', 'slug = "other"').replace(APPLICATION, "another-application")
    for token in ("lobby-screen-secret", "kiosk-secret", "night-counter-page"):
        text = text.replace(token, f"other-{token}")
    return text


def test_two_accounts_may_have_the_same_ids_and_keys(store):
    one, other = House(store, ACME), House(store, other_account())

    for house in (one, other):
        assert house.network.branches.find(BRANCH).key == "main-1345"
        assert house.network.branches.find(to_uuid(BRANCH)).public_id == BRANCH
        assert house.applied.ids["branch"]["main-1345"] == BRANCH
    assert one.network.branches.find(BRANCH).id != other.network.branches.find(BRANCH).id
    assert apply(store, ACME).changes == apply(store, other_account()).changes == []


def test_a_thing_that_is_given_another_id_is_known_by_it_and_stays_itself(store):
    house = House(store, TWO_TOWNS)
    before = house.network.branches.find("north").id
    new = "6527aaaaaaaaaaaaaaaaaaaa"

    applied = house.apply(TWO_TOWNS.replace('key = "north"\n', f'key = "north"\nid = "{new}"\n'))

    assert told(applied) == ["change branch north (id)"]
    assert applied.ids["branch"]["north"] == new
    assert house.network.branches.find(new).id == before
    assert house.apply(TWO_TOWNS).ids["branch"]["north"] == before


def test_a_thing_that_keeps_its_id_may_have_another_key(store):
    text = TWO_TOWNS.replace('key = "nora"', 'key = "nora"\nid = "6527aaaaaaaaaaaaaaaaaaaa"')
    house = House(store, text)

    applied = house.apply(text.replace('"nora"', '"norah"'))

    assert told(applied) == ["change agent norah (key, firstname)"]
    assert [agent.key for agent in house.network.agents.values()] == ["norah", "sven", "susi"]


def test_keys_and_ids_may_be_exchanged(store):
    def named(one, other):
        text = TWO_TOWNS.replace('key = "sven"', f'key = "sven"\nid = "{one}"')
        return text.replace('key = "susi"', f'key = "susi"\nid = "{other}"')

    a, b = "6527aaaaaaaaaaaaaaaaaaaa", "6527bbbbbbbbbbbbbbbbbbbb"
    house = House(store, named(a, b))

    house.apply(named(b, a))

    assert (house.network.agents.find(b).key, house.network.agents.find(a).key) == ("sven", "susi")
    assert house.apply(named(b, a)).changes == []
    assert len(house.network.agents) == 3


def test_an_application_that_is_given_another_id_takes_its_clients_along(store):
    house = House(store, TWO_TOWNS)
    application = '[account]\napplications = [{ key = "default", id = "the-portal" }]'
    client = store.write(issue_client, account=house.account, roles=["ROLE_AGENT"], application="default")

    applied = house.apply(TWO_TOWNS.replace("[account]", application))
    found = store.read(find_client, client_id=client.client_id, client_secret=client.client_secret)

    assert told(applied) == ["change application default (id)"]
    assert found.application_id == "the-portal"
    assert house.apply(TWO_TOWNS.replace("[account]", application)).changes == []


@pytest.mark.parametrize("new", [True, False])
def test_an_application_s_id_is_unique_in_the_installation(store, new):
    apply(store, ACME)
    other = '[account]\nslug = "towns"\napplications = [{ key = "app" }]\n'
    if not new:
        apply(store, other)

    with pytest.raises(Conflict, match=APPLICATION):
        apply(store, other.replace('key = "app"', f'key = "app", id = "{APPLICATION}"'))


def test_an_account_s_id_is_unique_in_the_installation(store):
    apply(store, f'[account]\nslug = "one"\nid = "{BRANCH}"\n')

    with pytest.raises(Conflict, match="another account"):
        apply(store, f'[account]\nslug = "other"\nid = "{BRANCH}"\n')


# -- what the file leaves out ----------------------------------------------------------------------------------------


def test_what_the_file_leaves_out_stays_and_is_told(store):
    house = House(store, TWO_TOWNS)

    applied = house.apply(without(TWO_TOWNS, 'key = "susi"'))

    assert (applied.changes, applied.unmentioned) == ([], [("agent", "susi")])
    assert "susi" in [agent.key for agent in house.network.agents.values()]


def test_what_is_pruned_is_retired_and_comes_back_as_itself(store):
    house = House(store, TWO_TOWNS)
    before = house.network.agents.find("susi")

    pruned = house.apply(without(TWO_TOWNS, 'key = "susi"'), prune=True)
    without_him = [agent.key for agent in house.network.agents.values()]
    again = house.apply(without(TWO_TOWNS, 'key = "susi"'), prune=True)
    restored = house.apply(TWO_TOWNS)

    assert told(pruned) == ["retire agent susi"]
    assert without_him == ["nora", "sven"]
    assert again.changes == []
    assert told(restored) == ["restore agent susi"]
    assert house.network.agents.find("susi").id == before.id


def test_pruning_leaves_other_accounts_alone(store):
    apply(store, ACME)
    house = House(store, TWO_TOWNS)

    house.apply('[account]\nslug = "towns"\ntimezone = "America/Santiago"\n', prune=True)

    assert len(house.network.branches) == len(house.network.queues) == len(house.network.agents) == 0
    assert apply(store, ACME).changes == []


# -- tokens and secrets ----------------------------------------------------------------------------------------------

SCREENS = (
    TWO_TOWNS
    + """
[[screen]]
key = "one"
branch = "north"
token = "token-of-the-first"

[[screen]]
key = "two"
branch = "north"
"""
)


def test_tokens_are_kept_or_made_once(store):
    first = apply(store, SCREENS).tokens["screen"]
    second = apply(store, SCREENS)

    assert first["one"] == "token-of-the-first"
    assert len(first["two"]) >= 32
    assert second.changes == []
    assert second.tokens["screen"] == first


def test_a_token_that_is_given_replaces_the_one_that_was_made(store):
    apply(store, SCREENS)

    applied = apply(store, SCREENS.replace('key = "two"', 'key = "two"\ntoken = "token-of-the-second"'))

    assert told(applied) == ["change screen two (token)"]


def test_a_token_that_is_no_longer_given_stays(store):
    apply(store, SCREENS)

    applied = apply(store, SCREENS.replace('token = "token-of-the-first"', ""))

    assert applied.changes == []
    assert applied.tokens["screen"]["one"] == "token-of-the-first"


def test_tokens_may_be_exchanged(store):
    def tokens(one, two):
        text = SCREENS.replace("token-of-the-first", one)
        return text.replace('key = "two"', f'key = "two"\ntoken = "{two}"')

    apply(store, tokens("token-of-the-first", "token-of-the-second"))

    applied = apply(store, tokens("token-of-the-second", "token-of-the-first"))

    assert applied.tokens["screen"] == {"one": "token-of-the-second", "two": "token-of-the-first"}
    assert apply(store, tokens("token-of-the-second", "token-of-the-first")).changes == []


def test_a_token_goes_from_a_device_that_is_retired_to_its_successor(store):
    apply(store, SCREENS)
    successor = SCREENS.replace('key = "one"', 'key = "new"')

    with pytest.raises(Conflict, match="the token of new"):
        apply(store, successor)
    applied = apply(store, successor, prune=True)
    back = apply(store, SCREENS.replace('token = "token-of-the-first"', ""))

    assert applied.tokens["screen"]["new"] == "token-of-the-first"
    assert back.tokens["screen"]["one"] != "token-of-the-first"


def test_a_token_of_another_account_is_refused(store):
    apply(store, SCREENS)

    with pytest.raises(Conflict, match="the token of one is in use by another screen"):
        apply(store, SCREENS.replace('slug = "towns"', 'slug = "others"'))


def test_the_token_of_a_point_of_contact_is_refused_where_it_is_another_s(store):
    text = TWO_TOWNS.replace('{ key = "n1", ', '{ key = "n1", token = "page-of-the-counter", ')
    apply(store, text)

    with pytest.raises(Conflict, match="the token of north/n1 is in use by another poc"):
        apply(store, text.replace('slug = "towns"', 'slug = "others"'))
    assert apply(store, TWO_TOWNS).changes == []


WEBHOOK = (
    TWO_TOWNS
    + """
[[webhook]]
key = "qms"
url = "http://127.0.0.1:9000/hook"
events = ["*"]
"""
)


def test_a_webhook_s_secret_is_shown_once(store):
    first, second = apply(store, WEBHOOK).secrets["webhook"], apply(store, WEBHOOK)

    assert first["qms"].startswith("whsec_")
    assert second.changes == []
    assert second.secrets == {"webhook": {}}


def test_a_webhook_s_own_secret_is_not_shown(store):
    assert apply(store, ACME).secrets["webhook"].keys() == {"all"}


def test_a_webhook_is_off_while_the_file_says_so(store):
    house = House(store, WEBHOOK)

    def state():
        return house.network.webhooks.find("qms").state

    house.apply(WEBHOOK + "active = false\n")
    off = state()
    house.apply(WEBHOOK)

    assert (off, state()) == ("disabled", "active")


def test_a_webhook_that_has_failed_stays_off_until_somebody_switches_it_on(store):
    house = House(store, WEBHOOK)
    webhook = house.network.webhooks.find("qms").id
    store.write(disable, account=house.account, webhook=webhook, reason="410")

    applied = house.apply(WEBHOOK)
    failed = house.network.webhooks.find("qms").state
    store.write(enable, account=house.account, webhook=webhook)

    assert (applied.changes, failed, house.network.webhooks.find("qms").state) == ([], "disabled", "active")


# -- passwords -------------------------------------------------------------------------------------------------------


class CountingHasher:
    """Hashes so that one can see it."""

    def __init__(self):
        self.hashed = []

    def hash(self, password):
        self.hashed.append(password)
        return f"hash {len(self.hashed)} of {password}"

    def matches(self, hash, password):
        return hash.endswith(f" of {password}")


def with_password(store, hasher, text):
    file = read_network(text, "network.toml")
    hashes = password_hashes(file, store.read(known_hashes, slug=file.account.slug), hasher)
    return store.write(apply_network, file=file, hashes=hashes)


def of_nora(word):
    return TWO_TOWNS.replace('key = "nora"', f'key = "nora"\nemail = "nora@towns.example"\n{word}')


def test_a_password_that_has_not_changed_keeps_its_hash(store):
    hasher, text = CountingHasher(), of_nora('password = "secret"')
    with_password(store, hasher, text)

    again = with_password(store, hasher, text)

    assert again.changes == []
    assert hasher.hashed == ["secret"]


def test_another_password_is_hashed_anew_and_none_leaves_it_as_it_is(store):
    hasher = CountingHasher()
    with_password(store, hasher, of_nora('password = "secret"'))

    changed = with_password(store, hasher, of_nora('password = "better"'))
    removed = with_password(store, hasher, of_nora(""))
    given = with_password(store, hasher, of_nora('password_hash = "$argon2id$v=19$x"'))

    assert told(changed) == told(given) == ["change agent nora (password_hash)"]
    assert removed.changes == []
    assert hasher.hashed == ["secret", "better"]
