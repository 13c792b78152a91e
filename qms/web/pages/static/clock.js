// @ts-check
/**
 * The server's time, wherever this device's own clock stands. Nothing that a page shows or counts down reads `Date`.
 *
 * Each message from the server says what time it was there when it left. It was on its way for a while, so what it says
 * is a little old when it arrives; of the last few messages, the one that says the latest time travelled fastest and is
 * believed. Between messages the device's monotonic counter goes on, which nobody sets. In a sandbox the server's clock
 * may run faster than the world's (`rate`).
 */
import { signal } from "./vendor/ui.js";

const REMEMBERED = 8;
const STEP = 2000; // ms; further back than any network's delay: the server's clock was set, or the server is another

export class ServerClock {
  /** @type {number[]} what the server's clock showed at zero of our counter, according to each message */
  #origins = [];
  #rate = 1;
  #machine;

  /** @param {() => number} machine a counter of milliseconds that never goes back */
  constructor(machine = () => performance.now()) {
    this.#machine = machine;
  }

  /**
   * Take in what a message says.
   * @param {string | number} now an instant, or milliseconds since 1970 @param {number} rate
   */
  learn(now, rate = 1) {
    const said = typeof now === "number" ? now : Date.parse(now);
    if (!Number.isFinite(said)) return;
    const origin = said - rate * this.#machine();
    if (rate !== this.#rate || Math.abs(origin - this.#best()) > STEP * rate) this.#origins = [];
    this.#rate = rate;
    this.#origins = [...this.#origins, origin].slice(-REMEMBERED);
  }

  #best() {
    return Math.max(...this.#origins);
  }

  /** The server's time in milliseconds since 1970; the device's own before anybody said anything. */
  now() {
    return this.#origins.length ? this.#best() + this.#rate * this.#machine() : Date.now();
  }

  /** Seconds from now until an instant; negative when it is past. @param {string | number} instant */
  until(instant) {
    return ((typeof instant === "number" ? instant : Date.parse(instant)) - this.now()) / 1000;
  }

  /** Seconds since an instant. @param {string | number} instant */
  since(instant) {
    return -this.until(instant);
  }
}

/**
 * A signal that holds the server's time and changes when its second does (or each `step` ms): what reads it while it
 * renders is drawn anew.
 * @param {ServerClock} clock @param {number} step
 */
export function ticking(clock, step = 1000) {
  const now = signal(clock.now());
  const tick = () => {
    now.value = clock.now();
    setTimeout(tick, untilNext(now.value, step));
  };
  tick();
  return now;
}

/** How long until the next whole step. @param {number} now @param {number} step */
export function untilNext(now, step) {
  return step - (now % step) + 5; // a timer may come early by a little; 5 ms late shows nothing
}
