// @ts-check
/**
 * The bell: of all browsers where an agent's desk is open, one makes the noise. Each says whether it can be heard and when
 * the agent last did something there; the server says which one rings. Where it is in doubt, whoever can ring does.
 */
import { effect, signal } from "../vendor/ui.js";
import { preferences } from "./preferences.js";

const KEPT = "turnero.desk.bell";
const OFTEN = 5000; // ms between two times that it is said
const MINUTE = 60_000;
const PATIENCE = 2; // times that a browser lets another one ring unheard before it rings itself
const TOUCHES = ["pointerdown", "keydown"];

/** @returns {{name: string, actedAt: number}} what the windows of this browser share */
function kept() {
  try {
    const { name, actedAt } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    if (typeof name === "string" && Number.isFinite(actedAt)) return { name, actedAt };
  } catch {
    // storage is forbidden here, or somebody wrote nonsense into it: each window is a browser of its own then
  }
  const name = [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join("-");
  return keep({ name, actedAt: Date.now() });
}

/** @param {{name: string, actedAt: number}} bell */
function keep(bell) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(bell));
  } catch {
    // kept as long as the page is open
  }
  return bell;
}

/**
 * Whether a browser makes the noise now.
 * @param {{name: string, heard: boolean} | null | undefined} bell whose turn it is, as the server says
 * @param {{name: string, online: boolean, times: number}} own `times`: how often it could have rung for this offer already
 */
export function ringsHere(bell, { name, online, times }) {
  return !online || !bell || bell.name === name || (!bell.heard && times >= PATIENCE);
}

/**
 * The bell of this browser, at one agent's desk.
 * @param {import("./parts.js").Desk["line"]} line @param {import("./parts.js").Desk["speaker"]} speaker
 */
export function bellOf(line, speaker) {
  const own = signal(kept());
  const rang = signal(/** @type {string | null} */ (null));
  let told = "";
  let toldAt = -Infinity;

  let touchedAt = own.value.actedAt;
  /** @type {any} */ let resting;

  function touched() {
    touchedAt = Date.now();
    if (!resting) note();
  }

  function note() {
    resting = touchedAt > own.value.actedAt ? setTimeout(note, OFTEN) : null;
    if (resting) own.value = keep({ ...own.value, actedAt: touchedAt });
  }
  for (const event of TOUCHES) addEventListener(event, touched);

  const stopTelling = effect(() => {
    const { name: bell, actedAt } = own.value;
    const sound = preferences.value.sound && speaker.status.value !== "blocked";
    const text = JSON.stringify([line.lines.value, sound, actedAt, rang.value]);
    const spoken = line.heardAt.value !== null; // read at each message: what could not be sent is sent with the next
    if (!spoken || (text === told && performance.now() - toldAt < MINUTE)) return;
    const said = { bell, sound, idle_seconds: Math.max(0, Date.now() - actedAt) / 1000, rang: rang.value };
    if (line.send(said)) [told, toldAt] = [text, performance.now()];
  });

  return {
    /** Whether this browser makes the noise now. @param {number} times how often it could have already */
    rings: (times) =>
      ringsHere(line.whole.value.bell, { name: own.value.name, online: line.connection.value !== "offline", times }),
    /** Whether it rings, but in another browser. */
    elsewhere() {
      const { bell } = line.whole.value;
      return Boolean(bell?.heard) && bell.name !== own.value.name;
    },
    /** It has rung for an offer, as well as it can. @param {string} offer */
    rang(offer) {
      rang.value = offer;
    },
    close() {
      stopTelling();
      clearTimeout(resting);
      for (const event of TOUCHES) removeEventListener(event, touched);
    },
  };
}
