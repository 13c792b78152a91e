// @ts-check
/** What a waiting room is told, and whether it looks different afterwards. */

/**
 * @typedef {object} State
 * @property {string} state the appointment's
 * @property {string} phase early, now, ticket, late, none
 * @property {string} [starts_at]
 * @property {string} [ends_at]
 * @property {string | null} [ticket]
 */

const SEEN = /** @type {const} */ (["state", "phase", "starts_at", "ends_at", "ticket"]);

/** Whether somebody would see a difference. @param {State} before @param {State} after */
export function changed(before, after) {
  return SEEN.some((name) => (before[name] ?? null) !== (after[name] ?? null));
}
