"""Surveys: what is asked after a call or an appointment, and taking the answers, once each."""

import pytest
import sqlalchemy as sa

from qms.services.admission import TakeTicket
from qms.services.intake import take_tickets
from qms.store.schema import work
from qms.store.schema.booking import appointment
from qms.store.schema.outbox import delivery
from qms_gateway.dialects.videsk.webhook import DATA, NAMES
from qms_gateway.face import routes as gateway_routes
from tests.http.videsk.practice import PRACTICE, SERVICE, Practice, error, no_access, refused

NPS, CSAT, CES, WHY = (f"60dbe3416af0be33b8b372c{n}" for n in range(4))
SURVEYS = f"""
[[form]]
key = "afterwards"
fields = [
  {{ id = "{NPS}", name = "nps", type = "nps", label = "Would you tell a friend?", required = true }},
  {{ id = "{CSAT}", name = "csat", type = "csat", label = "How was it?" }},
  {{ id = "{CES}", name = "ces", type = "ces", label = "How hard was it?" }},
  {{ id = "{WHY}", name = "why", type = "textarea", label = "Why?", maxlength = 20 }},
]

[[webhook]]
key = "crm"
url = "https://crm.example/hook"
events = ["survey.received"]
dialect = "videsk"
"""
ASKING = PRACTICE.replace('prefix = "V"', 'prefix = "V"\nsurvey = "afterwards"').replace(
    f'id = "{SERVICE}"', f'id = "{SERVICE}"\nsurvey = "afterwards"'
)
SAVED = {"message": "The survey was saved successfully.", "success": True}
UNANSWERABLE = error("The call or appointment not exist or the survey was answered.")
HOUR = "2026-03-10T11:00:00.000Z"


def no_survey(kind):
    return error(f"We do not cannot find a survey for the {kind} id provided.", "NotFound", 404, "not-found")


def given(nps=9, **more):
    ids = {"csat": CSAT, "ces": CES, "why": WHY}
    return [{"_id": NPS, "value": nps}, *({"_id": ids[name], "value": value} for name, value in more.items())]


@pytest.fixture
def event_names():
    """Subscribers are told by the dialect's names."""
    return {"videsk": NAMES}


@pytest.fixture
async def practice(serve, store):
    return await Practice.open(await serve(gateway_routes), store, ASKING + SURVEYS)


@pytest.fixture
def call(practice):
    """The id of a ticket that was answered."""
    return _ticket(practice, called=True)


def _ticket(practice, *, called):
    def queue(tx):
        ((found),) = tx.network(practice.account).queues.values()
        return found

    line = practice.store.read(queue)
    item = TakeTicket(account=practice.account, branch=None, queue=line.id, place="remote", source="kiosk")
    ticket = practice.store.take(take_tickets, item, domain=line.domain_id)
    if called:
        answered = work.ticket.update().where(work.ticket.c.id == ticket.id)
        practice.store.write(lambda tx: tx.execute(answered.values(assigned_at=tx.now, state="done")))
    return ticket.id


def booked_id(practice):
    return practice.store.read(lambda tx: tx.execute(sa.select(appointment.c.id)).scalar())


def kept(practice):
    rows = sa.select(work.submission).where(work.submission.c.kind == "survey")
    return practice.store.read(lambda tx: [dict(row) for row in tx.execute(rows).mappings()])


class TestAsking:
    @pytest.mark.parametrize("path", [f"surveys/{SERVICE}?type=services", "surveys/visits?type=segments"])
    async def test_it_is_told_field_by_field_with_the_scales_of_its_kinds(self, practice, path):
        status, body = await practice.get(path, headers=practice.key("public"))

        limits = {field["type"]: field["properties"] for field in body["form"]}
        scales = {kind: (said.get("min"), said.get("max")) for kind, said in limits.items()}
        assert status == 200
        assert list(body) == ["form"]
        assert list(body["form"][0]) == ["_id", "type", "name", "label", "hint", "properties", "options"]
        assert scales == {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "textarea": (None, None)}

    @pytest.mark.parametrize("query", ["", "?type=queues", "?type="])
    async def test_whose_survey_must_be_said(self, practice, query):
        answer = await practice.get(f"surveys/visits{query}")

        assert answer == refused(error('Provide a valid type, allowed are "segments,services".'))

    @pytest.mark.parametrize(
        ("asker", "kind"), [("nobody", "segments"), ("auto", "services"), ("visits", "services"), (SERVICE, "segments")]
    )
    async def test_a_survey_that_is_not_there_is_400_with_404_in_the_body(self, practice, asker, kind):
        status, body = await practice.get(f"surveys/{asker}", type=kind)

        assert (status, body) == (400, no_survey(kind))

    async def test_not_with_the_key_of_an_export(self, practice):
        answer = await practice.get("surveys/visits", headers=practice.key("api-token"), type="segments")

        assert answer == refused(no_access("surveys/visits"))


