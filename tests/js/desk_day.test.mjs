import assert from "node:assert/strict";
import { test } from "node:test";

import { daysLater, expected, matching, parted, standing } from "../../desk/static/day.js";

const NINE = "2026-03-02T12:00:00Z";
const one = (more) => ({
  id: "1", code: "K7M-2QX", state: "scheduled", title: "A visit", starts_at: NINE, customer: { name: "Íñigo Ruiz" },
  arrival: "on_time", ticket: null, may: ["check-in", "cancel"], ...more,
});
const at = (minutes) => Date.parse(NINE) + minutes * 60_000;

test("somebody is found by a part of the name, with or without accents, and by the beginning of the code", () => {
  const all = [one({}), one({ id: "2", code: "ABC-DEF", customer: null })];
  const found = (text) => matching(all, text).map(({ id }) => id);

  assert.deepEqual(found("inig"), ["1"]);
  assert.deepEqual(found("ruiz "), ["1"]);
  assert.deepEqual(found("k7m2"), ["1"]);
  assert.deepEqual(found("abc-"), ["2"]);
  assert.deepEqual(found("  "), ["1", "2"]);
  assert.deepEqual(found("؟"), []);
});

test("those who are here or may still come stay above those who are over", () => {
  const all = [
    one({}),
    one({ id: "2", state: "active", may: ["cancel"] }),
    one({ id: "3", state: "no_show", may: ["check-in"] }),
    one({ id: "4", state: "no_show", may: [] }),
    one({ id: "5", state: "completed", may: [] }),
  ];

  assert.deepEqual(parted(all).open.map(({ id }) => id), ["1", "2", "3"]);
  assert.deepEqual(parted(all).over.map(({ id }) => id), ["4", "5"]);
  assert.equal(expected(all), 1);
});

test("a badge says how it stands, and how late somebody is", () => {
  assert.equal(standing(one({}), at(-5)), null);
  assert.equal(standing(one({ state: "confirmed" }), at(0))?.words, "Confirmed");
  assert.deepEqual(standing(one({}), at(4)), { tone: "", icon: "clock", words: "4 minutes late" });
  assert.equal(standing(one({ arrival: "late" }), at(12))?.tone, "warn");
  assert.equal(standing(one({ state: "checked_in", ticket: { number: "V001" } }), at(12))?.words, "V001");
});

test("days follow each other over the ends of months and years", () => {
  assert.equal(daysLater("2026-12-31", 1), "2027-01-01");
  assert.equal(daysLater("2028-03-01", -1), "2028-02-29");
});
