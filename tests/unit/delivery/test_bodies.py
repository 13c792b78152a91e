"""What a delivery says, in the Videsk dialect and in our own."""

import json
from typing import Any

import pytest

from qms_gateway import webhook_native as native
from qms_gateway.dialects.videsk import webhook as videsk
from tests.unit.delivery.parcels import AGENT, FORM, POC, parcel, said, snapshot


def test_an_assigned_ticket_is_told_exactly_so():
    rendered = videsk.render(parcel("qms.assigned", snapshot()))

    assert rendered.body.decode() == json.dumps(
        {
            "event": "qms.assigned",
            "traceId": "0123456789abcdef",
            "createdAt": "2026-03-01T12:00:00.123Z",
            "data": {
                "id": "652a1ae848880e168884e49b",
                "ticketId": "T001",
                "integrationData": {"vendor": ["any", 1, None]},
                "segment": {"id": "q1", "name": "Trámites ABC"},
                "branch": {
                    "id": "b1",
                    "name": "branch-main",
                    "label": "Main",
                    "address": "1 Main St",
                    "location": [7, 9],
                },
                "poc": {"id": "p1", "label": "Box 1"},
                "agent": {"_id": "a1", "firstname": "John", "lastname": "Doe", "email": "jdoe@acme.example"},
                "call": {"id": "o1", "startedAt": "2026-03-01T12:00:00.123Z"},
                "queue": {
                    "id": "652a1ae848880e168884e49b",
                    "createdAt": "2026-03-01T11:58:00.500Z",
                    "answeredAt": "2026-03-01T12:00:00.123Z",
                    "duration": 1.994,
                },
                "submittedForm": FORM,
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    assert rendered.headers["Content-Type"] == "application/json"
    assert {"X-Powered-By", "X-Requested-With"} <= set(rendered.headers)


def test_a_ticket_without_poc_branch_form_or_data_says_null_and_an_empty_list():
    data = said("qms.assigned", snapshot(poc=None, branch=None, form=[], ticket={"integration_data": None}))["data"]

    assert data["poc"] is None
    assert data["branch"] is None
    assert data["integrationData"] is None
    assert data["submittedForm"] == []


@pytest.mark.parametrize("integration_data", ["text", 0, False, [], {}, 10**30, [1.5, "ñ"]])
def test_integration_data_comes_back_as_it_was_sent(integration_data):
    data = said("qms.assigned", snapshot(ticket={"integration_data": integration_data}))["data"]

    assert data["integrationData"] == integration_data


def test_a_location_has_the_order_that_lists_of_branches_have():
    data = said("qms.assigned", snapshot(), location_order="longitude-first")["data"]

    assert data["branch"]["location"] == [9, 7]


def test_an_account_may_give_events_other_names():
    body = said("queue.created", snapshot(), event_aliases={"queue.created": "queue.new"})

    assert body["event"] == "queue.new"


def test_an_abandoned_ticket_says_when_why_and_after_how_many_minutes():
    ended = {"ended_at": "2026-03-01T11:59:30.500000+00:00", "end_reason": "left", "state": "cancelled"}

    data = said("queue.abandoned", snapshot(ticket=ended, agent=None, poc=None, offer=None))["data"]

    assert (data["id"], data["ticketId"]) == ("652a1ae848880e168884e49b", "T001")
    assert (data["endedAt"], data["duration"], data["canceledReason"]) == ("2026-03-01T11:59:30.500Z", 1.5, "left")


def test_a_call_goes_by_the_id_of_the_answered_offer():
    data = said("call.created", snapshot())["data"]

    assert data["id"] == data["call"]["id"] == "o1"
    assert data["queue"]["id"] == "652a1ae848880e168884e49b"


def test_an_agent_who_connects_is_named():
    session = {"id": "s1", "state": "idle", "reason": None, "poc": POC}

    data = said("user.connected", {"agent": AGENT, "session": session})["data"]

    assert data["agent"]["_id"] == "a1"
    assert data["poc"] == {"id": "p1", "label": "Box 1"}


@pytest.mark.parametrize("event", sorted(set(videsk.EVENTS.values())))
def test_every_event_can_be_said_of_an_empty_snapshot_or_a_full_one(event):
    empty: dict[str, Any] = {"ticket": dict.fromkeys(snapshot()["ticket"])}
    empty["ticket"] |= {"id": "t1", "number": "1"}

    assert said(event, empty)["event"] == said(event, snapshot())["event"] == event


def test_every_event_that_is_sent_has_its_data():
    assert set(videsk.EVENTS.values()) == set(videsk.DATA)


def test_our_own_payload_is_type_timestamp_and_the_whole_snapshot():
    rendered = native.render(parcel("ticket.called", snapshot()))

    body = json.loads(rendered.body)
    assert list(body) == ["type", "timestamp", "data"]
    assert body["type"] == "ticket.called"
    assert body["timestamp"] == "2026-03-01T12:00:00.123456Z"
    assert body["data"] == snapshot()


def test_our_own_payload_loses_its_contents_beyond_64_kib():
    huge = snapshot(ticket={"integration_data": "x" * 70_000})

    rendered = native.render(parcel("ticket.created", huge))

    data = json.loads(rendered.body)["data"]
    assert len(rendered.body) < 1024
    assert data["truncated"] is True
    assert data["ticket"] == {
        "id": "652a1ae848880e168884e49b",
        "number": "T001",
        "state": "serving",
        "version": 4,
    }
    assert data["queue"] == {"id": "q1", "key": "tramites"}


def test_our_own_events_keep_their_names_but_for_the_one_that_has_a_name_already():
    assert native.EVENTS["ticket.called"] == "ticket.called"
    assert native.EVENTS["ticket.assigned"] == "qms.assigned"
    assert len(set(native.EVENTS.values())) == len(native.EVENTS)
