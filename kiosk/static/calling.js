// @ts-check
/** A telephone in a pocket: it rings and shakes when it is its owner's turn. */
import { signal } from "../vendor/ui.js";

const SHAKE = [400, 150, 400, 150, 800]; // ms: shake, rest, …
const TIMES = 3;

/** @param {{chime: (name: "turn") => Promise<string>, unlock: () => Promise<boolean>}} sounds */
export function calling(sounds) {
  const on = signal(false);
  return {
    /** whether the owner asked for it; a browser wants to be touched before it makes a sound */
    on,
    async turn() {
      on.value = !on.value && (await sounds.unlock());
      if (on.value) void sounds.chime("turn"); // what it will sound like
    },
    ring() {
      if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(SHAKE);
      for (let time = 0; time < TIMES; time += 1) if (on.value) void sounds.chime("turn");
    },
  };
}
