import assert from "node:assert/strict";
import { test } from "node:test";

import { choicesOf } from "../../desk/static/remark.js";

const signed = { key: "signed", name: "Contract signed", translations: { es: "Contrato firmado" } };
const open = { key: "open", name: "Open", translations: {} };

test("what was chosen in the queue before can still be chosen", () => {
  assert.deepEqual(choicesOf({ outcomes: [open], outcome: signed }), [open, signed]);
  assert.deepEqual(choicesOf({ outcomes: [open], outcome: open }), [open]);
  assert.deepEqual(choicesOf({ outcomes: [open], outcome: null }), [open]);
});
