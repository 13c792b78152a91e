import assert from "node:assert/strict";
import { test } from "node:test";

import { reasonInWords, reasonsOf } from "../../desk/static/absences.js";

const OWN = [
  { name: "Home visit", translations: { es: "Visita a domicilio" }, written_in: "en" },
  { name: "lunch", translations: {}, written_in: "en" },
];

test("what the account offers takes the place of what every account has", () => {
  assert.deepEqual(reasonsOf(OWN), ["Home visit", "lunch"]);
  assert.equal(reasonsOf([])[0], "break");
});

test("a reason is said in the account's words for it, or in ours for what everybody knows", () => {
  assert.equal(reasonInWords("Home visit", OWN, "es-CL"), "Visita a domicilio");
  assert.equal(reasonInWords("lunch", OWN), "Lunch");
  assert.equal(reasonInWords("lunch", []), "Lunch");
});

test("a reason of somebody's own is shown as it is", () => {
  assert.equal(reasonInWords("<b>dentist</b>", OWN), "<b>dentist</b>");
  assert.equal(reasonInWords(null, OWN), "");
  assert.equal(reasonInWords("constructor", []), "constructor");
});
