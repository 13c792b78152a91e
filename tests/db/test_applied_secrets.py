"""Tokens and secrets in a network file: given, made once, shown once."""

import pytest

from qms.domain.errors import Conflict
from qms.services.webhooks import disable, enable
from tests.db.house import House
from tests.db.networks import TWO_TOWNS, apply, told
from tests.unit.network.samples import ACME

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
