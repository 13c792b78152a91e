import assert from "node:assert/strict";
import { test } from "node:test";

import { resolve } from "./resolve.mjs";

const root = new URL("../../", import.meta.url);

test("a face's script finds the ground's beside it, as a browser does", async () => {
  const context = { parentURL: new URL("screens/static/lobby.js", root).href };

  const found = await resolve("../vendor/ui.js", context, (address) => address);

  assert.equal(found, new URL("qms/web/pages/static/vendor/ui.js", root).href);
});

test("what lies in the face itself is left to node", async () => {
  const context = { parentURL: new URL("screens/static/parts/calls.js", root).href };

  assert.equal(await resolve("../queue.js", context, (address) => address), "../queue.js");
});
