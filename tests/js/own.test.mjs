import assert from "node:assert/strict";
import { test } from "node:test";

import { filesOf } from "../../qms/web/pages/static/keeping.js";
import { nameIn, said } from "../../qms/web/pages/static/own.js";

const TEXTS = {
  written_in: "ar",
  translations: { es: { Loans: "Préstamos" }, "es-CL": { Cash: "Caja" }, ar: { Loans: "القروض", Box: "كشك" } },
};

test("a text is said in the wished language, then in the language at large", () => {
  assert.deepEqual(said(TEXTS, "Cash", "es-CL"), { text: "Caja", language: null });
  assert.deepEqual(said(TEXTS, "Loans", "es-CL"), { text: "Préstamos", language: null });
});

test("then in the account's own language, and else as it was written; both are told", () => {
  assert.deepEqual(said(TEXTS, "Box", "de"), { text: "كشك", language: "ar" });
  assert.deepEqual(said(TEXTS, "Nowhere", "de"), { text: "Nowhere", language: "ar" });
  assert.deepEqual(said(TEXTS, "Nowhere", "ar"), { text: "Nowhere", language: null });
});

test("a text may be called like something that every object has", () => {
  assert.deepEqual(said(TEXTS, "constructor", "es"), { text: "constructor", language: "ar" });
  assert.deepEqual(said(TEXTS, "x", "constructor"), { text: "x", language: "ar" });
});

test("what is an account's own is kept with the page", () => {
  const at = (path) => `https://q.example${path}`;
  const names = [at("/static/abc/a.js"), at("/static/old/a.js"), at("/own/acme/1.css"), "https://x.example/own/1.css"];

  assert.deepEqual(filesOf(names, "https://q.example", "abc"), ["/static/abc/a.js", "/own/acme/1.css"]);
});

test("what comes with its translations is named by the same chain", () => {
  const signed = { name: "Signed", translations: { es: "Firmado", "es-CL": "Firmadito", ar: "موقّع" }, written_in: "ar" };

  assert.deepEqual(["es-CL", "es-MX", "de"].map((tag) => nameIn(signed, tag)), ["Firmadito", "Firmado", "موقّع"]);
  assert.equal(nameIn({ ...signed, written_in: null }, "de"), "Signed");
  assert.equal(nameIn(signed, "toString"), "موقّع");
});
