import assert from "node:assert/strict";
import { test } from "node:test";

import {
  actionsOf, besideWork, labelOf, layoutOf, orderOf, phaseOf, titleOf, withheld,
} from "../../desk/static/work.js";

const session = (state, more = {}) => ({ state, reason: null, pending_away: null, ...more });
const desk = (state, more = {}) => ({ session: session(state), offer: null, ticket: null, parked: [], queues: [], ...more });
const called = desk("busy", { ticket: { number: "A1", state: "called", poc: { key: "1" } } });
const serving = desk("busy", { ticket: { number: "A1", state: "serving", poc: { key: "1" } } });
const ringing = desk("ringing", { offer: { id: "ab", ticket: { number: "V2" } } });

test("the phase follows the ticket before the session", () => {
  assert.equal(phaseOf(called), "called");
  assert.equal(phaseOf(serving), "serving");
  assert.equal(phaseOf(ringing), "ringing");
  assert.equal(phaseOf(desk("offline")), "out");
  for (const state of ["idle", "away", "missed", "wrap_up"]) assert.equal(phaseOf(desk(state)), state);
});

test("a state that the page does not know is taken for idle", () => {
  assert.equal(phaseOf(desk("on the moon")), "idle");
});

test("every phase has exactly one primary action, and no action twice", () => {
  for (const state of [called, serving, ringing, ...["offline", "idle", "away", "missed", "wrap_up"].map((s) => desk(s))]) {
    const { primary } = layoutOf(state);
    const shown = actionsOf(state);
    assert.ok(primary);
    assert.equal(new Set(shown).size, shown.length, shown.join());
  }
});

test("every hook is there in its phase", () => {
  assert.deepEqual(actionsOf(desk("offline")), ["idle"]);
  assert.deepEqual(actionsOf(desk("idle")), ["next", "away", "offline"]);
  assert.deepEqual(actionsOf(desk("away")), ["idle", "offline"]);
  assert.deepEqual(actionsOf(desk("wrap_up")), ["next", "wrap-up", "away", "offline"]);
  assert.deepEqual(actionsOf(ringing), ["answer", "decline", "away", "offline"]);
  assert.deepEqual(actionsOf(called), ["next", "serve", "recall", "no-show", "finish", "park", "transfer", "away"]);
  assert.deepEqual(actionsOf(serving), ["next", "finish", "recall", "park", "transfer", "away"]);
});

test("nobody goes home while a visitor is at the desk", () => {
  assert.ok(withheld("offline", called));
  assert.ok(!withheld("offline", desk("idle")));
  assert.ok(!withheld("away", called));
});

test("whoever asked to be away after the visitor can take it back", () => {
  assert.deepEqual(besideWork(desk("busy", { ...serving, session: session("busy", { pending_away: "" }) })), ["idle", "offline"]);
});

test("a visitor who is on no screen cannot be called again", () => {
  const remote = desk("busy", { ticket: { number: "V1", state: "serving", poc: null } });

  assert.ok(!layoutOf(remote).more.includes("recall"));
});

test("next says whether it finishes", () => {
  assert.equal(labelOf("next", called), "Finish and call next");
  assert.equal(labelOf("next", desk("idle")), "Call next");
});

test("orders go where the interface wants them", () => {
  assert.deepEqual(orderOf("away", called, { reason: "lunch" }), {
    method: "PUT", path: "/desk/api/presence", body: { state: "away", reason: "lunch" },
  });
  assert.equal(orderOf("answer", ringing).path, "/desk/api/offers/ab/answer");
  assert.equal(orderOf("next", called).path, "/desk/api/next");
  assert.equal(orderOf("no-show", called).path, "/desk/api/ticket/no-show");
  assert.equal(orderOf("wrap-up", called).path, "/desk/api/wrap-up/finish");
  assert.deepEqual(orderOf("resume", called, { ticket: "t" }).body, { ticket: "t" });
});

test("the title says who rings", () => {
  assert.match(titleOf(ringing), /V2 is ringing/);
  assert.match(titleOf(called), /A1 called/);
  assert.match(titleOf(desk("away")), /^Away/);
});

