import assert from "node:assert/strict";
import { test } from "node:test";

import { goesFirst, rankOf } from "../../desk/static/windows.js";

const best = { online: true, loud: true, focused: true, visible: true };

test("whoever can be heard goes before whoever is only looked at", () => {
  const heard = rankOf({ ...best, focused: false, visible: false });

  assert.ok(heard > rankOf({ ...best, loud: false }));
  assert.ok(heard > rankOf({ ...best, online: false }));
  assert.ok(rankOf(best) > rankOf({ ...best, focused: false }));
  assert.ok(rankOf({ ...best, focused: false }) > heard);
});

test("exactly one window goes first, however many are placed alike", () => {
  const ranks = [["a", 3], ["b", 7], ["c", 7]];

  const first = ranks.filter(([name, rank]) => goesFirst({ name, rank }, ranks.filter(([other]) => other !== name)));

  assert.deepEqual(first, [["b", 7]]);
  assert.ok(goesFirst({ name: "alone", rank: 0 }, []));
});
