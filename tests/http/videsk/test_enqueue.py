"""The main job's first step: a vendor puts somebody on site into a queue."""

import asyncio
import gzip
import json
from datetime import date

import pytest
import sqlalchemy as sa

from qms.domain.weekly import Closure
from qms.store.schema.network import account, branch, queue
from qms.store.schema.work import ticket
from tests.http.seed import MAIN, TRAMITES, seed, sign_in
from tests.http.visits import change

PATH = f"/public/video-contact-center/branches/{MAIN}/queues/{TRAMITES}"
NO_AGENT = (
    b'{"name":"NotAcceptable","message":"Not agent available in the segment \\"652a1ae848880e168884e49b\\", '
    b'please try later.","code":406,"className":"not-acceptable","errors":{}}'
)
FORM_WANTED = (
    b'{"name":"PreconditionRequired","message":"Is mandatory to provide a forms submission id.",'
    b'"code":426,"className":"precondition-require","errors":{}}'
)
NO_FIELD = (
    b'{"name":"BadRequest","message":"Some element not as field, please check or try again","code":400,'
    b'"className":"bad-request","data":"Maybe the organization has changed the form and you\'re submit is not '
    b'valid anymore.","errors":{}}'
)


def close_main(tx):
    moving = Closure.of_days(date(2026, 3, 2), date(2026, 3, 2), "Moving").to_json()
    tx.execute(branch.update().where(branch.c.id == MAIN).values(closures=[moving]))
    tx.execute(account.update().values(version=account.c.version + 1))


def tickets(tx):
    return [dict(row) for row in tx.execute(sa.select(ticket).order_by(ticket.c.seq)).mappings()]


@pytest.fixture
def staffed(store, seeded):
    return store.write(sign_in, seeded=seeded, agent="jdoe")


async def post(gateway, keys, body, path=PATH, **headers):
    response = await gateway.post(path, json=body, headers={**keys(), **headers})
    return response.status, await response.read()


async def test_a_ticket_is_taken_with_all_that_came_along(gateway, keys, store, staffed):
    data = {"id": 7, "tags": ["á", None], "big": 2**70}

    status, body = await post(gateway, keys, {"ticketId": "A042", "integrationData": data})

    (taken,) = store.read(tickets)
    assert status == 201
    assert body.decode() == f'{{"id":"{taken["id"]}","segment":"Trámites ABC"}}'
    assert (taken["number"], taken["own_number"], taken["source"]) == ("A042", None, "vendor")
    assert json.loads(taken["integration_data"]) == data


async def test_without_a_number_the_branch_gives_one(gateway, keys, store, staffed):
    for body in ({}, {"ticketId": None, "integrationData": None, "form": None}):
        status, _ = await post(gateway, keys, body)
        assert status == 201

    assert [taken["number"] for taken in store.read(tickets)] == ["T001", "T002"]


async def test_no_body_at_all_will_do(gateway, keys, staffed):
    response = await gateway.post(PATH, headers=keys())

    assert response.status == 201


async def test_the_same_number_twice_is_two_tickets(gateway, keys, store, staffed):
    for _ in range(2):
        await post(gateway, keys, {"ticketId": "A1"})

    assert [taken["number"] for taken in store.read(tickets)] == ["A1", "A1"]


async def test_keys_of_the_network_file_serve_as_ids(gateway, keys, staffed):
    status, _ = await post(gateway, keys, {}, "/public/video-contact-center/branches/main/queues/tramites")

    assert status == 201


@pytest.mark.parametrize("path", ["1234567890/queues/tramites", "main/queues/nope", "main/queues/far"])
async def test_a_wrong_branch_or_segment_is_400_with_404_in_the_body(gateway, keys, path):
    status, body = await post(gateway, keys, {}, f"/public/video-contact-center/branches/{path}")

    branch = path.partition("/")[0].encode()
    assert status == 400
    assert body == (
        b'{"name":"NotFound","message":"The segment for the branch \\"' + branch + b'\\" is not assigned or the branch '
        b'id is incorrect","code":404,"className":"not-found","errors":{}}'
    )


