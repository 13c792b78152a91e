import assert from "node:assert/strict";
import { test } from "node:test";

import { Translator, directionOf, fill, put } from "../../qms/web/pages/static/i18n.js";

const english = new Translator("en");
const arabic = new Translator("ar", {
  "%(num)s person": { zero: "لا أحد", one: "شخص واحد", two: "شخصان", few: "%(num)s أشخاص", many: "%(num)s شخصًا", other: "%(num)s شخص" },
});

test("values stand where the text says, and a name without a value is left alone", () => {
  assert.equal(put("%(number)s at %(poc)s: 100%% %(what)s", { number: "T042", poc: 3 }), "T042 at 3: 100% %(what)s");
});

test("a value that looks like a place is not filled in again", () => {
  assert.equal(put("%(a)s", { a: "%(b)s", b: "no" }), "%(b)s");
});

test("elements keep their place among the words", () => {
  const strong = { type: "strong" };
  assert.deepEqual(fill("Go to %(poc)s now", { poc: strong }), ["Go to ", strong, " now"]);
});

test("a text without a translation stays English", () => {
  assert.equal(new Translator("es").gettext("Counter %(poc)s", { poc: "3" }), "Counter 3");
});

test("a name of every object's is not mistaken for a translation", () => {
  assert.equal(english.gettext("constructor"), "constructor");
});

test("Arabic has six plural forms", () => {
  const said = [0, 1, 2, 3, 11, 100].map((count) => arabic.ngettext("%(num)s person", "%(num)s people", count));
  assert.deepEqual(said, ["لا أحد", "شخص واحد", "شخصان", "3 أشخاص", "11 شخصًا", "100 شخص"]);
});

test("English plurals need no catalogue", () => {
  assert.equal(english.ngettext("%(num)s person", "%(num)s people", 1), "1 person");
  assert.equal(english.ngettext("%(num)s person", "%(num)s people", 1234), "1,234 people");
});

test("digits are 0–9 in every language", () => {
  for (const tag of ["en", "es", "pt-BR", "ar"]) assert.match(new Translator(tag).number(42), /^42$/);
});

test("a wait is a range, and one figure where both ends are the same", () => {
  assert.equal(english.wait({ p50: 5, p90: 9.6 }), "5–10 min");
  assert.equal(english.wait({ p50: 5.1, p90: 4.9 }), "5 min");
});

test("a duration has its two largest units", () => {
  assert.equal(english.duration(45), "45 sec");
  assert.equal(english.duration(754), "12 min");
  assert.equal(english.duration(3900), "1 hr 5 min");
  assert.equal(english.duration(0), "0 sec");
});

test("a stopwatch counts minutes and seconds, then hours, and never below zero", () => {
  assert.deepEqual([125, 3725, -3].map((seconds) => english.stopwatch(seconds)), ["2:05", "1:02:05", "0:00"]);
});

test("a time is that of the zone, not of the device", () => {
  assert.equal(new Translator("es").time("2026-11-20T17:05:00Z", "America/Santiago"), "14:05");
});

test("Arabic runs from right to left", () => {
  assert.deepEqual(["ar", "ar-EG", "es"].map(directionOf), ["rtl", "rtl", "ltr"]);
});
