"""Forms: what is asked, and taking the answers."""

import json
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestServer

from qms.store.schema.work import journal, submission

FORMS = "/public/video-contact-center/forms"
TRAP = {"_id": "videsk_essential", "value": ""}
SUSPICIOUS = (
    b'{"name":"Unprocessable","message":"Your submit looks suspicious, not pass the captcha validation.",'
    b'"code":422,"className":"unprocessable","data":{"extraData":"invalid-input-response"},"errors":{}}'
)


def error(message, name="BadRequest", code=400, kebab="bad-request"):
    return {"name": name, "message": message, "code": code, "className": kebab, "errors": {}}


def kept(tx):
    return [dict(row) for row in tx.execute(sa.select(submission)).mappings()]


@pytest.fixture
def answers(seeded):
    def make(**values):
        named = {"firstname": "Eva", **values}
        return [{"_id": seeded.fields[name], "value": value} for name, value in named.items()]

    return make


async def submit(gateway, headers, values, **more):
    body = {"segment": "asked", "type": "pre-call", "values": values, **more}
    return await gateway.post(FORMS, json=body, headers=headers)


class TestForm:
    async def test_the_base_form_is_told_field_by_field(self, gateway, keys, seeded):
        response = await gateway.get(f"{FORMS}/{seeded.queues['asked']}?version=base", headers=keys("public"))

        text = await response.text()
        assert response.status == 200
        assert text.startswith(
            f'{{"form":[{{"_id":"{seeded.fields["firstname"]}","type":"text","name":"firstname","label":"Nombre",'
            '"hint":"","properties":{"required":true,"maxlength":"10"},"options":[]},'
        )
        assert '"properties":{"min":18,"max":99}' in text
        assert text.endswith('"options":[{"value":"x","label":"X"}]}],"siteKey":"","resource":"","provider":"none"}')

    async def test_it_says_how_to_get_a_captcha_token(self, gateway, keys, option):
        await option(captcha="turnstile", captcha_site_key="0x4AAA")

        form = await (await gateway.get(f"{FORMS}/asked?version=contact", headers=keys())).json()

        assert (form["provider"], form["siteKey"]) == ("turnstile", "0x4AAA")
        assert form["resource"].startswith("https://challenges.cloudflare.com/")

    @pytest.mark.parametrize(
        ("path", "message"),
        [
            ("asked?version=old", "The old version of form not found."),
            ("tramites?version=base", "Not form found in segment provided."),
            ("nope?version=contact", "Not form found in segment provided."),
        ],
    )
    async def test_a_form_that_is_not_there_is_400_with_404_in_the_body(self, gateway, keys, path, message):
        response = await gateway.get(f"{FORMS}/{path}", headers=keys())

        assert response.status == 400
        assert await response.json() == error(message, "NotFound", 404, "not-found")


class TestSubmit:
    async def test_a_servers_answers_are_kept(self, gateway, keys, store, answers, seeded):
        response = await submit(gateway, keys(), answers(age=30))

        (row,) = store.read(kept)
        assert response.status == 201
        assert await response.text() == (
            f'{{"message":"The form was saved successfully.","success":true,"submission":"{row["id"]}"}}'
        )
        assert row["values"] == answers(age=30)
        assert (row["queue_id"], row["form_id"], row["kind"], row["ticket_id"]) == (
            seeded.queues["asked"],
            seeded.forms["intake"],
            "pre-call",
            None,
        )

    async def test_it_is_told_to_the_journal(self, gateway, keys, store, answers):
        await submit(gateway, keys(), answers())

        assert store.read(lambda tx: list(tx.execute(sa.select(journal.c.name)).scalars())) == ["form.received"]

    async def test_the_same_idempotency_key_keeps_them_once(self, gateway, keys, store, answers):
        headers = {**keys(), "Idempotency-Key": "k"}

        bodies = [await (await submit(gateway, headers, answers())).read() for _ in range(2)]

        assert bodies[0] == bodies[1]
        assert len(store.read(kept)) == 1

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            ({"segment": "nope"}, "Please check the segment id provided."),
            ({"segment": None}, "Please check the segment id provided."),
            ({"segment": ["asked"]}, "Please check the segment id provided."),
            ({"type": "base"}, 'Provide a valid "type" form submission.'),
            ({"type": None}, 'Provide a valid "type" form submission.'),
            ({"type": ["contact"]}, 'Provide a valid "type" form submission.'),
        ],
    )
    async def test_segment_and_type_must_be_right(self, gateway, keys, answers, more, message):
        response = await submit(gateway, keys(), answers(), **more)

        assert (response.status, await response.json()) == (400, error(message))

    async def test_a_segment_without_the_form_is_400_with_404_in_the_body(self, gateway, keys, answers):
        response = await submit(gateway, keys(), answers(), segment="tramites")

        expected = error("Not form found in segment provided.", "NotFound", 404, "not-found")
        assert (response.status, await response.json()) == (400, expected)

    @pytest.mark.parametrize(
        "values", [None, {}, "x", 7, [7], [None], [[]], [{"value": 1}], [{"_id": "nope", "value": 1}], [{"_id": 7}]]
    )
    async def test_answers_that_belong_to_no_field(self, gateway, keys, values):
        response = await submit(gateway, keys(), values)

        assert response.status == 400
        assert await response.read() == (
            b'{"name":"BadRequest","message":"Some element not as field, please check or try again","code":400,'
            b'"className":"bad-request","data":"Maybe the organization has changed the form and you\'re submit is not '
            b'valid anymore.","errors":{}}'
        )

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("firstname", "x" * 11, "You reach the max characters is 10 for element"),
            ("firstname", "", "The value is required for element"),
            ("firstname", "  ", "The value is required for element"),
            ("firstname", 7, "The value is invalid for element"),
            ("firstname", "a\0", "The value is invalid for element"),
            ("age", 100, "The maximum of value is 99 for element"),
            ("age", 17, "The minimum of value is 18 for element"),
            ("age", "old", "The value is invalid for element"),
            ("email", "nobody", "The value is invalid for element"),
            ("why", "y", "The value is invalid for element"),
        ],
    )
    async def test_answers_that_break_a_rule(self, gateway, keys, answers, seeded, field, value, message):
        response = await submit(gateway, keys(), answers(**{field: value}))

        expected = error(f'{message} "{seeded.fields[field]}".')
        assert (response.status, await response.json()) == (400, expected)

    async def test_a_required_answer_may_not_be_missing(self, gateway, keys, seeded):
        response = await submit(gateway, keys(), [])

        expected = error(f'The value is required for element "{seeded.fields["firstname"]}".')
        assert (response.status, await response.json()) == (400, expected)


