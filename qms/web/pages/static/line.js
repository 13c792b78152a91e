// @ts-check
/**
 * A line to the server that comes back by itself: one socket as a rule, and others beside it where it is silent.
 *
 * A network that has gone tells nobody. So where nothing is heard for `silence`, another socket is opened beside the one
 * that is there, and yet another one where that one does not speak soon. Whichever speaks first is the line, and the
 * others are closed: a line that was only quiet is not lost, and a try that leads nowhere holds nothing up.
 */

const PATIENCE = 4000; // ms that a socket may take to speak: many come to a server at once when it is back
/** Where silence makes us doubt the network, try by try; beside the next one a socket may go on. */
const DOUBTING = [1200, 2000, 3000, 4000];
const SPREAD = 400; // silence strikes a whole branch's screens at the same moment: they must not come back in step
const TRIED_AT_ONCE = 2;
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
  /** @type {Set<WebSocket>} in the order in which they were opened */
  const sockets = new Set();
  /** @type {WebSocket | null} the one that spoke last */
  let line = null;
  let attempt = 0; // tries since anything was heard
  let doubted = false; // nothing was heard, and nobody has hung up
  let ended = false;
  /** @type {any} */ let timer;

  /** @param {() => void} work @param {number} ms */
  function next(work, ms) {
    world.forget(timer);
    timer = world.after(work, ms);
  }

  const tries = () => [...sockets].filter((socket) => socket !== line);

  function dial() {
    if (tries().length === TRIED_AT_ONCE) leave(tries()[0]);
    const socket = world.open(address);
    sockets.add(socket);
    next(insist, doubted ? DOUBTING[Math.min(attempt, DOUBTING.length - 1)] : PATIENCE);
    attempt += 1;
    socket.onmessage = ({ data }) => {
      if (sockets.has(socket)) speaks(socket, data);
    };
    socket.onclose = ({ code }) => {
      if (sockets.delete(socket)) ends(socket, code);
    };
  }

  function insist() {
    doubted = true;
    unheard();
    dial();
  }

  /** @param {WebSocket} socket @param {string} text */
  function speaks(socket, text) {
    const first = line !== socket;
    line = socket;
    [attempt, doubted] = [0, false];
    for (const other of sockets) if (other !== line) leave(other);
    next(insist, silence + world.random() * SPREAD);
    heard(text, first);
  }

  /** @param {WebSocket} socket @param {number} code */
  function ends(socket, code) {
    const was = socket === line;
    if (was) line = null;
    doubted = false;
    if (ended) return;
    if (!tries().length) next(dial, backoff(attempt, world.random));
    lost(code, was);
  }

  /** Leave a socket without waiting for it to agree. @param {WebSocket} socket */
  function leave(socket) {
    sockets.delete(socket);
    socket.close();
  }

  dial();

  return {
    /** Come back at once: the device woke up, or its network did. */
    hurry() {
      if (ended || sockets.size) return;
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
      for (const socket of sockets) socket.close(1000);
    },
  };
}
