// @ts-check
/** The queues as the desk lists them: pure functions. */

/** @typedef {{branch: any, waiting: number, longest: number | null}} Line one branch's part of a queue */
/** @typedef {{key: string, id: string, name: string, waiting: number, longest: number | null, target: number | null,
 *             breached: boolean, lines: Line[]}} Queue  longest, target: seconds */

/**
 * The queues of a state, each once, with the branches where it stands. `passed`: seconds since the server said so, by
 * which everybody has waited longer.
 * @param {any[]} rows @param {number} passed @returns {Queue[]}
 */
export function queuesOf(rows, passed = 0) {
  /** @type {Map<string, Queue>} */ const found = new Map();
  for (const row of rows) {
    const longest = row.longest_wait_seconds == null ? null : row.longest_wait_seconds + Math.max(0, passed);
    const target = row.target_minutes == null ? null : row.target_minutes * 60;
    /** @type {Queue} */
    const queue = found.get(row.id) ?? {
      key: row.key, id: row.id, name: row.name, waiting: 0, longest: null, target, breached: false, lines: [],
    };
    queue.waiting += row.waiting;
    if (row.waiting && longest !== null) queue.longest = Math.max(queue.longest ?? 0, longest);
    queue.breached = queue.longest !== null && queue.target !== null && queue.longest > queue.target;
    queue.lines.push({ branch: row.branch, waiting: row.waiting, longest: row.waiting ? longest : null });
    found.set(row.id, queue);
  }
  return [...found.values()];
}

/** Everybody who waits for this agent. @param {any[]} rows */
export function waitingIn(rows) {
  return rows.reduce((sum, row) => sum + row.waiting, 0);
}

/** Whether people come to this desk by themselves: nothing is to be pressed. @param {any[]} rows */
export function allPush(rows) {
  return rows.length > 0 && rows.every((row) => row.call === "push");
}