class TestAnswering:
    async def test_a_call_is_answered_once(self, practice, call):
        first = await practice.post("surveys", {"call": call, "values": given(10, csat="5", ces=7, why="quick")})
        second = await practice.post("surveys", {"call": call, "values": given()})

        (row,) = kept(practice)
        assert tuple(first) == (201, SAVED)
        assert list(first.body) == ["message", "success"]
        assert second == refused(UNANSWERABLE)
        assert (row["ticket_id"], row["kind"]) == (call, "survey")
        assert [answer["value"] for answer in row["values"]] == [10, "5", 7, "quick"]

    async def test_an_appointment_is_answered_once_with_a_public_key_too(self, practice):
        await practice.booked(HOUR)
        id = booked_id(practice)

        first = await practice.post("surveys", {"appointment": id, "values": given()}, practice.key("public"))
        second = await practice.post("surveys", {"appointment": id, "values": given()})

        assert tuple(first) == (201, SAVED)
        assert second == refused(UNANSWERABLE)

    async def test_a_webhook_is_told_what_was_answered(self, practice, call):
        await practice.post("surveys", {"call": call, "values": given(3)})

        told = practice.store.read(
            lambda tx: (
                tx.execute(sa.select(delivery.c.data).where(delivery.c.event == "survey.received")).scalars().one()
            )
        )
        body = DATA["survey.received"](told)
        assert (body["type"], body["call"], body["appointment"]) == ("survey", call, None)
        assert body["segment"]["name"] == "Visits"
        assert [field.get("value") for field in body["submittedForm"]] == [3, None, None, None]

    @pytest.mark.parametrize("body", [{}, {"call": ""}, {"call": None, "appointment": 5}])
    async def test_one_of_them_must_be_named(self, practice, body):
        answer = await practice.post("surveys", {**body, "values": given()})

        assert answer == refused(error("Provide a call or appointment id."))

    @pytest.mark.parametrize("name", ["call", "appointment"])
    async def test_nothing_is_kept_about_what_has_not_been(self, practice, name):
        waiting = _ticket(practice, called=False)

        answers = [await practice.post("surveys", {name: id, "values": given()}) for id in (waiting, "no\0id", NPS)]

        assert answers == [refused(UNANSWERABLE)] * 3
        assert kept(practice) == []

    async def test_where_nothing_is_asked_nothing_is_kept(self, practice):
        await practice.booked(HOUR, path="service/auto", form=[])

        status, body = await practice.post("surveys", {"appointment": booked_id(practice), "values": given()})

        assert (status, body) == (400, no_survey("services"))

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            (given(11), f'The maximum of value is 10 for element "{NPS}".'),
            (given(-1), f'The minimum of value is 0 for element "{NPS}".'),
            (given(9, csat=6), f'The maximum of value is 5 for element "{CSAT}".'),
            (given(9, csat=0), f'The minimum of value is 1 for element "{CSAT}".'),
            (given(9, ces=8), f'The maximum of value is 7 for element "{CES}".'),
            (given(9, why="x" * 21), f'You reach the max characters is 20 for element "{WHY}".'),
            ([], f'The value is required for element "{NPS}".'),
        ],
    )
    async def test_an_answer_that_breaks_its_field_s_rule_is_refused(self, practice, call, values, message):
        refusal = await practice.post("surveys", {"call": call, "values": values})
        again = await practice.post("surveys", {"call": call, "values": given()})

        assert refusal == refused(error(message))
        assert again.status == 201

    @pytest.mark.parametrize("values", [None, "x", [{"_id": "nope", "value": 1}], [5]])
    async def test_an_answer_to_no_field_is_refused(self, practice, call, values):
        answer = await practice.post("surveys", {"call": call, "values": values})

        data = "Maybe the organization has changed the form and you're submit is not valid anymore."
        assert answer == refused(error("Some element not as field, please check or try again", data=data))

    async def test_the_same_answer_sent_again_under_its_key_is_kept_once(self, practice, call):
        headers = {**practice.headers, "Idempotency-Key": "one"}

        answers = [await practice.post("surveys", {"call": call, "values": given()}, headers) for _ in range(2)]

        assert [tuple(answer) for answer in answers] == [(201, SAVED)] * 2
        assert len(kept(practice)) == 1

    async def test_another_account_s_call_is_not_known(self, practice, call, keys):
        answer = await practice.post("surveys", {"call": call, "values": given()}, keys())

        assert answer == refused(UNANSWERABLE)