async def test_another_accounts_queue_is_a_wrong_segment(gateway, keys, store):
    other = store.write(seed, slug="other")

    status, body = await post(
        gateway, keys, {}, f"/public/video-contact-center/branches/{MAIN}/queues/{other.queues['tramites']}"
    )

    assert status == 400
    assert b"is not assigned or the branch id is incorrect" in body


async def test_with_nobody_signed_in_it_is_406(gateway, keys):
    assert await post(gateway, keys, {}) == (406, NO_AGENT)


@pytest.mark.parametrize("state", ["away", "busy", "wrap_up", "ringing"])
async def test_somebody_signed_in_but_not_free_is_enough(gateway, keys, store, seeded, state):
    store.write(sign_in, seeded=seeded, agent="jdoe", state=state)

    status, _ = await post(gateway, keys, {})

    assert status == 201


async def test_an_agent_of_other_queues_does_not_count(gateway, keys, store, seeded):
    store.write(sign_in, seeded=seeded, agent="ana")

    status, _ = await post(gateway, keys, {"form": None}, "/public/video-contact-center/branches/main/queues/tramites")
    refused, _ = await post(gateway, keys, {}, "/public/video-contact-center/branches/north/queues/far")

    assert (status, refused) == (201, 406)


async def test_an_account_may_insist_on_a_free_agent(gateway, keys, store, seeded, option):
    await option(require_available=True)
    store.write(sign_in, seeded=seeded, agent="jdoe", state="busy")

    assert await post(gateway, keys, {}) == (406, NO_AGENT)


async def test_a_closed_branch_cannot_add_anybody(gateway, keys, store, staffed):
    store.write(close_main)

    status, body = await post(gateway, keys, {})

    assert (status, body) == (
        422,
        b'{"name":"Unprocessable","message":"We\'re not able to request adding you to the queue, try again.",'
        b'"code":422,"className":"unprocessable","errors":{}}',
    )


async def test_a_full_queue_cannot_add_anybody(gateway, keys, store, staffed):
    store.write(change, table=queue, settings={"max_waiting": 1})

    first, _ = await post(gateway, keys, {})
    status, body = await post(gateway, keys, {})

    assert first == 201
    assert (status, b"We're not able to request adding you to the queue" in body) == (422, True)


class TestLimits:
    @pytest.mark.parametrize(
        ("value", "number"),
        [("x" * 50, "x" * 50), ("ñ" * 50, "ñ" * 50), (42, "42"), (5.0, "5"), (1.5, "1.5"), (True, "true"), (" ", " ")],
    )
    async def test_a_number_is_taken_as_text(self, gateway, keys, store, staffed, value, number):
        status, _ = await post(gateway, keys, {"ticketId": value})

        assert (status, store.read(tickets)[0]["number"]) == (201, number)

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            (
                "x" * 51,
                "Validation failed: ticketId: Path `ticketId` (`...`) is longer than the maximum allowed length (50).",
            ),
            (
                "",
                "Validation failed: ticketId: Path `ticketId` (`...`) is shorter than the minimum allowed length (1).",
            ),
            ([], 'Cast to string failed for value "..." (type Array) at path "ticketId"'),
            ({}, 'Cast to string failed for value "..." (type Object) at path "ticketId"'),
            ("a\0", 'Cast to string failed for value "..." (type String) at path "ticketId"'),
        ],
    )
    async def test_a_number_that_will_not_do_is_400(self, gateway, keys, store, staffed, value, message):
        status, body = await post(gateway, keys, {"ticketId": value})

        assert status == 400
        assert json.loads(body) == {
            "name": "BadRequest",
            "message": message,
            "code": 400,
            "className": "bad-request",
            "errors": {},
        }
        assert store.read(tickets) == []

    async def test_50_kilobytes_of_compact_data_are_the_limit(self, gateway, keys, staffed):
        fits, too_much = "x" * (51_200 - 2), "x" * (51_200 - 1)

        assert (await post(gateway, keys, {"integrationData": fits}))[0] == 201
        assert await post(gateway, keys, {"integrationData": too_much}) == (
            400,
            b'{"name":"BadRequest","message":"The \\"integrationData\\" exceeds the limit of 50 Kb.","code":400,'
            b'"className":"bad-request","data":"integrationData","errors":{}}',
        )

    async def test_white_space_does_not_count(self, gateway, keys, staffed):
        body = b'{"integrationData": [' + b" " * 60_000 + b'"x"]}'

        response = await gateway.post(PATH, data=body, headers={**keys(), "Content-Type": "application/json"})

        assert response.status == 201

    async def test_accents_count_as_bytes(self, gateway, keys, staffed):
        status, _ = await post(gateway, keys, {"integrationData": "á" * 25_600})

        assert status == 400

    async def test_the_limit_is_an_option(self, gateway, keys, staffed, option):
        await option(integration_data_limit=10)

        status, _ = await post(gateway, keys, {"integrationData": "more than that"})

        assert status == 400

    async def test_a_nul_in_the_vendors_own_data_comes_back_as_it_was(self, gateway, keys, store, staffed):
        await post(gateway, keys, {"integrationData": "a\0b"})

        assert json.loads(store.read(tickets)[0]["integration_data"]) == "a\0b"


