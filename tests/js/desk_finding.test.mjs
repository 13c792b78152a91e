import assert from "node:assert/strict";
import { test } from "node:test";

import { has, keeping, plain } from "../../desk/static/finding.js";

test("accents and capitals do not matter, in whatever script", () => {
  const searched = plain("José Weiß, Κώστας, أحمد");

  for (const wanted of ["jose", "JOSÉ", "weiss", "Weiß", "κωσ", "ΚΏΣΤΑΣ", "احمد"]) assert.ok(has(searched, wanted), wanted);
  assert.ok(!has(searched, "josef"));
});

test("letters that are struck through or grown together are found by those that everybody has", () => {
  for (const [written, typed] of [["Łódź", "lodz"], ["Søren Ærø", "soren aero"], ["Đặng", "dang"], ["Cœur", "coeur"]]) {
    assert.ok(has(plain(written), typed), written);
  }
});

test("every word must be somewhere, in any order, and parts of words will do", () => {
  const searched = plain("Ana Lopez ana@acme.example manager");

  assert.ok(has(searched, " lop  ana "));
  assert.ok(!has(searched, "lopez ben"));
});

test("nothing looked for is found everywhere", () => {
  assert.ok(has("", ""));
  assert.ok(has(plain("Ana"), "  "));
});

test("an address keeps what is looked for beside what else it says", () => {
  const kept = keeping("http://x.example/admin/people?lang=ar&find=old", " Ana & co ");

  assert.equal(kept, "http://x.example/admin/people?lang=ar&find=Ana+%26+co");
  assert.equal(keeping(kept, " "), "http://x.example/admin/people?lang=ar");
});
