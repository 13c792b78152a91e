import assert from "node:assert/strict";
import { test } from "node:test";

import { aboutLane, focusedOn, laneOf, nextIn, ringingIn } from "../../desk/static/lane.js";
import { actionsOf, orderOf, withheld } from "../../desk/static/work.js";

const ticket = (id, state) => ({ id, number: id.toUpperCase(), state, poc: null });
const serving = { lane: 0, offer: null, ticket: ticket("a", "serving") };
const ringing = { lane: 1, offer: { id: "o1", ticket: ticket("b", "offered") }, ticket: null };
const called = { lane: 2, offer: null, ticket: ticket("c", "called") };
const state = (...lanes) => ({
  session: { state: "busy", pending_away: null }, capacity: 3, lanes, parked: [], queues: [{ call: "push" }],
  offer: lanes.find((lane) => lane.offer)?.offer ?? null, ticket: lanes.find((lane) => lane.ticket)?.ticket ?? null,
});

test("the desk is about whom one has chosen, else the first who is there, else the first that rings", () => {
  assert.equal(laneOf(state(serving, ringing), "b"), ringing);
  assert.equal(laneOf(state(ringing, called), null), called);
  assert.equal(laneOf(state(serving, called), "gone"), serving);
  assert.equal(laneOf(state(ringing), null), ringing);
});

test("the rest of the page sees one person only", () => {
  const seen = focusedOn(state(serving, ringing), "a");

  assert.deepEqual([seen.offer, seen.ticket.id], [null, "a"]);
  assert.deepEqual(actionsOf(seen), ["finish", "park", "transfer", "away"]);
});

test("where one may only have one nothing is different", () => {
  const one = { ...state(serving), capacity: 1 };

  assert.equal(focusedOn(one, "x"), one);
  assert.deepEqual(orderOf("finish", one).body, { ticket: "a" });
  assert.deepEqual(orderOf("next", one).body, { ticket: "a" });
  assert.deepEqual(actionsOf(one).slice(0, 2), ["next", "finish"]);
});

test("commands name the person", () => {
  const seen = focusedOn(state(serving, called), "c");

  assert.deepEqual(orderOf("no-show", seen).body, { ticket: "c" });
  assert.deepEqual(orderOf("finish", seen, { ticket: "a" }).body, { ticket: "a" });
  assert.equal(orderOf("answer", seen, { offer: "o1" }).path, "/desk/api/offers/o1/answer");
  assert.deepEqual(orderOf("next", seen).body, {});
  assert.deepEqual(orderOf("resume", seen, { ticket: "p" }).body, { ticket: "p" });
});

test("every lane has one thing to do next, about itself", () => {
  assert.deepEqual([serving, ringing, called].map(nextIn), ["finish", "answer", "serve"]);
  assert.deepEqual([serving, ringing].map(aboutLane), [{ ticket: "a" }, { offer: "o1" }]);
});

test("an offer rings wherever the desk looks, and nobody goes home from those who are there", () => {
  assert.equal(ringingIn(state(serving, ringing)).id, "o1");
  assert.ok(withheld("offline", focusedOn(state(serving, ringing), "b")));
});

test("who may call calls one more while there is room", () => {
  const pull = { ...state(serving), queues: [{ call: "pull" }] };

  assert.ok(actionsOf(pull).includes("next"));
  assert.ok(!actionsOf({ ...pull, capacity: 1, lanes: [serving] }).slice(1).includes("next"));
});
