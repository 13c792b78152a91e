import assert from "node:assert/strict";
import { test } from "node:test";

import { best, largest, onOneLine } from "../../screens/static/lettering.js";

test("the largest value that holds is found", () => {
  const found = largest((value) => value <= 37.5, 4, 100);

  assert.ok(found <= 37.5 && found > 36.9, String(found));
});

test("the most holds at once, and the least stands for none", () => {
  assert.equal(largest(() => true, 4, 100), 100);
  assert.equal(largest(() => false, 4, 100), 4);
});

const place = { room: 1000, height: 400, least: 300, most: 500, narrowest: 0.75 };

test("a short number is as large as the height of its place allows", () => {
  assert.deepEqual(onOneLine({ ...place, width: 2 }), { size: 400, squeeze: 1 });
});

test("a longer number is as large as its width allows", () => {
  assert.deepEqual(onOneLine({ ...place, width: 3.2 }), { size: 312.5, squeeze: 1 });
});

test("a number a little too long is condensed and keeps its height", () => {
  const line = onOneLine({ ...place, width: 4 });

  assert.equal(line.size, 300);
  assert.ok(Math.abs(line.squeeze - 1000 / 1200) < 1e-9);
});

test("a number much too long is not to stand on one line", () => {
  assert.equal(onOneLine({ ...place, width: 9 }), null);
});

test("a low place decides what is large enough", () => {
  assert.deepEqual(onOneLine({ ...place, height: 90, width: 2 }), { size: 90, squeeze: 1 });
});

test("whole lines are preferred to whole words, and those to torn ones, until it costs too much", () => {
  assert.equal(best([20, 22, 29]), 0);
  assert.equal(best([10, 25, 29]), 1);
  assert.equal(best([5, 8, 29]), 2);
});