class TestForm:
    PATH = "/public/video-contact-center/branches/main/queues/asked"

    @pytest.fixture
    async def submission(self, gateway, keys, seeded, staffed):
        body = {"segment": "asked", "type": "pre-call", "values": [{"_id": seeded.fields["firstname"], "value": "Eva"}]}
        response = await gateway.post("/public/video-contact-center/forms", json=body, headers=keys())
        return (await response.json())["submission"]

    async def test_it_is_wanted_where_the_queue_has_a_base_form(self, gateway, keys, staffed):
        assert await post(gateway, keys, {}, self.PATH) == (428, FORM_WANTED)
        assert await post(gateway, keys, {"form": ""}, self.PATH) == (428, FORM_WANTED)

    async def test_it_comes_before_the_agents(self, gateway, keys):
        assert await post(gateway, keys, {}, self.PATH) == (428, FORM_WANTED)

    async def test_a_submission_takes_one_ticket(self, gateway, keys, store, submission):
        first, _ = await post(gateway, keys, {"form": submission}, self.PATH)
        second = await post(gateway, keys, {"form": submission}, self.PATH)

        assert (first, second) == (201, (400, NO_FIELD))
        assert [taken["submission_id"] for taken in store.read(tickets)] == [submission]

    @pytest.mark.parametrize("form", ["000000000000000000000000", "nope", "\0", 7, [], {}, "é" * 24])
    async def test_an_unknown_submission_is_400(self, gateway, keys, staffed, form):
        assert await post(gateway, keys, {"form": form}, self.PATH) == (400, NO_FIELD)

    async def test_a_submission_for_another_queue_is_400(self, gateway, keys, submission):
        assert await post(gateway, keys, {"form": submission}) == (400, NO_FIELD)

    async def test_a_contact_submission_is_400(self, gateway, keys, seeded, staffed):
        body = {
            "segment": "asked",
            "type": "contact",
            "values": [{"_id": seeded.fields["phone"], "value": "+56 2 123"}],
        }
        kept = await (await gateway.post("/public/video-contact-center/forms", json=body, headers=keys())).json()

        assert await post(gateway, keys, {"form": kept["submission"]}, self.PATH) == (400, NO_FIELD)

    async def test_under_body_code_the_precondition_is_428_all_over(self, gateway, keys, staffed, option):
        await option(status_policy="body-code")

        status, body = await post(gateway, keys, {}, self.PATH)

        assert (status, json.loads(body)["code"]) == (428, 428)


async def test_under_body_code_the_status_is_that_of_the_body(gateway, keys, option):
    await option(status_policy="body-code")

    status, body = await post(gateway, keys, {}, "/public/video-contact-center/branches/nope/queues/tramites")

    assert (status, json.loads(body)["code"]) == (404, 404)


