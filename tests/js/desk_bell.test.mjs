import assert from "node:assert/strict";
import { test } from "node:test";

import { ringsHere } from "../../desk/static/bell.js";

const own = { name: "mine", online: true, times: 0 };

test("one browser rings while it says that it does", () => {
  const theirs = { name: "theirs", heard: true };

  assert.ok(ringsHere({ name: "mine", heard: false }, own));
  assert.ok(!ringsHere(theirs, own));
  assert.ok(!ringsHere(theirs, { ...own, times: 9 }));
});

test("where it is in doubt who rings, this one does", () => {
  const silent = { name: "theirs", heard: false };

  assert.ok(ringsHere(null, own));
  assert.ok(ringsHere(undefined, own), "an older server names none");
  assert.ok(ringsHere(silent, { ...own, online: false }));
  assert.deepEqual([0, 1, 2].map((times) => ringsHere(silent, { ...own, times })), [false, false, true]);
});
