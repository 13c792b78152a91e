import assert from "node:assert/strict";
import { test } from "node:test";

import { Problem, command, freshKey } from "../../qms/web/pages/static/command.js";

function server(...answers) {
  const heard = [];
  const fetch = async (path, request) => {
    heard.push({ path, ...request });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { heard, options: { fetch, pause: async () => undefined } };
}

const json = (value, status = 200, type = "application/json") =>
  new Response(JSON.stringify(value), { status, headers: { "Content-Type": type } });

test("a command says its body and a key, and gives the answer", async () => {
  const { heard, options } = server(json({ seq: 7 }));

  assert.deepEqual(await command("/desk/api/next", { queue: "q" }, options), { seq: 7 });
  assert.equal(heard[0].method, "POST");
  assert.equal(heard[0].body, '{"queue":"q"}');
  assert.match(heard[0].headers["Idempotency-Key"], /^[0-9a-f]{32}$/);
});

test("nothing in the answer is null", async () => {
  const { options } = server(new Response(null, { status: 204 }));

  assert.equal(await command("/desk/api/next", undefined, options), null);
});

test("a command that may not have arrived is sent again with the same key", async () => {
  const { heard, options } = server(new TypeError("network"), new Response("", { status: 503 }), json({ seq: 1 }, 201));

  assert.deepEqual(await command("/kiosk/x/tickets", {}, options), { seq: 1 });
  assert.equal(new Set(heard.map((request) => request.headers["Idempotency-Key"])).size, 1);
  assert.equal(heard.length, 3);
});

test("a command whose first try is still under way is asked for until it is done, and does not fail for that", async () => {
  const late = () => new Response("{}", { status: 409, headers: { "Retry-After": "1" } });
  const { heard, options } = server(new TypeError("silence"), late(), late(), late(), late(), json({ seq: 2 }, 201));

  assert.deepEqual(await command("/kiosk/x/tickets", {}, options), { seq: 2 });
  assert.equal(heard.length, 6);
});

test("one that is under way for ever is a problem", async () => {
  const late = new Response("{}", { status: 409, headers: { "Retry-After": "1", "Content-Type": "application/json" } });
  const { options } = server(...Array.from({ length: 30 }, () => late.clone()));

  await assert.rejects(command("/x", {}, options), { status: 409 });
});

test("a refusal is a problem with the server's words, and is not repeated", async () => {
  const { heard, options } = server(json({ title: "Conflict", winner: "done", status: 409 }, 409, "application/problem+json"));

  await assert.rejects(command("/x", {}, options), (problem) => {
    assert.ok(problem instanceof Problem);
    assert.deepEqual([problem.status, problem.title, problem.details.winner], [409, "Conflict", "done"]);
    return true;
  });
  assert.equal(heard.length, 1);
});

test("a server that is not reached is a problem of its own", async () => {
  const { options } = server(new TypeError(), new TypeError(), new TypeError());

  await assert.rejects(command("/x", {}, options), (problem) => problem.unreachable);
});

test("a refusal in something else than JSON is still a problem", async () => {
  const { options } = server(new Response("<h1>Bad</h1>", { status: 400, headers: { "Content-Type": "text/html" } }));

  await assert.rejects(command("/x", {}, options), { status: 400, message: "HTTP 400" });
});

test("two keys differ", () => {
  assert.notEqual(freshKey(), freshKey());
});
