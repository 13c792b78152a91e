// @ts-check
/**
 * What has the focus, said aloud, for those who hear better than they see: with a voice of the browser's own, where it
 * has one for the language.
 */
import { language } from "../i18n.js";
import { computed, signal } from "../vendor/ui.js";

/** What a thing that can be pressed or filled in is called. @param {Element} element @returns {string} */
export function nameOf(element) {
  const labels = /** @type {HTMLInputElement} */ (element).labels;
  const said = element.getAttribute("aria-label") ?? (labels?.length ? labels[0].textContent : element.textContent);
  return (said ?? "").replace(/\s+/g, " ").trim();
}

/** @param {{lang: string}[]} voices @param {string} tag */
export const speaks = (voices, tag) => voices.some(({ lang }) => lang.toLowerCase().split(/[-_]/)[0] === tag.split("-")[0]);

/**
 * @param {{value: boolean}} on whether somebody has asked for it
 * @param {{value: number}} volume 0 to 1
 */
export function aloud(on, volume) {
  const voices = signal(/** @type {SpeechSynthesisVoice[]} */ ([]));
  const speech = globalThis.speechSynthesis;
  const look = () => (voices.value = speech.getVoices());
  if (speech) {
    look();
    speech.addEventListener?.("voiceschanged", look);
    document.addEventListener("focusin", ({ target }) => target instanceof Element && say(nameOf(target)));
  }

  /** @param {string} words */
  function say(words) {
    if (!on.value || !words) return;
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.lang = language.value;
    spoken.volume = volume.value;
    speech.cancel();
    speech.speak(spoken);
  }

  return {
    /** whether there is a voice for the page's language */
    possible: computed(() => speaks(voices.value, language.value)),
    say,
  };
}
