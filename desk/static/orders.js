// @ts-check
/**
 * What the agent asks of the server, one thing after the other.
 *
 * The same button pressed again before its answer came means the same; another one waits for its turn, so that "call
 * again, start serving" pressed in haste happen both, in that order.
 */
import { signal } from "../vendor/ui.js";

/**
 * @param {(order: import("./work.js").Order) => Promise<any>} send
 * @param {(error: unknown, name: string) => void} complain
 */
export function orders(send, complain) {
  const underWay = signal(/** @type {string[]} */ ([]));
  /** @type {Map<string, Promise<any>>} */ const waiting = new Map();
  /** @type {Promise<unknown>} */ let last = Promise.resolve();

  /** @param {string} name @param {() => import("./work.js").Order} order made when its turn has come */
  async function carryOut(name, order) {
    try {
      return { value: await send(order()) };
    } catch (error) {
      complain(error, name);
      return null;
    } finally {
      waiting.delete(name);
      underWay.value = [...waiting.keys()];
    }
  }

  return {
    /** the names of what has been asked and not answered */
    underWay,
    /**
     * @param {string} name @param {() => import("./work.js").Order} order
     * @returns {Promise<{value: any} | null>} null when it was refused
     */
    give(name, order) {
      const before = waiting.get(name);
      if (before) return before;
      const answer = last.then(() => carryOut(name, order));
      last = answer;
      waiting.set(name, answer);
      underWay.value = [...waiting.keys()];
      return answer;
    },
  };
}
