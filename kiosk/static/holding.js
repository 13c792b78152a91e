// @ts-check
/** How long a start is still kept, and where its visitor is. */

const SOON = 120; // seconds; enough to finish a sentence, or to ask for more time

/**
 * Counts from what the server said: how many seconds are left now. The device's own clock is never asked.
 * @param {string} now what it was there when the page left @param {string} until @param {() => number} machine
 */
export function counting(now, until, machine = () => performance.now()) {
  const began = machine();
  const whole = (Date.parse(until) - Date.parse(now)) / 1000;
  return () => whole - (machine() - began) / 1000;
}

/** @param {number} seconds */
export const nearlyOver = (seconds) => seconds <= SOON;

/** The zone of this device, by its name. @returns {string | null} */
export function ownZone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || null;
}

/**
 * What was typed into a form, as pairs of texts; files are left out.
 * @param {FormData} form @returns {string[][]}
 */
export function heard(form) {
  return [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
}