class TestPages:
    """What keys that anybody can read out of a page must bring besides."""

    async def test_a_token_and_the_honeypot_will_do_without_a_provider(self, gateway, keys, answers):
        response = await submit(gateway, keys("public"), [*answers(), TRAP], token="anything")

        assert response.status == 201

    @pytest.mark.parametrize("token", [None, "", " ", 7, []])
    async def test_without_a_token_it_is_400(self, gateway, keys, answers, token):
        response = await submit(gateway, keys("public"), [*answers(), TRAP], token=token)

        assert response.status == 400
        assert await response.json() == error('Please provide a valid "token", is mandatory.')

    async def test_without_the_honeypot_it_is_400(self, gateway, keys, answers):
        response = await submit(gateway, keys("public"), answers(), token="t")

        expected = error('The element form "videsk_essential" is required, never delete.')
        assert (response.status, await response.json()) == (400, expected)

    @pytest.mark.parametrize("kind", ["public", "backend"])
    async def test_a_filled_honeypot_looks_suspicious(self, gateway, keys, answers, kind):
        values = [*answers(), {"_id": "videsk_essential", "value": "I am a bot"}]
        response = await submit(gateway, keys(kind), values, token="t")

        assert (response.status, await response.read()) == (400, SUSPICIOUS)

    async def test_under_body_code_suspicion_is_422(self, gateway, keys, answers, option):
        await option(status_policy="body-code")
        values = [*answers(), {"_id": "videsk_essential", "value": "I am a bot"}]

        response = await submit(gateway, keys(), values)

        assert (response.status, await response.read()) == (422, SUSPICIOUS)

    async def test_the_honeypot_may_be_demanded_of_servers_too(self, gateway, keys, answers, option):
        await option(honeypot="always")

        without, with_it = [await submit(gateway, keys(), [*answers(), *more]) for more in ([], [TRAP])]

        assert (without.status, with_it.status) == (400, 201)


class TestProvider:
    @pytest.fixture
    async def provider(self):
        """A captcha provider that likes one token; `asked` remembers what it was asked."""
        asked = []

        async def verify(request):
            form = dict(await request.post())
            asked.append(form)
            if form["response"] == "broken":
                return web.Response(text="<h1>oops</h1>")
            return web.json_response({"success": form["response"] == "good"})

        app = web.Application()
        app.router.add_post("/siteverify", verify)
        async with TestServer(app) as server:
            yield SimpleNamespace(asked=asked, url=str(server.make_url("/siteverify")))

    @pytest.fixture(params=["turnstile", "hcaptcha", "recaptcha-enterprise"])
    async def verified(self, request, option, provider):
        await option(captcha=request.param, captcha_secret="s3cret", captcha_url=provider.url)

    async def test_a_good_token_passes(self, gateway, keys, answers, provider, verified):
        response = await submit(gateway, keys("public"), [*answers(), TRAP], token="good")

        assert response.status == 201
        assert provider.asked == [{"secret": "s3cret", "response": "good", "remoteip": "127.0.0.1"}]

    async def test_a_bad_token_looks_suspicious(self, gateway, keys, answers, verified):
        response = await submit(gateway, keys("public"), [*answers(), TRAP], token="bad")

        assert (response.status, await response.read()) == (400, SUSPICIOUS)

    async def test_a_token_is_not_spent_on_a_mistake(self, gateway, keys, answers, provider, verified):
        await submit(gateway, keys("public"), [*answers(age=7), TRAP], token="good")

        assert provider.asked == []

    async def test_servers_need_no_captcha_token(self, gateway, keys, answers, provider, verified):
        response = await submit(gateway, keys(), answers())

        assert (response.status, provider.asked) == (201, [])

    async def test_a_provider_that_does_not_answer_is_503(self, gateway, keys, answers, verified):
        response = await submit(gateway, keys("public"), [*answers(), TRAP], token="broken")

        assert (response.status, json.loads(await response.read())["name"]) == (503, "Unavailable")