class TestIdempotency:
    async def test_the_same_key_gives_the_same_ticket(self, gateway, keys, store, staffed):
        key = {**keys(), "Idempotency-Key": '"abc"'}
        first, second = [await gateway.post(path, json={"ticketId": "A1"}, headers=key) for path in (PATH, f"{PATH}/")]

        assert (first.status, second.status) == (201, 201)
        assert await first.read() == await second.read()
        assert len(store.read(tickets)) == 1

    async def test_with_another_body_it_is_422(self, gateway, keys, staffed):
        key = {**keys(), "Idempotency-Key": "abc"}
        await gateway.post(PATH, json={"ticketId": "A1"}, headers=key)
        other = await gateway.post(PATH, json={"ticketId": "A2"}, headers=key)

        assert (other.status, (await other.json())["className"]) == (422, "unprocessable")

    @pytest.mark.parametrize(
        ("first", "again"),
        [
            (b'{"ticketId":"A1","integrationData":{"x":1,"y":[1.5,"\xc3\xb1"]}}',) * 2,
            (b'{"ticketId":"A1","integrationData":{"x":1}}', b'{ "integrationData": {"x": 1},\n  "ticketId": "A1" }\n'),
            (b'{"ticketId":"\xc3\xb1"}', b'{"ticketId":"\\u00f1"}'),
            (b"", b"{}"),
            (b'{"ticketId":"A1"}', gzip.compress(b'{"ticketId": "A1"}', mtime=0)),
        ],
    )
    async def test_a_body_that_was_only_written_otherwise_is_the_same(
        self, gateway, keys, store, staffed, first, again
    ):
        key = {**keys(), "Idempotency-Key": "abc", "Content-Type": "application/json"}
        packed = {"Content-Encoding": "gzip"} if again.startswith(b"\x1f\x8b") else {}
        taken = await gateway.post(PATH, data=first, headers=key)
        repeated = await gateway.post(PATH, data=again, headers={**key, **packed})

        assert (taken.status, repeated.status) == (201, 201)
        assert await taken.read() == await repeated.read()
        assert len(store.read(tickets)) == 1

    @pytest.mark.parametrize("other", [b'{"ticketId":1.0}', b'{"ticketId":"1"}', b'{"ticketId":1,"form":null}'])
    async def test_another_type_of_value_is_another_body(self, gateway, keys, staffed, other):
        key = {**keys(), "Idempotency-Key": "abc", "Content-Type": "application/json"}
        taken = await gateway.post(PATH, data=b'{"ticketId":1}', headers=key)
        differs = await gateway.post(PATH, data=other, headers=key)

        assert (taken.status, differs.status) == (201, 422)

    async def test_while_the_first_is_under_way_the_second_is_409(self, gateway, keys, store, staffed):
        key = {**keys(), "Idempotency-Key": "abc"}
        async with asyncio.TaskGroup() as together:
            posts = [together.create_task(gateway.post(PATH, json={}, headers=key)) for _ in range(8)]
        statuses = {post.result().status for post in posts}

        assert statuses <= {201, 409}
        assert 201 in statuses
        assert len(store.read(tickets)) == 1

    async def test_a_refusal_is_not_kept(self, gateway, keys, store, seeded):
        key = {**keys(), "Idempotency-Key": "abc"}
        refused = await gateway.post(PATH, json={}, headers=key)
        store.write(sign_in, seeded=seeded, agent="jdoe")
        taken = await gateway.post(PATH, json={}, headers=key)

        assert (refused.status, taken.status) == (406, 201)

    @pytest.mark.parametrize("key", ["", "x" * 256, "ÿ"])
    async def test_a_key_that_is_none_is_400(self, gateway, keys, staffed, key):
        response = await gateway.post(PATH, json={}, headers={**keys(), "Idempotency-Key": key})

        assert (response.status, (await response.json())["name"]) == (400, "BadRequest")
