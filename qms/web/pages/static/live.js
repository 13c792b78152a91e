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
 * message with `now` but without `seq` only says that it is there); where nothing comes for 8 s, or the socket is closed
 * for 2 s, the page says that it is offline. It tries again after a random part of 0.25, 0.5, 1, 2, 4, 4, … s.
 */
import { ServerClock } from "./clock.js";
import { command } from "./command.js";
import { keptAt } from "./keeping.js";
import { signal } from "./vendor/ui.js";

const SILENCE = 8000;
const GRACE = 2000;
const HANDSHAKE = 4000;
const SHORTEST = 250;
const LONGEST = 4000;

/**
 * How long to wait before a try, in ms ("full jitter": a whole branch's screens must not come back in step).
 * @param {number} attempt 0 for the first @param {() => number} random
 */
export function backoff(attempt, random = Math.random) {
  return random() * Math.min(LONGEST, SHORTEST * 2 ** Math.min(attempt, 10));
}

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
 * @typedef {object} World what a live page needs of its surroundings; tests bring their own
 * @property {(address: string) => WebSocket} open
 * @property {(work: () => void, ms: number) => any} after
 * @property {(timer: any) => void} forget
 * @property {() => number} random
 * @property {typeof fetch} fetch
 * @property {string} page
 * @property {string | undefined} version of the scripts that run here
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
 * @param {ServerClock} [options.clock]
 * @param {World} [options.world]
 */
export function live({ socket, state: given = null, poll, clock = new ServerClock(), world = browser() }) {
  const state = signal(given);
  const connection = signal(/** @type {"online" | "offline"} */ (keptAt() === null ? "online" : "offline"));
  const heardAt = signal(keptAt());
  const closeCode = signal(/** @type {number | null} */ (null));
  const outdated = signal(false);

  /** @type {WebSocket | null} */
  let line = null;
  let attempt = 0;
  let first = true; // no message yet from this socket
  let ended = false;
  /** @type {any} */ let offlineTimer;
  /** @type {any} */ let retryTimer;
  /** @type {any} */ let handshakeTimer;

  /** @param {number} ms */
  function offlineIn(ms) {
    world.forget(offlineTimer);
    offlineTimer = world.after(silent, ms);
  }

  function silent() {
    connection.value = "offline";
    if (line) hangUp();
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
    offlineIn(SILENCE);
  }

  function dial() {
    world.forget(retryTimer);
    first = true;
    const opened = world.open(socketAddress(socket, world.page));
    line = opened;
    handshakeTimer = world.after(hangUp, HANDSHAKE);
    opened.onopen = () => {
      world.forget(handshakeTimer);
      handshakeTimer = world.after(hangUp, SILENCE); // opened by a proxy, perhaps, with nobody behind it
    };
    opened.onmessage = ({ data }) => {
      if (line !== opened) return;
      world.forget(handshakeTimer);
      hear(JSON.parse(data), first);
      first = false;
      attempt = 0;
    };
    opened.onclose = ({ code }) => {
      if (line === opened) lost(code);
    };
  }

  /** Leave a socket that says nothing, without waiting for it to agree. */
  function hangUp() {
    const dead = line;
    lost(1006);
    dead?.close();
  }

  /** @param {number} code */
  function lost(code) {
    world.forget(handshakeTimer);
    line = null;
    closeCode.value = code;
    if (ended) return;
    if (connection.value === "online" && !first) offlineIn(GRACE);
    if (poll) askOnce(poll);
    retryTimer = world.after(dial, backoff(attempt, world.random));
    attempt += 1;
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

  /** Come back at once: the device woke up, or its network did. */
  function hurry() {
    if (ended || line) return;
    attempt = 0;
    dial();
  }

  function close() {
    ended = true;
    for (const timer of [offlineTimer, retryTimer, handshakeTimer]) world.forget(timer);
    line?.close(1000);
  }

  offlineIn(SILENCE);
  dial();

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
    clock,
    /** Take in a state that came another way. */
    adopt,
    hurry,
    close,
    /** Say something to the server over the socket; false while there is none. @param {unknown} message */
    send(message) {
      if (line?.readyState !== 1) return false;
      line.send(JSON.stringify(message));
      return true;
    },
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
