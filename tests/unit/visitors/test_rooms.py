"""The address of the room where agent and visitor meet."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from qms.domain.network import Account, Network, Shelf
from qms.domain.ticket import NORMAL, Ticket
from qms.services.rooms import filled, room, room_url, visitor_name

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def network(template: str | None) -> Network:
    account = Account(
        id="a", slug="acme", name="Acme", timezone="UTC", options={}, version=1, room_url=template, languages=("en",)
    )
    kinds = [field.name for field in fields(Network) if field.name != "account"]
    shelves: dict[str, Any] = {kind: Shelf(kind) for kind in kinds}
    return Network(account=account, **shelves)


def ticket(**more: Any) -> Ticket:
    served: dict[str, Any] = {"state": "serving", "serving_since": AT, **more}
    return Ticket(
        id="t1",
        account_id="a",
        domain_id="d",
        branch_id=None,
        queue_id="q",
        place="remote",
        number="T 1/2",
        own_number=1,
        service_day="2026-03-02",
        band=NORMAL,
        key=AT,
        seq=1,
        enqueued_at=AT,
        eligible_from=AT,
        link="secret-link",
        source="kiosk",
        **served,
    )


def test_names_in_braces_are_filled_and_stay_in_their_place():
    url = room_url(network("https://v.example/{number}?who={name}#x"), ticket(), role="visitor", name="Ana & Bo")

    assert url == "https://v.example/T%201%2F2?who=Ana%20%26%20Bo#x"


def test_a_room_is_the_same_for_everybody_and_another_for_every_service():
    first, again = ticket(), ticket()
    later = replace(first, serving_since=AT + timedelta(minutes=5))

    assert room(first) == room(again) != room(later)
    assert "secret-link" not in room(first)


def test_there_is_no_room_before_the_service_and_none_without_a_template():
    assert room_url(network("https://v.example/{room}"), ticket(state="called"), role="agent") is None
    assert room_url(network(None), ticket(), role="agent") is None


def test_an_address_that_is_not_of_the_web_is_not_handed_out():
    assert room_url(network("javascript:{name}"), ticket(), role="visitor") is None


def test_a_value_cannot_bring_names_of_its_own():
    assert filled("https://v.example/{name}", {"name": "{room}", "room": "secret"}) == "https://v.example/%7Broom%7D"


def test_a_visitor_is_called_by_the_first_name_or_the_number():
    assert visitor_name(ticket(customer={"firstname": "Ana"})) == "Ana"
    assert visitor_name(ticket(customer={"firstname": 5})) == visitor_name(ticket()) == "T 1/2"
