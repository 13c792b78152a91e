"""Links in messages lead where the dialect's own answers lead."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.messages.links import Linker
from qms.domain.appointment import Appointment
from qms.domain.network import Account, Network, Shelf
from qms.domain.options import Options
from qms.services.booking import tokens
from qms_gateway.dialects.videsk.links import base_of, link
from server.sending import BASES

START = datetime(2026, 3, 3, 12, tzinfo=UTC)
SECRET, PUBLIC = b"s" * 32, "https://desk.example"


def network() -> Network:
    account = Account(id="a" * 24, slug="acme", name="Acme", timezone="UTC", options={}, version=1)
    kinds = (
        "branches",
        "pocs",
        "queues",
        "agents",
        "forms",
        "services",
        "webhooks",
        "screens",
        "kiosks",
        "applications",
    )
    return Network(account=account, **{kind: Shelf(kind, []) for kind in kinds})


def booked(origin: str, referrer: str = "") -> Appointment:
    return Appointment(
        id="b" * 24, account_id="a" * 24, origin=origin, state="scheduled", title="x", starts_at=START,
        ends_at=START + timedelta(hours=1), wall_start="", wall_zone="UTC", tz_version="", anchor="wall",
        timezone="UTC", created_at=START, updated_at=START, data={"referrer": referrer},
    )  # fmt: skip


@pytest.mark.parametrize("referrer", ["https://bank.example/book?x=1&v-schedule-auth=old#top", "nowhere", ""])
def test_videsks_links_are_those_of_its_answers(referrer):
    it, home = booked("videsk", referrer), network()
    linker = Linker(public_url=PUBLIC, secret=SECRET, bases=BASES)
    base = base_of(referrer, options=Options(home.account.options), public_url=PUBLIC, slug="acme")

    assert linker.join(home, it) == link(base, "join", tokens.issue(it, "access", secret=SECRET))
    assert linker.change(home, it) == link(base, "modify", tokens.issue(it, "action", secret=SECRET))


def test_our_own_lead_to_our_own_page():
    linker = Linker(public_url=PUBLIC, secret=SECRET, bases=BASES)

    assert linker.join(network(), booked("page", "https://bank.example")).startswith(f"{PUBLIC}/book/acme?v-schedule-")
