// What the supervisor's board says, and what can be chosen on it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alertInWords, alertName, overTarget, refusedInWords, seatsFor, seenAgo, shownInWords, takersOf } from "../../desk/static/board.js";

const NOW = Date.parse("2026-03-02T15:00:00Z");
const queue = { id: "q", name: "Cash" };

test("an alert names its queue with its branch, or its screen, or its agent", () => {
  const branch = { label: "Main" };
  const words = (kind, more) => alertInWords({ kind, since: "x", queue: null, branch: null, agent: null, screen: null, ...more });

  assert.match(words("undeliverable", { queue, branch }), /serve Cash · Main,/);
  assert.match(words("wait_over_target", { queue }), /in Cash · Remote is/);
  assert.match(words("short_services", { agent: { name: "Ana" } }), /^Ana finishes/);
  assert.match(words("silent_screen", { screen: "lobby", branch, since: null }), /lobby · Main has never/);
});

test("an alert keeps its name while it lasts, and another has another one", () => {
  const one = { kind: "undeliverable", queue, branch: { id: "b" }, since: "1" };

  assert.equal(alertName(one), alertName({ ...one, since: "2" }));
  assert.notEqual(alertName(one), alertName({ ...one, kind: "wait_over_target" }));
});

test("a wait is over its target once it is longer, and never where there is none", () => {
  const line = (/** @type {string | null} */ since, target = 10) => ({ waiting_since: since, target_minutes: target });

  assert.equal(overTarget(line("2026-03-02T14:49:59Z"), NOW), true);
  assert.equal(overTarget(line("2026-03-02T14:50:00Z"), NOW), false);
  assert.equal(overTarget(line("2026-03-02T12:00:00Z", 0), NOW), false);
  assert.equal(overTarget(line(null), NOW), false);
});

test("when a device was seen is counted on its own clock", () => {
  const state = { now: "2026-03-02T15:00:00Z", machine_now: "2026-11-21T10:00:00Z" };

  assert.equal(seenAgo(state, "2026-11-21T09:59:00Z", NOW + 5000), 65);
  assert.equal(seenAgo(state, null, NOW), null);
});

test("a ticket can be given to who is free, connected and serves its queue", () => {
  const agent = (/** @type {object} */ more) => ({ state: "idle", disconnected: false, queues: [queue], ...more });
  const agents = [agent({ id: 1 }), agent({ id: 2, state: "busy" }), agent({ id: 3, disconnected: true }), agent({ id: 4, queues: [] })];

  assert.deepEqual(takersOf({ agents }, "q").map(({ id }) => id), [1]);
});

test("an agent can sit where nobody else does", () => {
  const poc = (/** @type {string} */ id, agent = null) => ({ id, label: id, agent, branch: { label: "Main" } });
  const state = { branch: null, pocs: [poc("1"), poc("2", { id: "ana" }), poc("3", { id: "ben" })] };

  assert.deepEqual(seatsFor(state, { id: "ana" }), [{ id: "1", label: "1 · Main" }, { id: "2", label: "2 · Main" }]);
});

test("a screen that lacks the last call is said to", () => {
  assert.equal(shownInWords({ painted: 7, last_call: 7 }).tone, "good");
  assert.equal(shownInWords({ painted: null, last_call: 1 }).tone, "warn");
  assert.equal(shownInWords({ painted: null, last_call: null }).tone, "");
});

test("a refusal says what stands in the way of a supervisor, not of an agent", () => {
  const refused = (/** @type {number} */ status, kind = "", winner = "") => refusedInWords({ status, unreachable: false, details: { kind, winner } });

  assert.match(refused(409, "session", "busy"), /with a visitor/);
  assert.match(refused(409, "agent", "does not serve this queue"), /does not serve this queue/);
  assert.match(refused(409, "ticket", "offered"), /faster/);
  assert.match(refused(410, "notice", "over"), /over already/);
  assert.match(refused(403), /may not/);
});
