import assert from "node:assert/strict";
import { test } from "node:test";

import { answers } from "../../qms/web/pages/static/sending.js";

const replying = (status) => async () => ({ status });

test("whoever replies would take what is sent, whatever he says of himself", async () => {
  for (const status of [200, 403, 404, 429, 0]) assert.equal(await answers(1000, replying(status)), true);
});

test("a proxy whose server is away is nobody", async () => {
  for (const status of [502, 503, 504]) assert.equal(await answers(1000, replying(status)), false);
});

test("a line that leads nowhere is waited for only so long", async () => {
  const hanging = (_, { signal }) => new Promise((_, fail) => signal.addEventListener("abort", () => fail(signal.reason)));
  const alive = setTimeout(() => undefined, 5000); // node does not wait for the signal's own timer

  assert.equal(await answers(20, hanging), false);
  clearTimeout(alive);
});

test("nothing is asked of a cache", async () => {
  let asked;
  await answers(1000, async (...all) => ((asked = all), { status: 200 }));

  assert.equal(asked[0], "/healthz");
  assert.deepEqual([asked[1].method, asked[1].cache], ["HEAD", "no-store"]);
});
