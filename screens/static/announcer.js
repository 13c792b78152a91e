// @ts-check
/**
 * Announces calls one after the other, each for its time: shown, heard, remembered. What comes when is decided in
 * announcing.js; here are the timers.
 */
import { signal } from "../vendor/ui.js";
import { clips, counted, due, hear, next, opened, unseeing } from "./announcing.js";

const PATIENCE = 12_000; // ms that a spoken call may take before the next one is shown all the same
const GLOW = 8000; // ms that the last call is marked as new

/**
 * @param {import("../live.js").Live} lobby
 * @param {{chime: (name: any) => Promise<any>, prepare: (urls: string[]) => void,
 *          say: (urls: string[]) => Promise<any>, unlock: () => Promise<boolean>,
 *          volume: {value: number}}} sounds
 * @param {string} memory under which name this window remembers what it announced, so that loading it anew loses nothing
 * @param {boolean} [blind] whether nobody knows what is called, as the server does not answer
 */
export function announcer(lobby, sounds, memory, blind = false) {
  let count = counted(lobby.state.value);
  const remembered = () => sessionStorage.getItem(`${memory} ${count}`);
  const announced = () => (remembered() === null ? null : Number(remembered()));
  const board = signal(blind ? unseeing(announced()) : opened(lobby.state.value.calls, announced()));
  const glowing = signal(/** @type {number | null} */ (null));
  const painted = signal(board.value.shown?.seq ?? 0);
  const audio = signal(/** @type {import("../sound.js").Heard | null} */ (sounds.volume.value > 0 ? null : "off"));
  let speaking = false;
  /** @type {any} */ let timer;
  /** @type {any} */ let glow;

  /** Other branches are shown than before: their calls are counted anew. @param {any} state */
  function begin(state) {
    count = counted(state);
    board.value = opened(state.calls, announced());
    painted.value = board.value.shown?.seq ?? 0;
  }

  function step() {
    clearTimeout(timer);
    const wait = due(board.value, performance.now());
    if (wait === null || speaking) return;
    if (wait > 0) timer = setTimeout(step, wait);
    else void announceNext();
  }

  async function announceNext() {
    board.value = next(board.value, performance.now());
    const call = /** @type {import("./announcing.js").Call} */ (board.value.shown);
    sessionStorage.setItem(`${memory} ${count}`, String(call.seq));
    clearTimeout(glow);
    glowing.value = call.seq;
    glow = setTimeout(() => (glowing.value = null), GLOW);
    requestAnimationFrame(() => setTimeout(() => (painted.value = Math.max(painted.value, call.seq))));
    speaking = true;
    await Promise.race([speak(call), new Promise((go) => setTimeout(go, PATIENCE))]);
    speaking = false;
    step();
  }

  /** @param {import("./announcing.js").Call} call */
  async function speak(call) {
    await sayAfterChime(clips(call, board.value.waiting.length > 0));
  }

  /** The chime, and then the voice where there is one and the chime could be heard. @param {string[]} spoken */
  async function sayAfterChime(spoken) {
    sounds.prepare(spoken);
    const chimed = await sounds.chime("call");
    audio.value = chimed === "played" && spoken.length ? await sounds.say(spoken) : chimed;
  }

  lobby.state.subscribe((state) => {
    if (counted(state) === count) board.value = hear(board.value, state.calls);
    else begin(state);
    step();
  });
  /** Somebody has touched the screen, wherever: a browser that refused to make a sound does so no more. */
  async function touched() {
    if ((await sounds.unlock()) && audio.value === "blocked") audio.value = null;
  }

  for (const event of ["click", "keydown"]) addEventListener(event, touched);
  if (audio.value === null) void sounds.unlock().then((may) => may || (audio.value ??= "blocked"));
  return {
    board,
    /** the `seq` of the call that is marked as new */
    glowing,
    /** the newest call that is on the glass */
    painted,
    /** what became of the last sound; before the first, whether there can be one */
    audio,
    /** Try the sound. */
    test: sayAfterChime,
  };
}
