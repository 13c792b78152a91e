// @ts-check
/**
 * From how far a screen can be read: what its letters measure on the glass, and the rules for how far that carries.
 *
 * A capital of a height carries 80 times as far for the number, which must be caught at a glance, 120 for the place, 160
 * for what is looked up in a list (20 minutes of arc), 200 for the rest (the least that traffic signs allow themselves).
 */

/** The capitals of our typeface, as a share of its size. */
export const CAPITALS = 0.672;
const MM_PER_INCH = 25.4;

/** What is measured: its selector and how many times its height it carries. @type {[string, string, number][]} */
export const MEASURED = [
  ["number", ".now-number [data-number]", 80],
  ["poc", ".now-poc [data-poc], .now-poc [data-branch]", 120],
  ["list", ".called [data-number]", 160],
  ["rest", ".band h3, .ticker .fitted > *", 200],
];

/**
 * How high the capitals of a text are on the glass, in mm.
 * @param {{size: number, width: number, height: number, inches: number}} glass `size` of the text, `width` and `height`
 *   of the window in px; `inches` across
 */
export function capitals({ size, width, height, inches }) {
  return (size * CAPITALS * inches * MM_PER_INCH) / Math.hypot(width, height);
}

/** How far letters carry, in metres, rounded down to tenths. @param {number} mm @param {number} times */
export function carries(mm, times) {
  return Math.floor((mm * times) / 100) / 10;
}

/**
 * The least that each part of the screen measures, of those that are there.
 * @param {ParentNode} root @param {number} inches
 * @returns {{what: string, mm: number, metres: number}[]}
 */
export function measured(root, inches) {
  const glass = { width: innerWidth, height: innerHeight, inches };
  return MEASURED.flatMap(([what, selector, times]) => {
    const sizes = [...root.querySelectorAll(selector)].map((one) => parseFloat(getComputedStyle(one).fontSize));
    if (!sizes.length) return [];
    const mm = capitals({ size: Math.min(...sizes), ...glass });
    return [{ what, mm: Math.round(mm), metres: carries(mm, times) }];
  });
}

/**
 * From how far all that matters can be read: the number, its place and the list.
 * @param {{what: string, metres: number}[]} parts @returns {number | null}
 */
export function readFrom(parts) {
  const metres = parts.filter(({ what }) => what !== "rest").map((part) => part.metres);
  return metres.length ? Math.min(...metres) : null;
}
