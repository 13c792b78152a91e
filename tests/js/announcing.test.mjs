import assert from "node:assert/strict";
import { test } from "node:test";

import { FULL_SIZE, clips, counted, due, hear, listed, next, opened, part, standing, unseeing } from "../../screens/static/announcing.js";

const NOW = Date.parse("2026-03-02T15:00:00Z");
const call = (seq, number = `A${seq}`, seconds = 10) => ({
  seq,
  number,
  poc: "1",
  queue: "Q",
  called_at: new Date(NOW - seconds * 1000).toISOString(),
  recall: 0,
  say: [],
});
const seqs = (calls) => calls.map(({ seq }) => seq);

/** Show all that waits, as early as it may be: when each came on. */
function shownFrom(board, start) {
  const shown = [];
  for (let now = start; board.waiting.length; ) {
    now += due(board, now);
    board = next(board, now);
    shown.push([board.shown.seq, now]);
  }
  return shown;
}

test("a screen that is switched on shows the newest call and announces none", () => {
  const board = opened([call(3), call(2), call(1)]);

  assert.equal(board.shown.seq, 3);
  assert.equal(board.announced, false);
  assert.equal(due(board, 0), null);
});

test("a new call is shown at once where nothing else is being announced", () => {
  const board = hear(opened([call(1)]), [call(2), call(1)]);

  assert.equal(due(board, 0), 0);
  assert.equal(next(board, 0).shown.seq, 2);
});

test("calls that come together are shown one after the other, the lowest first, each for its time", () => {
  const board = hear(opened([]), [call(12), call(11), call(10)]);

  assert.deepEqual(shownFrom(board, 500), [[10, 500], [11, 500 + FULL_SIZE], [12, 500 + 2 * FULL_SIZE]]);
});

test("a call that came while another was shown waits for the rest of its time and no longer", () => {
  let board = next(hear(opened([]), [call(1)]), 1000);
  board = hear(board, [call(2), call(1)]);

  assert.equal(due(board, 1000 + 1500), FULL_SIZE - 1500);
  assert.equal(due(board, 1000 + FULL_SIZE + 5), 0);
});

test("none of a hundred calls is left out, though the server forgets them meanwhile", () => {
  let board = opened([]);
  for (let seq = 1; seq <= 100; seq += 1) board = hear(board, [call(seq), call(seq - 1)].filter((one) => one.seq));

  assert.deepEqual(shownFrom(board, 0).map(([seq]) => seq), Array.from({ length: 100 }, (_, at) => at + 1));
});

test("the same message again announces nothing anew", () => {
  const board = hear(opened([call(1)]), [call(2), call(1)]);

  assert.equal(hear(board, [call(2), call(1)]), board);
});

test("a number that is called again comes with a higher seq and is announced again", () => {
  const board = hear(opened([call(2, "A2"), call(1, "A1")]), [call(3, "A1"), call(2, "A2")]);

  assert.deepEqual(seqs(board.waiting), [3]);
});

test("a screen that is loaded anew announces what was called meanwhile", () => {
  const board = opened([call(5), call(4), call(3)], 3);

  assert.equal(board.shown.seq, 3);
  assert.deepEqual(seqs(board.waiting), [4, 5]);
});

test("a server that went back to a backup is followed from where it is", () => {
  const back = hear(opened([call(60)]), [call(50)]);

  assert.deepEqual(back.waiting, []);
  assert.deepEqual(seqs(hear(back, [call(51), call(50)]).waiting), [51]);
  assert.deepEqual(opened([call(50)], 60).waiting, []);
});

test("no call at all changes nothing", () => {
  const board = opened([call(1)]);

  assert.equal(hear(board, []), board);
});

test("the last five are listed beside the large one, also those that are still to be shown large", () => {
  const calls = [7, 6, 5, 4, 3, 2, 1].map((seq) => call(seq));
  const board = next(hear(opened(calls.slice(3)), calls), 0);

  assert.equal(board.shown.seq, 5);
  assert.deepEqual(seqs(listed(board, calls, NOW, 5)), [7, 6, 4, 3, 2]);
});

test("who was just shown large stays listed though many wait to be shown, and no more are listed than there is room for", () => {
  const calls = Array.from({ length: 12 }, (_, at) => call(12 - at));
  let board = hear(opened([]), calls);
  board = next(next(board, 0), FULL_SIZE);

  assert.deepEqual(seqs(listed(board, calls, NOW, 5)), [12, 11, 10, 9, 1]);
  board = next(next(board, 2 * FULL_SIZE), 3 * FULL_SIZE);
  assert.deepEqual(seqs(listed(board, calls, NOW, 4)), [12, 11, 3, 2]);
});

test("last night's calls are not shown in the morning", () => {
  const board = opened([call(2, "A2", 15 * 3600), call(1, "A1", 16 * 3600)]);

  assert.equal(standing(board, NOW), null);
  assert.deepEqual(listed(board, [call(2, "A2", 15 * 3600)], NOW, 5), []);
});

test("while others wait to be called, a call is said in its first language only", () => {
  const said = { ...call(1), say: [{ language: "es", url: "/es.wav" }, { language: "en", url: "/en.wav" }] };

  assert.deepEqual(clips(said, false), ["/es.wav", "/en.wav"]);
  assert.deepEqual(clips(said, true), ["/es.wav"]);
});

test("all of a long list is seen in time", () => {
  const things = [1, 2, 3, 4, 5];

  assert.deepEqual([0, 1, 2, 3].map((turn) => part(things, 2, turn)), [[1, 2], [3, 4], [5], [1, 2]]);
  assert.deepEqual(part([], 4, 3), []);
  assert.deepEqual([0, 1, 2].map((turn) => part(things, 2, turn, (one) => one > 1)), [[1], [2, 3], [4, 5]]);
});

test("calls are counted for the branches that are shown, in whatever order", () => {
  const [main, annex] = [{ id: "b2" }, { id: "b1" }];

  assert.equal(counted({ branch: main }), "b2");
  assert.equal(counted({ branch: main, branches: [main, annex] }), counted({ branch: annex, branches: [annex, main] }));
});

test("a call of a time that is still to come, before the clock was set back, stands by its seq", () => {
  const calls = [call(2, "A2", -3600), call(3, "A3", 5), call(1, "A1", -3700)];
  const board = opened(calls);

  assert.equal(standing(board, NOW)?.seq, 3);
  assert.deepEqual(seqs(listed(board, calls, NOW, 5)), [2, 1]);
});

test("a screen that began without the server announces what came after what it had announced, and no old calls", () => {
  const calls = [call(3), call(2), call(1)];

  assert.deepEqual(seqs(hear(unseeing(2), calls).waiting), [3]);
  assert.equal(hear(unseeing(2), calls).shown.seq, 2);
  assert.deepEqual(seqs(hear(unseeing(null), calls).waiting), []);
  assert.equal(hear(unseeing(null), calls).shown.seq, 3);
});
