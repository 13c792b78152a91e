// @ts-check
/** Points of contact to choose from: pure functions. */

/** @typedef {{value: string, label: string, taken: boolean, id: string, path: string}} Seat  path: branch and POC, by keys */

/**
 * The choices by branch. A POC is chosen by its key; where several branches have one of that key, all but the first by
 * `branch/key`.
 * @param {any[]} pocs @returns {{branch: string, seats: Seat[]}[]}
 */
export function seatsOf(pocs) {
  /** @type {Map<string, {branch: string, seats: Seat[]}>} */ const groups = new Map();
  for (const poc of pocs) {
    const first = pocs.find(({ key }) => key === poc.key) === poc;
    const path = `${poc.branch.key}/${poc.key}`;
    /** @type {{branch: string, seats: Seat[]}} */
    const group = groups.get(poc.branch.id) ?? { branch: poc.branch.label || poc.branch.name, seats: [] };
    const value = first ? poc.key : path;
    group.seats.push({ value, label: poc.label || poc.key, taken: Boolean(poc.taken), id: poc.id, path });
    groups.set(poc.branch.id, group);
  }
  return [...groups.values()];
}

/** The choice that stands for a POC; "" for none. @param {any[]} pocs @param {string | null | undefined} id */
export function valueOf(pocs, id) {
  for (const { seats } of seatsOf(pocs)) for (const seat of seats) if (seat.id === id) return seat.value;
  return "";
}

/** What the server is told of a choice: which POC of which branch; null for none. @param {any[]} pocs @param {string} value */
export function pathOf(pocs, value) {
  return seatsOf(pocs).flatMap(({ seats }) => seats).find((seat) => seat.value === value)?.path ?? null;
}

/** Whether visitors can only be called once the agent has a place. @param {any} state */
export function lacksPlace(state) {
  return !state.session.poc && state.pocs.length > 0 && state.queues.some((/** @type {any} */ row) => row.mode === "counter");
}

/** Whether a choice that was remembered can still be made. @param {any[]} pocs @param {string} value */
export function isFree(pocs, value) {
  return seatsOf(pocs).some(({ seats }) => seats.some((seat) => seat.value === value && !seat.taken));
}
