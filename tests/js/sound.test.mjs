import assert from "node:assert/strict";
import { test } from "node:test";

import { CHIMES, lengthOf, sound } from "../../qms/web/pages/static/sound.js";

test("no chime lasts longer than a second and a half", () => {
  for (const [name, notes] of Object.entries(CHIMES)) assert.ok(lengthOf(notes) <= 1.5, name);
});

test("a browser that refuses is reported as blocked", async () => {
  const refusing = { state: "suspended", resume: () => new Promise(() => undefined) };
  const speaker = sound({ context: () => refusing });

  assert.equal(await speaker.chime("call"), "blocked");
  assert.equal(speaker.status.value, "blocked");
});

test("no volume is off, and the browser is not even asked", async () => {
  const speaker = sound({ volume: 0, context: () => assert.fail("asked") });

  assert.equal(await speaker.say(["/clip.wav"]), "off");
});
