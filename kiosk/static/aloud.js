// @ts-check
/**
 * What has the focus, said aloud, for those who hear better than they see: by the server's voice, or where it has none,
 * by one of the browser's own.
 */
import { language } from "../i18n.js";
import { computed, signal } from "../vendor/ui.js";

const LONGEST = 300; // characters that the server says at once

/** What a thing that can be pressed or filled in is called. @param {Element} element @returns {string} */
export function nameOf(element) {
  const labels = /** @type {HTMLInputElement} */ (element).labels;
  const said = element.getAttribute("aria-label") ?? (labels?.length ? labels[0].textContent : element.textContent);
  return (said ?? "").replace(/\s+/g, " ").trim();
}

/** @param {{lang: string}[]} voices @param {string} tag */
export const speaks = (voices, tag) => voices.some(({ lang }) => lang.toLowerCase().split(/[-_]/)[0] === tag.split("-")[0]);

/**
 * @param {import("../vendor/ui.js").Signal<boolean>} on whether somebody has asked for it
 * @param {{value: number}} volume 0 to 1
 * @param {{path: string, spoken: string[]}} kiosk `spoken`: the languages in which the server has a voice
 */
export function aloud(on, volume, { path, spoken }) {
  const voices = signal(/** @type {SpeechSynthesisVoice[]} */ ([]));
  const speech = globalThis.speechSynthesis;
  const player = new Audio();
  /** @type {string | null} to be heard to its end */ let saying = null;
  /** @type {string | null} */ let following = null;
  for (const event of ["ended", "error"]) player.addEventListener(event, ended);
  const look = () => (voices.value = speech.getVoices());
  if (speech) {
    look();
    speech.addEventListener?.("voiceschanged", look);
  }
  document.addEventListener("focusin", ({ target }) => target instanceof Element && say(nameOf(target)));
  document.addEventListener("keydown", () => (saying = null), { capture: true }); // whoever goes on, has heard enough
  on.subscribe((asked) => (asked && document.activeElement ? say(nameOf(document.activeElement)) : hush()));

  /** What is said now, ends. */
  function hush() {
    saying = following = null;
    player.pause();
    speech?.cancel();
  }

  /** What has waited is said next. */
  function ended() {
    const next = following;
    saying = following = null;
    if (next) say(next);
  }

  /** @param {string} words */
  function byServer(words) {
    player.src = `${path}/aloud?${new URLSearchParams({ language: language.peek(), text: words.slice(0, LONGEST) })}`;
    player.volume = volume.value;
    player.play().catch(() => undefined); // something else is said by now, or the server is not reached
  }

  /** @param {string} words */
  function byBrowser(words) {
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.lang = language.peek();
    spoken.volume = volume.value;
    spoken.onend = () => saying === words && ended();
    speech.speak(spoken);
  }

  /** Say something instead of what is said now; unless that is to be heard to its end, then after it.
   *  @param {string} words @param {{whole?: boolean}} [how] */
  function say(words, { whole = false } = {}) {
    if (!on.peek() || !words) return;
    if (saying !== null && !whole) {
      following = words;
      return;
    }
    hush();
    saying = whole ? words : null;
    if (spoken.includes(language.peek())) byServer(words);
    else if (speech) byBrowser(words);
  }

  return {
    /** whether there is a voice for the page's language */
    possible: computed(() => spoken.includes(language.value) || speaks(voices.value, language.value)),
    say,
  };
}
