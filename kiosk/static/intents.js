// @ts-check
/**
 * One wish, one ticket. Who taps twice, or taps again because nothing happened, means the same thing: it goes to the
 * server under the same key, and gives the same ticket, until a ticket has been shown or the kiosk starts over.
 */
import { freshKey } from "../command.js";

/** @param {() => string} fresh */
export function intents(fresh = freshKey) {
  /** @type {Map<string, string>} */
  const keys = new Map();
  return {
    /** The key of a wish. @param {unknown} wish @returns {string} */
    key(wish) {
      const text = JSON.stringify(wish);
      const known = keys.get(text) ?? fresh();
      keys.set(text, known);
      return known;
    },
    /** Whoever comes next wishes anew. */
    forget: () => keys.clear(),
  };
}
