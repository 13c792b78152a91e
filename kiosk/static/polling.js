// @ts-check
/**
 * What the server knows, asked for every few seconds: for pages whose interface has no socket. It looks like a live
 * page's line (live.js), so that the words about the connection are the same.
 */
import { ServerClock } from "../clock.js";
import { keptAt } from "../keeping.js";
import { signal } from "../vendor/ui.js";

const EVERY = 4000;
const AGAIN = 1500; // after a question that was not answered
const PATIENCE = 4000; // for an answer
const GRACE = 3000; // without an answer before the page says that it is offline

/**
 * @typedef {object} World what it needs of its surroundings; tests bring their own
 * @property {typeof fetch} fetch
 * @property {(work: () => void, ms: number) => any} after
 * @property {(timer: any) => void} forget
 * @property {() => number} now a counter of milliseconds that never goes back
 * @property {string | undefined} version of the scripts that run here
 */

/** @returns {World} */
function browser() {
  return {
    fetch: (...request) => fetch(...request),
    after: (work, ms) => setTimeout(work, ms),
    forget: (timer) => clearTimeout(timer),
    now: () => performance.now(),
    version: document.querySelector("meta[name=version]")?.getAttribute("content") ?? undefined,
  };
}

/**
 * @param {{path: string, state: any, clock?: ServerClock, world?: World}} options
 * @returns {import("../live.js").Live}
 */
export function polling({ path, state: given, clock = new ServerClock(), world = browser() }) {
  const state = signal(given);
  const connection = signal(/** @type {"online" | "offline"} */ (keptAt() === null ? "online" : "offline"));
  const heardAt = signal(keptAt());
  const outdated = signal(false);
  let answeredAt = world.now();
  let asking = false;
  /** @type {any} */ let timer;

  /** @param {any} answer */
  function adopt(answer) {
    if (typeof answer?.seq === "number") state.value = answer;
  }

  /** @param {any} answer */
  function hear(answer) {
    answeredAt = world.now();
    if (answer.now !== undefined) clock.learn(answer.now, answer.rate);
    if (answer.version !== undefined && world.version) outdated.value = answer.version !== world.version;
    adopt(answer);
    heardAt.value = clock.now();
    connection.value = "online";
  }

  async function question() {
    const request = { headers: { Accept: "application/json" }, cache: /** @type {const} */ ("no-store") };
    const late = new Promise((_, no) => world.after(() => no(new Error("late")), PATIENCE));
    const reply = /** @type {Response} */ (await Promise.race([world.fetch(path, request), late]));
    if (!reply.ok) throw new Error(`HTTP ${reply.status}`);
    hear(await reply.json());
  }

  async function ask() {
    if (asking) return;
    asking = true;
    world.forget(timer);
    const answered = await question().then(() => true, () => false);
    if (!answered && world.now() - answeredAt >= GRACE) connection.value = "offline";
    asking = false;
    timer = world.after(ask, answered ? EVERY : AGAIN);
  }

  if (given?.now !== undefined) clock.learn(given.now, given.rate);
  timer = world.after(ask, EVERY);
  return /** @type {any} */ ({ state, connection, heardAt, outdated, clock, adopt, hurry: () => void ask() });
}
