// @ts-check
/**
 * The keyboard: Alt and a letter for every action. No letter works alone, because people who speak to their computer, or
 * rest a hand on the keys, would trigger it (WCAG 2.1.4); all of them can be turned off, and each be another.
 */
import { preferences } from "./preferences.js";

/** Action → letter at first. Two actions may share one where they are never to be had together. */
export const LETTERS = {
  next: "N",
  answer: "A",
  decline: "X",
  serve: "S",
  recall: "R",
  "no-show": "X",
  finish: "F",
  park: "P",
  resume: "U",
  transfer: "T",
  undo: "Z",
  "wrap-up": "I",
  idle: "I",
  away: "B",
  help: "K",
};

/**
 * The letter of a key press with Alt (and perhaps Shift, for browsers that keep Alt for their menus); null for any other.
 * Where Alt makes another character of a key, or the keyboard has no Latin letters, the key's place decides.
 * @param {{altKey: boolean, ctrlKey: boolean, metaKey: boolean, key: string, code: string, repeat?: boolean,
 *          getModifierState?: (name: string) => boolean}} press
 */
export function letterOf(press) {
  if (!press.altKey || press.ctrlKey || press.metaKey || press.repeat) return null;
  if (press.getModifierState?.("AltGraph")) return null;
  if (/^[a-z]$/i.test(press.key)) return press.key.toUpperCase();
  return /^Key([A-Z])$/.exec(press.code)?.[1] ?? null;
}

/** The action that a letter means among those to be had. @param {string | null} letter @param {string[]} actions */
export function actionFor(letter, actions) {
  return actions.find((name) => letter !== null && letterFor(name) === letter) ?? null;
}

/** @param {string} name @returns {string | undefined} */
export function letterFor(name) {
  return letters()[name];
}

/** Action → letter on this device. @returns {Record<string, string>} */
export function letters() {
  return { ...LETTERS, ...preferences.value.letters };
}

/** The letters once an action has another one: whatever had that, has its former one.
 *  @param {Record<string, string>} before @param {string} name @param {string} letter @returns {Record<string, string>} */
export function relettered(before, name, letter) {
  const moved = Object.entries(before).map(([other, its]) => [other, its === letter ? before[name] : its]);
  const along = name === "idle" ? { "wrap-up": letter } : {};
  return { ...Object.fromEntries(moved), [name]: letter, ...along };
}
