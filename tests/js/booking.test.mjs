/** How long the booking page says that a start is kept. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { counting, heard, nearlyOver } from "../../kiosk/static/holding.js";

test("what is left follows the device's counter, whatever its clock says", () => {
  let machine = 5_000;
  const left = counting("2026-03-02T12:00:00+00:00", "2026-03-02T12:10:00+00:00", () => machine);

  assert.equal(left(), 600);
  machine += 61_000;
  assert.equal(left(), 539);
});

test("the last two minutes are nearly over", () => {
  assert.deepEqual([121, 120, 0].map(nearlyOver), [false, true, true]);
});

test("a form is heard without its files", () => {
  const form = new FormData();
  form.append("name", "Ana");
  form.append("name", "Bea");
  form.append("file", new Blob(["x"]));

  assert.deepEqual(heard(form), [["name", "Ana"], ["name", "Bea"]]);
});
