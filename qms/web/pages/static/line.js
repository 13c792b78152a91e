// @ts-check
/**
 * A line to the server that comes back by itself: one socket as a rule, and another one beside it where it is silent.
 *
 * A network that has gone tells nobody. So where nothing is heard for `silence`, another socket is tried beside the one
 * that is there, and yet another one instead of that, where it does not speak soon either. Whichever speaks first is the
 * line, and the other is closed: a line that was only quiet is not lost. Two are never tried at once: a browser lets the
 * second one wait until the first has been answered (RFC 6455, section 4.1).
 */

const PATIENCE = 4000; // ms that a socket may take to speak: many come to a server at once when it is back
/** Where silence makes us doubt the network, try by try. */
const DOUBTING = [1200, 2000, 3000, 4000];
const SPREAD = 400; // silence strikes a whole branch's screens at the same moment: they must not come back in step
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
 * @typedef {object} World what a line needs of its surroundings; tests bring their own
 * @property {(address: string) => WebSocket} open
 * @property {(work: () => void, ms: number) => any} after
 * @property {(timer: any) => void} forget
 * @property {() => number} random
 */

/**
 * Keep a line from now on.
 *
 * @param {object} options
 * @param {string} options.address
 * @param {number} options.silence ms
 * @param {(text: string, first: boolean) => void} options.heard what is said, and whether it is a socket's first word
 * @param {(code: number, line: boolean) => void} options.lost a socket was closed: the line, or one that never was
 * @param {() => void} options.unheard nothing is heard: another socket is being tried
 * @param {World} options.world
 */
export function keepLine({ address, silence, heard, lost, unheard, world }) {
  /** @type {WebSocket | null} the one that spoke last */
  let line = null;
  /** @type {WebSocket | null} one that has not spoken yet */
  let tried = null;
  let attempt = 0; // tries since anything was heard
  let doubted = false; // nothing was heard, and nobody has hung up
  let ended = false;
  /** @type {any} */ let timer;

  /** @param {() => void} work @param {number} ms */
  function next(work, ms) {
    world.forget(timer);
    timer = world.after(work, ms);
  }

  function dial() {
    const before = tried;
    tried = null;
    before?.close();
    const socket = (tried = world.open(address));
    next(insist, doubted ? DOUBTING[Math.min(attempt, DOUBTING.length - 1)] : PATIENCE);
    attempt += 1;
    socket.onmessage = ({ data }) => {
      if (socket === line || socket === tried) speaks(socket, data);
    };
    socket.onclose = ({ code }) => {
      if (socket === line || socket === tried) ends(socket, code);
    };
  }

  function insist() {
    doubted = true;
    unheard();
    dial();
  }

  /** @param {WebSocket} socket @param {string} text */
  function speaks(socket, text) {
    const first = socket !== line;
    const other = first ? line : tried;
    [line, tried] = [socket, null];
    [attempt, doubted] = [0, false];
    other?.close();
    next(insist, silence + world.random() * SPREAD);
    heard(text, first);
  }

  /** @param {WebSocket} socket @param {number} code */
  function ends(socket, code) {
    const was = socket === line;
    if (was) line = null;
    else tried = null;
    doubted = false;
    if (ended) return;
    if (!tried) next(dial, backoff(attempt, world.random));
    lost(code, was);
  }

  dial();

  return {
    /** Come back at once: the device woke up, or its network did. */
    hurry() {
      if (ended || line || tried) return;
      attempt = 0;
      dial();
    },
    /** Say something over the line; false while there is none. @param {string} text */
    send(text) {
      if (line?.readyState !== 1) return false;
      line.send(text);
      return true;
    },
    close() {
      ended = true;
      world.forget(timer);
      for (const socket of [line, tried]) socket?.close(1000);
    },
  };
}
