import assert from "node:assert/strict";
import { test } from "node:test";

import { queuesIn, rowsOf } from "../../screens/static/room.js";

const glass = (width, height) => ({ width, height });
const [LYING, STANDING] = [glass(1920, 1080), glass(1080, 1920)];
const [SQUARE, NEARLY, BAR] = [glass(1280, 1024), glass(1080, 1350), glass(2560, 1080)];

test("five calls are listed where they have a column or the width to themselves, one less beside pictures, and of several branches", () => {
  for (const one of [LYING, STANDING]) {
    assert.equal(rowsOf(one, false, false), 5);
    assert.equal(rowsOf(one, true, false), 4);
    assert.equal(rowsOf(one, false, true), 4);
    assert.equal(rowsOf(one, true, true), 3);
  }
});

test("four calls are listed on glasses of other shapes, whatever else they show", () => {
  for (const one of [SQUARE, NEARLY, BAR]) {
    for (const media of [false, true]) for (const several of [false, true]) assert.equal(rowsOf(one, media, several), 4);
  }
});

test("as many queues stand beside each other as have room for their waits", () => {
  assert.deepEqual([LYING, STANDING, BAR].map((one) => queuesIn(one, false, false)), [4, 4, 4]);
  assert.equal(queuesIn(LYING, false, true), 3);
  assert.deepEqual([SQUARE, NEARLY].map((one) => queuesIn(one, false, false)), [3, 2]);
  assert.equal(queuesIn(LYING, true, false), 2);
});
