import assert from "node:assert/strict";
import { test } from "node:test";

import { CHIMES, lengthOf, sound } from "../../qms/web/pages/static/sound.js";

test("no chime lasts longer than a second and a half", () => {
  for (const [name, notes] of Object.entries(CHIMES)) assert.ok(lengthOf(notes) <= 1.5, name);
});

/** A browser that has been `asked` to play a clip, and refuses it once `refuse` is called. */
function refusing(t) {
  const activation = { hasBeenActive: false };
  let refuse, ask;
  const asked = new Promise((go) => (ask = go));
  const refusal = new Promise((_, no) => (refuse = no));
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  globalThis.Audio = class {
    play() {
      ask();
      return refusal;
    }
  };
  Object.defineProperty(globalThis, "navigator", { value: { userActivation: activation }, configurable: true });
  t.after(() => {
    delete globalThis.Audio;
    if (before) Object.defineProperty(globalThis, "navigator", before);
    else delete globalThis.navigator;
  });
  return { activation, asked, refuse: () => refuse(Object.assign(new Error("not yet"), { name: "NotAllowedError" })) };
}

test("a browser that refuses is reported as blocked", async (t) => {
  refusing(t).refuse();
  const speaker = sound({ context: () => assert.fail("not to be asked: it would write on the console") });

  assert.equal(await speaker.chime("call"), "blocked");
  assert.equal(speaker.status.value, "blocked");
});

test("a refusal that comes after somebody has touched the page holds no more", async (t) => {
  const { activation, asked, refuse } = refusing(t);
  const gain = { gain: {}, connect: () => undefined };
  const speaker = sound({ context: () => ({ state: "running", createGain: () => gain }) });
  const heard = speaker.say([]);
  await asked;

  activation.hasBeenActive = true;
  refuse();

  assert.equal(await heard, "played");
});

test("no volume is off, and the browser is not even asked", async () => {
  const speaker = sound({ volume: 0, context: () => assert.fail("asked") });

  assert.equal(await speaker.say(["/clip.wav"]), "off");
});
