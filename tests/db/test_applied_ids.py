"""Ids and keys in a network file: what keeps one stays itself, and none belongs to two."""

import pytest

from qms.domain.errors import Conflict
from qms.domain.ids import derived_id, to_uuid
from qms.services.clients import find_client, issue_client
from tests.db.house import House
from tests.db.networks import APPLICATION, TWO_TOWNS, apply, other_acme, told
from tests.unit.network.samples import ACME

BRANCH = "652720d479497a1b62df288b"


def test_ids_are_those_given_or_derived_and_told_in_both_spellings(store):
    ids = apply(store, ACME).as_json()["ids"]

    derived = derived_id("acme", "queue", "tramites")
    assert ids["branch"]["main-1345"] == {"id": BRANCH, "uuid": to_uuid(BRANCH)}
    assert ids["queue"]["tramites"] == {"id": derived, "uuid": to_uuid(derived)}
    assert ids["application"]["app"] == {"id": APPLICATION, "uuid": APPLICATION}
    assert set(ids["poc"]) == {"main-1345/1", "main-1345/c2", "night/1"}


def test_the_result_for_programs_has_what_was_promised(store):
    assert set(apply(store, ACME).as_json()) == {"account", "changes", "ids", "tokens", "secrets"}


def test_two_accounts_may_have_the_same_ids_and_keys(store):
    one, other = House(store, ACME), House(store, other_acme())

    for house in (one, other):
        assert house.network.branches.find(BRANCH).key == "main-1345"
        assert house.network.branches.find(to_uuid(BRANCH)).public_id == BRANCH
        assert house.applied.ids["branch"]["main-1345"] == BRANCH
    assert one.network.branches.find(BRANCH).id != other.network.branches.find(BRANCH).id
    assert apply(store, ACME).changes == apply(store, other_acme()).changes == []


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


def test_several_applications_may_be_given_other_ids_at_once(store):
    def named(one, other):
        several = f'[{{ key = "web", id = "{one}" }}, {{ key = "branch", id = "{other}" }}]'
        return TWO_TOWNS.replace("[account]", f"[account]\napplications = {several}")

    house = House(store, named("web-1", "branch-1"))

    applied = house.apply(named("web-2", "branch-2"), prune=True)

    assert told(applied) == ["change application web (id)", "change application branch (id)"]
    assert house.apply(named("web-2", "branch-2"), prune=True).changes == []


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
