// @ts-check
/**
 * What the server knows, as it changes: one socket that comes back by itself.
 *
 *     const desk = live({ socket: "/desk/socket", state: pageData("#app") });
 *     showConnection(desk);
 *     render(html`<${Desk} desk=${desk} />`, root);    // reads desk.state.value
 *     await desk.command("/desk/api/next", {});        // the answer is the new state and is taken in at once
 *
 * A message is the whole state, so there is nothing to catch up on. The server sends something at least every 5 s (a
 * message with `now` but without `seq` only says that it is there), and to screens much more often. Where nothing comes
 * for `silence`, another socket is tried (see line.js); where none has spoken 2 s later, or the socket is closed for 2 s,
 * the page says that it is offline.
 */
import { ServerClock } from "./clock.js";
import { command } from "./command.js";
import { keptAt } from "./keeping.js";
import { keepLine } from "./line.js";
import { signal } from "./vendor/ui.js";

const SILENCE = 5500; // a telephone is spoken to every 3 or 4 s: more often would cost its battery
const GRACE = 2000;

/**
 * Whether a state replaces the one we have. Answers and messages may overtake each other, so an older one is dropped;
 * but the first message of a new socket is always believed, should the server have gone back to a backup.
 * @param {any} current @param {any} next @param {boolean} first
 */
export function replaces(current, next, first) {
  return first || typeof current?.seq !== "number" || next.seq >= current.seq;
}

/** The address of a socket at the page's own origin. @param {string} path @param {string} page */
export function socketAddress(path, page) {
  const address = new URL(path, page);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}

/**
 * @typedef {import("./line.js").World & {fetch: typeof fetch, page: string, version: string | undefined}} World
 *   what a live page needs of its surroundings, `version` of the scripts that run here; tests bring their own
 */

/** @returns {World} */
function browser() {
  return {
    open: (address) => new WebSocket(address),
    after: (work, ms) => setTimeout(work, ms),
    forget: (timer) => clearTimeout(timer),
    random: Math.random,
    fetch: (...request) => fetch(...request),
    page: location.href,
    version: document.querySelector("meta[name=version]")?.getAttribute("content") ?? undefined,
  };
}

/**
 * Follow the server's state.
 *
 * @param {object} options
 * @param {string} options.socket path of the socket
 * @param {any} [options.state] what the page was rendered with
 * @param {string} [options.poll] path of the same state by GET, for networks that let no socket through
 * @param {number} [options.silence] ms without a word after which the line may lead nowhere
 * @param {ServerClock} [options.clock]
 * @param {World} [options.world]
 */
export function live({ socket, state: given = null, poll, silence = SILENCE, clock = new ServerClock(), world = browser() }) {
  const state = signal(given);
  const connection = signal(/** @type {"online" | "offline"} */ (keptAt() === null ? "online" : "offline"));
  const heardAt = signal(keptAt());
  const closeCode = signal(/** @type {number | null} */ (null));
  const outdated = signal(false);
  const lines = signal(0);
  /** @type {any} */ let offlineTimer;

  /** @param {number} ms */
  function offlineIn(ms) {
    world.forget(offlineTimer);
    offlineTimer = world.after(() => (connection.value = "offline"), ms);
  }

  /** @param {any} message @param {boolean} believed */
  function adopt(message, believed = false) {
    if (typeof message?.seq === "number" && replaces(state.value, message, believed)) state.value = message;
  }

  /** @param {any} message @param {boolean} believed */
  function hear(message, believed) {
    if (message.now !== undefined) clock.learn(message.now, message.rate);
    if (message.version !== undefined && world.version) outdated.value = message.version !== world.version;
    adopt(message, believed);
    heardAt.value = clock.now();
    connection.value = "online";
    offlineIn(silence + GRACE);
  }

  /** @param {number} code @param {boolean} line */
  function lost(code, line) {
    closeCode.value = code;
    if (line && connection.value === "online") offlineIn(GRACE);
    ask();
  }

  function ask() {
    if (poll) void askOnce(poll);
  }

  /** @param {string} path */
  async function askOnce(path) {
    try {
      const reply = await world.fetch(path, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (reply.ok) hear(await reply.json(), false);
    } catch {
      // no network: the next try comes anyway
    }
  }

  offlineIn(silence + GRACE);
  const line = keepLine({
    address: socketAddress(socket, world.page),
    silence,
    heard(text, first) {
      if (first) lines.value += 1;
      hear(JSON.parse(text), first);
    },
    lost,
    unheard: ask,
    world,
  });

  return {
    state,
    /** "online" or "offline" */
    connection,
    /** the server's time of the last message, null before the first */
    heardAt,
    /** why the last socket ended: 4401 when its owner may no longer listen */
    closeCode,
    /** whether the server runs a newer release than this page: load it anew when nobody is disturbed */
    outdated,
    /** how many sockets have spoken so far: the next knows nothing of what was sent over one before */
    lines,
    clock,
    /** Take in a state that came another way. */
    adopt,
    hurry: line.hurry,
    close() {
      world.forget(offlineTimer);
      line.close();
    },
    /** Say something to the server over the socket; false while there is none. @param {unknown} message */
    send: (message) => line.send(JSON.stringify(message)),
    /**
     * Send a command (see command.js); an answer that is a state is taken in.
     * @param {string} path @param {unknown} [body] @param {Parameters<typeof command>[2]} [options]
     */
    async command(path, body, options) {
      const answer = await command(path, body, options);
      adopt(answer);
      return answer;
    },
  };
}

/** @typedef {ReturnType<typeof live>} Live */

/** Let a live page hurry when the device wakes up or its network returns. @param {Live} line */
export function wakeWith(line) {
  addEventListener("online", line.hurry);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) line.hurry();
  });
}
