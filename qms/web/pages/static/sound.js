// @ts-check
/**
 * Chimes and spoken calls, and the truth about whether anybody heard them.
 *
 * Chimes are made here (no file to fetch, nothing that may be missing when it matters); voices are clips that the server
 * made. A browser may refuse to make a sound before somebody has touched the page; then each answer is "blocked" until
 * `unlock()` ran in a click or key press, which this module also tries by itself at the first one.
 */
import { signal } from "./vendor/ui.js";

/** @typedef {"played" | "blocked" | "off"} Heard */
/** @typedef {{hertz: number, at: number, lasts: number}} Note  at, lasts: seconds */

/** @type {Record<string, Note[]>} each at most 1.5 s */
export const CHIMES = {
  /** a number is called: a falling third, as on a station */
  call: [{ hertz: 659.26, at: 0, lasts: 0.6 }, { hertz: 523.25, at: 0.35, lasts: 1.05 }],
  /** a ticket is offered to an agent: short, rising, repeated */
  offer: [0, 0.45, 0.9].flatMap((at) => [
    { hertz: 587.33, at, lasts: 0.22 },
    { hertz: 880, at: at + 0.14, lasts: 0.32 },
  ]),
  /** it is a visitor's turn: a rising chord */
  turn: [523.25, 659.26, 783.99].map((hertz, i) => ({ hertz, at: i * 0.18, lasts: 1 })),
};

/** How long a chime lasts, in seconds. @param {Note[]} notes */
export function lengthOf(notes) {
  return Math.max(...notes.map(({ at, lasts }) => at + lasts));
}

const AHEAD = 16; // clips that are kept for later
const REFUSED = 2000; // ms; a context that may run does so at once on an idle machine, one that may not stays silent about it

/**
 * Whether the browser lets this page make a sound now: somebody touched it, or it was started so that nobody need to. A
 * silent clip is tried, because a refused clip is refused quietly where a refused AudioContext writes on the console. It
 * may be refused late, when somebody has touched the page meanwhile.
 */
async function permitted() {
  if (typeof Audio === "undefined" || touched()) return true;
  const silence = new Audio(new URL("./silence.wav", import.meta.url).href);
  return silence.play().then(() => true, (refused) => refused.name !== "NotAllowedError" || touched());
}

const touched = () => navigator.userActivation?.hasBeenActive ?? false;

/**
 * @param {{volume?: number, context?: () => AudioContext}} [options] volume: 0 (off) to 1
 */
export function sound({ volume = 1, context = () => new AudioContext() } = {}) {
  const status = signal(/** @type {Heard | null} */ (null));
  const level = signal(volume);
  /** @type {AudioContext | null} */ let audio = null;
  /** @type {Map<string, Promise<ArrayBuffer | null>>} */ const ahead = new Map();
  /** @type {Promise<unknown>} sounds follow each other */ let queue = Promise.resolve();

  /** @returns {Promise<boolean>} whether the browser lets us */
  async function unlock() {
    if (!audio && !(await permitted())) return false;
    audio ??= context();
    if (audio.state !== "running") {
      await Promise.race([audio.resume(), new Promise((go) => setTimeout(go, REFUSED))]);
    }
    return audio.state === "running";
  }

  /** @param {(audio: AudioContext, out: AudioNode) => Promise<void>} make @returns {Promise<Heard>} */
  async function play(make) {
    if (level.value <= 0) return "off";
    if (!(await unlock()) || !audio) return "blocked";
    const gain = audio.createGain();
    gain.gain.value = level.value;
    gain.connect(audio.destination);
    await make(audio, gain);
    return "played";
  }

  /** @param {(audio: AudioContext, out: AudioNode) => Promise<void>} make @returns {Promise<Heard>} */
  function inTurn(make) {
    const heard = queue.then(() => play(make)).then((value) => (status.value = value));
    queue = heard.catch(() => undefined);
    return heard;
  }

  /** @param {keyof typeof CHIMES} name @returns {Promise<Heard>} when it has ended */
  const chime = (name) => inTurn((audio, out) => ring(audio, out, CHIMES[name]));

  /** Fetch clips before they are played: a call must not wait for its voice. @param {string[]} urls */
  const prepare = (urls) => {
    if (level.value <= 0) return;
    for (const url of urls) if (!ahead.has(url)) ahead.set(url, clip(url));
    for (const url of [...ahead.keys()].slice(0, -AHEAD)) ahead.delete(url);
  };

  /** @param {string} url */
  const take = (url) => {
    const fetched = ahead.get(url) ?? clip(url);
    ahead.delete(url); // decoding uses it up
    return fetched;
  };

  /** Play clips one after the other; one that cannot be had is left out. @param {string[]} urls @returns {Promise<Heard>} */
  const say = (urls) => {
    const fetched = urls.map(take);
    return inTurn(async (audio, out) => {
      for (const bytes of fetched) await speak(audio, out, await bytes);
    });
  };

  const atFirstTouch = () => void unlock();
  if (typeof document !== "undefined") {
    for (const event of ["pointerdown", "keydown"]) addEventListener(event, atFirstTouch, { once: true });
  }
  return { /** what became of the last sound */ status, volume: level, chime, prepare, say, unlock };
}

/** @param {string} url @returns {Promise<ArrayBuffer | null>} */
async function clip(url) {
  try {
    const reply = await fetch(url);
    return reply.ok ? await reply.arrayBuffer() : null;
  } catch {
    return null;
  }
}

/** @param {AudioContext} audio @param {AudioNode} out @param {Note[]} notes @returns {Promise<void>} */
function ring(audio, out, notes) {
  const start = audio.currentTime + 0.02;
  for (const note of notes) strike(audio, out, note, start);
  return new Promise((go) => setTimeout(go, lengthOf(notes) * 1000));
}

/** One struck bar: the tone and a quieter octave, both dying away. @param {AudioContext} audio @param {AudioNode} out
 *  @param {Note} note @param {number} start */
function strike(audio, out, { hertz, at, lasts }, start) {
  for (const [times, loud] of [[1, 0.32], [2, 0.08]]) {
    const tone = new OscillatorNode(audio, { frequency: hertz * times });
    const fade = new GainNode(audio, { gain: 0 });
    fade.gain.setValueAtTime(0.0001, start + at);
    fade.gain.exponentialRampToValueAtTime(loud, start + at + 0.012);
    fade.gain.exponentialRampToValueAtTime(0.0001, start + at + lasts);
    tone.connect(fade).connect(out);
    tone.start(start + at);
    tone.stop(start + at + lasts);
  }
}

/** @param {AudioContext} audio @param {AudioNode} out @param {ArrayBuffer | null} bytes @returns {Promise<void>} */
async function speak(audio, out, bytes) {
  const buffer = bytes && (await audio.decodeAudioData(bytes).catch(() => null));
  if (!buffer) return;
  const voice = new AudioBufferSourceNode(audio, { buffer });
  voice.connect(out);
  await new Promise((go) => {
    voice.onended = go;
    setTimeout(go, buffer.duration * 1000 + 500); // should the device vanish in the middle
    voice.start();
  });
}
