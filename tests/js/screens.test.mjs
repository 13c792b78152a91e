import assert from "node:assert/strict";
import { test } from "node:test";

import { given } from "../../qms/web/pages/static/orders.js";
import { legible, presence, test as tested } from "../../desk/static/device_state.js";
import { rests } from "../../screens/static/closed.js";
import { capitals, carries, readFrom } from "../../screens/static/legible.js";
import { orbit, tired } from "../../screens/static/resting.js";

const MINUTE = 60_000;
const NOW = Date.parse("2026-03-02T15:00:00Z");

test("the capitals of a 43 inch screen measure what a ruler says", () => {
  const mm = capitals({ size: 0.34 * 1080, width: 1920, height: 1080, inches: 43 });

  assert.equal(Math.round(mm), 122);
  assert.equal(carries(mm, 80), 9.7);
});

test("a screen is read from where its smallest part that matters is read", () => {
  const parts = [{ what: "number", metres: 9 }, { what: "list", metres: 4 }, { what: "rest", metres: 2 }];

  assert.equal(readFrom(parts), 4);
  assert.equal(readFrom([]), null);
});

test("an order is obeyed when its count has grown", () => {
  assert.deepEqual(given({ reload: 1, identify: 0, test: 3 }, { reload: 1, identify: 2, test: 4 }), ["identify", "test"]);
  assert.deepEqual(given({ reload: 5 }, { reload: 4 }), []);
});

test("a closed branch rests once nobody waits and the last call is a while ago", () => {
  const closed = { screen: { open: false, closed: "dark" }, queues: [{ waiting: 0 }], calls: [] };
  const called = (minutes) => [{ called_at: new Date(NOW - minutes * MINUTE).toISOString() }];

  assert.ok(rests(closed, NOW));
  assert.ok(rests({ ...closed, calls: called(16) }, NOW));
  assert.ok(!rests({ ...closed, calls: called(14) }, NOW));
  assert.ok(!rests({ ...closed, queues: [{ waiting: 1 }] }, NOW));
  assert.ok(!rests({ ...closed, screen: { open: true, closed: "dark" } }, NOW));
  assert.ok(!rests({ ...closed, screen: { open: false, closed: "same" } }, NOW));
});

test("the picture goes round, never far", () => {
  const places = Array.from({ length: 8 }, (_, minute) => orbit(minute));

  assert.ok(places.every(({ x, y }) => Math.hypot(x, y) <= 4));
  assert.ok(new Set(places.map(({ x, y }) => `${x} ${y}`)).size >= 6);
});

test("a page begins anew at night, but not twice", () => {
  assert.ok(tired(4, 13 * 60 * MINUTE));
  assert.ok(!tired(4, MINUTE));
  assert.ok(!tired(12, 13 * 60 * MINUTE));
});

test("a device is silent when it has said nothing for a minute and a half", () => {
  const now = new Date(NOW).toISOString();
  const seen = (seconds) => ({ seen_at: new Date(NOW - seconds * 1000).toISOString() });

  assert.equal(presence({ seen_at: null }, now), "never");
  assert.equal(presence(seen(80), now), "online");
  assert.equal(presence(seen(100), now), "silent");
});

test("what is known of a device is said, and nothing else", () => {
  assert.equal(legible({ report: {}, farthest_metres: 7 }), null);
  assert.equal(legible({ report: { reads_metres: 6.9 }, farthest_metres: 7 }), false);
  assert.equal(legible({ report: { reads_metres: 7 }, farthest_metres: 7 }), true);
  assert.equal(tested({ tested: 0, report: {} }), "none");
  assert.equal(tested({ tested: 2, report: { tested: 1 } }), "waiting");
  assert.equal(tested({ tested: 2, report: { tested: 2 } }), "done");
});
