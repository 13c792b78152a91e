import assert from "node:assert/strict";
import { test } from "node:test";

import { choicesOf, outcomeIn } from "../../desk/static/remark.js";

const signed = { key: "signed", name: "Contract signed", translations: { es: "Contrato firmado" } };
const open = { key: "open", name: "Open", translations: {} };

test("an outcome is named in the agent's language, in the language at large, or as it was written", () => {
  assert.deepEqual(["es", "es-CL", "de"].map((tag) => outcomeIn(signed, tag)), ["Contrato firmado", "Contrato firmado", "Contract signed"]);
});

test("what was chosen in the queue before can still be chosen", () => {
  assert.deepEqual(choicesOf({ outcomes: [open], outcome: signed }), [open, signed]);
  assert.deepEqual(choicesOf({ outcomes: [open], outcome: open }), [open]);
  assert.deepEqual(choicesOf({ outcomes: [open], outcome: null }), [open]);
});
