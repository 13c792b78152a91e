// @ts-check
/**
 * The windows of one agent in one browser. They all show the same, but one alone makes a noise: the one that is best
 * placed to be heard and seen. Which one that is, is found anew each time, so that a window that is closed leaves it to
 * another.
 */
import { effect } from "../vendor/ui.js";

/** @typedef {{online: boolean, loud: boolean, focused: boolean, visible: boolean}} Placing */

/** How well a window is placed; the more, the better. @param {Placing} placing */
export function rankOf({ online, loud, focused, visible }) {
  return [visible, focused, loud, online].reduce((rank, yes, at) => rank + (yes ? 2 ** at : 0), 0);
}

/**
 * Whether a window goes before all others; of those that are placed alike, the one with the least name.
 * @param {{name: string, rank: number}} own @param {Iterable<[string, number]>} others names and ranks
 */
export function goesFirst(own, others) {
  return [...others].every(([name, rank]) => rank < own.rank || (rank === own.rank && name > own.name));
}

/**
 * This window among the others of an agent.
 * @param {string} agent whose @param {() => {online: boolean, loud: boolean}} state read anew when its signals change
 */
export function windows(agent, state) {
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`turnero.desk.${agent}`);
  const name = crypto.getRandomValues(new Uint32Array(2)).join(" ");
  /** @type {Map<string, number>} */ const others = new Map();
  /** @type {Set<string>} those that answered since they were last asked */ const there = new Set();

  const rank = () => rankOf({ ...state(), focused: document.hasFocus(), visible: !document.hidden });
  const tell = (asks = false) => channel?.postMessage({ name, rank: rank(), asks });
  const leave = () => channel?.postMessage({ name, rank: null });
  const come = () => tell(true);
  const change = () => tell();

  if (channel) {
    channel.onmessage = ({ data }) => {
      if (data.rank === null) return void others.delete(data.name);
      others.set(data.name, data.rank);
      there.add(data.name);
      if (data.asks) tell();
    };
  }

  /** Whether it is this window's turn to make a noise. Nothing is waited for: hidden windows' timers are slow. */
  function first() {
    for (const other of others.keys()) if (!there.has(other)) others.delete(other); // it was killed, and said nothing
    there.clear();
    tell(true);
    return goesFirst({ name, rank: rank() }, others);
  }

  come();
  const stopFollowing = effect(change);
  for (const event of ["focus", "blur"]) addEventListener(event, change);
  document.addEventListener("visibilitychange", change);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", come);

  function close() {
    stopFollowing();
    for (const event of ["focus", "blur"]) removeEventListener(event, change);
    document.removeEventListener("visibilitychange", change);
    removeEventListener("pagehide", leave);
    removeEventListener("pageshow", come);
    leave();
    channel?.close();
  }

  return { first, close };
}
