// @ts-check
/**
 * Letters as large as their place allows: a number of fifty characters must fit where one of four fills the screen.
 *
 * One line is best, then lines of whole words, and words are torn only where that makes the letters much larger. A number
 * a little too long for its line is condensed rather than made smaller: what is read from afar is the height.
 */
import { html, useLayoutEffect, useRef } from "../vendor/ui.js";

/** How much larger the letters of the next way must be to be worth it. @type {[string, number][]} */
const WAYS = [
  ["white-space: nowrap", 2.4],
  ["white-space: normal", 2.1],
  ["white-space: normal; overflow-wrap: anywhere", 1],
];
const SMALLEST = 4;
const TURNS = 8; // of a bisection: 1/256 of the range

/**
 * The largest value for which something holds, between two: `least` where it holds for none.
 * @param {(value: number) => boolean} holds @param {number} least @param {number} most
 */
export function largest(holds, least, most) {
  if (holds(most)) return most;
  let [low, high] = [least, most];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const middle = (low + high) / 2;
    [low, high] = holds(middle) ? [middle, high] : [low, middle];
  }
  return low;
}

/**
 * How a text stands on one line without being made too small: its size and how much it is condensed; null if it cannot.
 * @param {{width: number, room: number, height: number, least: number, most: number, narrowest: number}} measured
 *   `width`: of the text at a size of 1 px; `room`, `height`: of its place, in px
 * @returns {{size: number, squeeze: number} | null}
 */
export function onOneLine({ width, room, height, least, most, narrowest }) {
  const enough = Math.min(least, height);
  const size = Math.min(most, height, room / width);
  if (size >= enough) return { size, squeeze: 1 };
  const squeeze = room / (width * enough);
  return squeeze >= narrowest ? { size: enough, squeeze } : null;
}

/**
 * The way to set a text that is too long: by the size that each way gives its letters, the earlier ones preferred.
 * @param {number[]} sizes as many as WAYS
 */
export function best(sizes) {
  const weighed = sizes.map((size, way) => size * WAYS[way][1]);
  return weighed.indexOf(Math.max(...weighed));
}

/** @param {HTMLElement} place */
function fits(place) {
  return place.scrollWidth <= place.clientWidth + 1 && place.scrollHeight <= place.clientHeight + 1;
}

/** @param {HTMLElement} place @param {HTMLElement} text @param {number} share @param {number} narrowest */
function set(place, text, share, narrowest) {
  text.style.cssText = "white-space: nowrap";
  const most = parseFloat(getComputedStyle(text).fontSize);
  const { clientWidth: room, clientHeight: height } = place;
  const width = text.offsetWidth / most;
  const line = onOneLine({ width, room, height, least: share * most, most, narrowest });
  if (line) {
    text.style.fontSize = `${line.size}px`;
    if (line.squeeze < 1) text.style.transform = `scaleX(${line.squeeze})`;
    return;
  }
  const sizes = WAYS.map(([way]) => {
    text.style.cssText = way;
    return largest((size) => ((text.style.fontSize = `${size}px`), fits(place)), SMALLEST, most);
  });
  const way = best(sizes);
  text.style.cssText = `${WAYS[way][0]}; font-size: ${sizes[way]}px`;
}

/**
 * A text in a place whose size its surroundings decide (`.fitted`); the style sheet says how large it may be.
 * @param {{text: string, share?: number, narrowest?: number, [attribute: string]: unknown}} props `share`: the least
 *   size on one line, of the largest; `narrowest`: how far it may be condensed before it is broken (in the middle of
 *   its place only)
 */
export function Fitted({ text, share = 0.8, narrowest = 1, ...attributes }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    const [outer, inner] = [place.current, place.current?.firstElementChild];
    if (!outer || !(inner instanceof HTMLElement)) return undefined;
    const again = () => set(outer, inner, share, narrowest);
    const watch = new ResizeObserver(again);
    watch.observe(outer);
    void document.fonts?.ready.then(again);
    return () => watch.disconnect();
  }, [text, share, narrowest]);
  return html`<div class="fitted" ref=${place}><span ...${attributes} dir="auto">${text}</span></div>`;
}
