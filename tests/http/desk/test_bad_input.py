"""Whatever is sent, the answer is a documented one: never a bug, and no traceback in a body."""

import itertools
from io import BytesIO

from desk.face import COMMANDS

DEEP = b'{"a":' * 200 + b"1" + b"}" * 200
BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"x"',
    b"\xff\xfe",
    b"{}" * 2,
    DEEP,
    b'{"queue":"\\u0000"}',
    b'{"queue":"caja\\u0000","customer":{"a\\u0000":"\\u0000"}}',
    b'{"queue":"caja","customer":{"n":123456789012345678901234567890,"d":' + DEEP + b"}}",
    b'{"queue":"caja","customer":{"name":7,"firstname":["x"]}}',
    b'{"queue":"' + "\U0001f600".encode() * 150 + b'"}',
    b'{"queue":["caja"],"agent":{},"branch":1,"place":null}',
    b'{"ticket":"\' OR 1=1 --"}',
    b'{"state":"idle","poc":"\\u0000"}',
    b'{"state":"away","reason":"\\ud800"}',
    b'{"state":"away","reason":"' + "é".encode() * 200 + b'"}',
    b'{"code":"\\u0000"}',
    b'{"code":"https://[?v-schedule-auth=.."}',
    b'{"code":"' + "\U0001f600/".encode() * 400 + b'","reason":"\\u0000","branch":"\\u202e"}',
    b'{"account":"acme","email":"\\u0000","password":"x"}',
    b'{"account":"\\u202e","email":"\'","password":""}',
]
PATHS = [
    ("POST", "session"),
    ("PUT", "presence"),
    *(("POST", name) for name in COMMANDS),
    ("POST", "tickets"),
    ("POST", f"offers/{'0' * 24}/answer"),
    ("POST", "offers/%00/decline"),
    ("POST", f"tickets/{'0' * 24}/reactivate"),
    ("POST", "check-in"),
    *(("POST", f"appointments/{'0' * 24}/{act}") for act in ("check-in", "no-show", "cancel")),
    ("GET", "appointments?date=9999-12-31"),
    ("GET", "appointments?date=%00&branch=%00"),
    ("GET", "appointments?date=\u0662\u0660\u0662\u0666-01-01&branch=" + "x" * 500),
    ("GET", f"tickets/{'0' * 24}/why"),
    ("GET", "tickets/%00"),
    ("PATCH", "state"),
]


async def test_nothing_that_is_sent_is_a_bug(ana):
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    answers = {}
    for (method, path), body in itertools.product(PATHS, BODIES):
        response = await ana.client.request(method, f"/desk/api/{path}", data=body, headers=ana.headers)
        answers[method, path, body] = (response.status, await response.text())

    bugs = [asked for asked, (status, text) in answers.items() if status >= 500 or "Traceback" in text]
    assert bugs == []


async def test_an_oversized_body_is_a_problem(ana):
    response = await ana.client.post("/desk/api/tickets", data=BytesIO(b"x" * 2_000_000), headers=ana.headers)

    assert (response.status, response.content_type) == (413, "application/problem+json")


async def test_strange_headers_are_no_bug(ana):
    strange = ["Bearer " + "x" * 5000, "bearer", "Bearer ÿ", "Digest a=b"]

    statuses = [
        (await ana.client.get("/desk/api/state", headers={"Authorization": header})).status for header in strange
    ]
    keyed = (await ana.ask("POST", "next", **{"Idempotency-Key": "k" * 256})).status

    assert set(statuses) == {401}
    assert keyed == 422
