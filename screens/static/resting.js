// @ts-check
/** What keeps a screen well that runs for months: its picture moves a little, and its page is loaded anew at night. */

const MINUTE = 60_000;
const STEPS = 8;
const RADIUS = 3; // px
const NIGHT = 4; // o'clock, where the branch is
const LONG = 12 * 60 * MINUTE;

/** Where the picture stands in a minute: on a small circle, so that no edge burns in. @param {number} minute */
export function orbit(minute) {
  const angle = ((minute % STEPS) / STEPS) * 2 * Math.PI;
  return { x: Math.round(RADIUS * Math.cos(angle)), y: Math.round(RADIUS * Math.sin(angle)) };
}

/** Whether it is time to begin anew: at night, after half a day or more. @param {number} hour @param {number} running ms */
export function tired(hour, running) {
  return hour === NIGHT && running > LONG;
}

/**
 * @param {HTMLElement} root what is moved
 * @param {() => {hour: number, quiet: boolean}} look the hour at the branch, and whether nobody would be disturbed: while
 *   the server does not answer, there may be no page to load
 */
export function resting(root, look) {
  let minute = Math.floor(Math.random() * STEPS);
  setInterval(() => {
    const { x, y } = orbit((minute += 1));
    root.style.translate = `${x}px ${y}px`;
    const { hour, quiet } = look();
    if (quiet && tired(hour, performance.now())) location.reload();
  }, MINUTE);
}
