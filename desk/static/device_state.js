// @ts-check
/** How a device is, from what it said last: pure functions. */

const FRESH = 90; // seconds: a screen says something every minute at least

/** Seconds since a device said something, by the server's clock; null: it never did. @param {any} device @param {string} now */
export function silentFor({ seen_at: seen }, now) {
  return seen === null ? null : Math.max(0, (Date.parse(now) - Date.parse(seen)) / 1000);
}

/** @param {any} device @param {string} now @returns {"never" | "online" | "silent"} */
export function presence(device, now) {
  const silent = silentFor(device, now);
  if (silent === null) return "never";
  return silent <= FRESH ? "online" : "silent";
}

/** Whether a screen can be read from the farthest seat; null where nobody knows. @param {any} device */
export function legible({ report, farthest_metres: wanted }) {
  if (!wanted || !report.reads_metres) return null;
  return report.reads_metres >= wanted;
}

/** What came of the last test call. @param {any} device @returns {"none" | "waiting" | "done"} */
export function test({ tested, report }) {
  if (!tested) return "none";
  return (report.tested ?? 0) >= tested ? "done" : "waiting";
}
