// @ts-check
/**
 * Words, numbers and times in the page's language.
 *
 * Import and use: the catalogue of `<html lang>` is there before the importing module runs. Components that call these
 * functions while they render are drawn anew when the language changes (`setLanguage`).
 *
 *     _("Counter %(poc)s", { poc: "3" })
 *     ngettext("%(num)s person ahead of you", "%(num)s people ahead of you", ahead)
 *     fill(_("Please go to %(poc)s"), { poc: html`<strong>${label}</strong>` })
 *
 * Texts are written in English, as literals (tools/i18n.py collects them). Digits are always 0–9, as in templates:
 * a ticket's number must look the same wherever it stands.
 */
import { computed, signal } from "./vendor/ui.js";

/** @typedef {string | Record<string, string>} Message  a text, or one per plural category */
/** @typedef {Record<string, unknown>} Params */

const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];
const CONTEXT_END = "\x04"; // as gettext keeps it

/**
 * Put values into a text that marks their places as `%(name)s`; a name without a value is left as it is.
 * @param {string} text @param {Params} params @returns {string}
 */
export function put(text, params) {
  return text.replace(/%\((\w+)\)[sd]|%%/g, (whole, name) =>
    whole === "%%" ? "%" : name in params ? String(params[name]) : whole,
  );
}

/**
 * Like `put`, for values that are elements: the parts in order, for a template to hold.
 * @param {string} text @param {Params} params @returns {unknown[]}
 */
export function fill(text, params) {
  return text.split(/(%\(\w+\)[sd])/).map((part) => {
    const name = /^%\((\w+)\)[sd]$/.exec(part)?.[1];
    return name && name in params ? params[name] : part.replaceAll("%%", "%");
  });
}

/** @param {string} tag @returns {"ltr" | "rtl"} */
export function directionOf(tag) {
  return RIGHT_TO_LEFT.includes(tag.split("-")[0]) ? "rtl" : "ltr";
}

/** @param {number} value @param {number} size */
const whole = (value, size) => Math.floor(value / size);

/**
 * One language: its words and its ways to write numbers and times. The page's own is behind the functions below; a
 * screen that speaks several at once asks `translator(tag)` for others.
 */
export class Translator {
  /** @param {string} tag @param {Record<string, Message>} messages */
  constructor(tag, messages = {}) {
    this.tag = tag;
    this.messages = messages;
    this.direction = directionOf(tag);
    this.locale = `${tag}-u-nu-latn`;
    this.plural = new Intl.PluralRules(tag);
  }

  /** @param {string} text @param {Params} [params] @returns {string} */
  gettext = (text, params) => {
    const found = this.messages[text];
    return put(typeof found === "string" ? found : text, params ?? {});
  };

  /** @param {string} context @param {string} text @param {Params} [params] @returns {string} */
  pgettext = (context, text, params) => {
    const found = this.messages[context + CONTEXT_END + text];
    return put(typeof found === "string" ? found : text, params ?? {});
  };

  /** @param {string} one @param {string} many @param {number} count @param {Params} [params] @returns {string} */
  ngettext = (one, many, count, params) => {
    const found = this.messages[one];
    const text = typeof found === "object" ? found[this.plural.select(count)] ?? found.other : count === 1 ? one : many;
    return put(text, { num: this.number(count), ...params });
  };

  /** @param {number} value @param {Intl.NumberFormatOptions} [options] @returns {string} */
  number = (value, options) => new Intl.NumberFormat(this.locale, options).format(value);

  /** As short as people still read it: Arabic's own short form is a single letter. @param {number} value @param {string} unit */
  #unit = (value, unit) =>
    this.number(value, { style: "unit", unit, unitDisplay: this.tag === "ar" ? "long" : "short" });

  /** A number of minutes: `5 min`. @param {number} value @returns {string} */
  minutes = (value) => this.#unit(Math.round(value), "minute");

  /** A wait as the range it is: `5–10 min`. @param {{p50: number, p90: number}} range in minutes @returns {string} */
  wait = ({ p50, p90 }) => {
    const [low, high] = [Math.round(p50), Math.round(p90)];
    return low === high ? this.minutes(high) : `${this.number(low)}–${this.minutes(high)}`;
  };

  /** How long, in its two largest units: `1 hr 5 min`, `45 sec`. @param {number} seconds @returns {string} */
  duration = (seconds) => {
    const all = Math.round(seconds);
    const parts = [[whole(all, 3600), "hour"], [whole(all % 3600, 60), "minute"], [all < 60 ? all : 0, "second"]];
    const shown = parts.filter(([value]) => value);
    return (shown.length ? shown : [[0, "second"]]).map(([v, unit]) => this.#unit(Number(v), String(unit))).join(" ");
  };

  /** Minutes and seconds as on a stopwatch: `2:05`. @param {number} seconds @returns {string} */
  stopwatch = (seconds) => {
    const all = Math.max(0, Math.floor(seconds));
    const [hours, minutes] = [whole(all, 3600), whole(all % 3600, 60)];
    const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
    return hours ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
  };

  /**
   * The wall time of an instant in a zone: `14:05`.
   * @param {string | number | Date} instant @param {string} [zone] @param {Intl.DateTimeFormatOptions} [options]
   */
  time = (instant, zone, options = { timeStyle: "short" }) =>
    new Intl.DateTimeFormat(this.locale, { timeZone: zone, ...options }).format(new Date(instant));

  /**
   * The local day of an instant in a zone: `Friday, 20 November`.
   * @param {string | number | Date} instant @param {string} [zone] @param {Intl.DateTimeFormatOptions} [options]
   */
  day = (instant, zone, options = { weekday: "long", day: "numeric", month: "long" }) => this.time(instant, zone, options);

  /** Several things as one phrase: `A, B and C`. @param {string[]} things @returns {string} */
  list = (things) => new Intl.ListFormat(this.tag).format(things);
}

const ENGLISH = "en"; // what the texts are written in: nothing to fetch

/** Where the words of this page's scripts are, as it says itself. */
const folder = () => globalThis.document?.querySelector("meta[name=words]")?.getAttribute("content") ?? "locale";

/**
 * Fetch another language's words. Where they cannot be had, the texts stay English.
 * @param {string} tag @returns {Promise<Translator>}
 */
export async function translator(tag) {
  if (tag === ENGLISH) return new Translator(tag);
  try {
    const reply = await fetch(new URL(`./${folder()}/${tag}.json`, import.meta.url));
    return new Translator(tag, reply.ok ? await reply.json() : {});
  } catch {
    return new Translator(tag);
  }
}

const current = signal(new Translator(ENGLISH));

/** The page's language, a signal: `language.value` is its tag. */
export const language = computed(() => current.value.tag);

/** Change the page's language without loading it anew. @param {string} tag */
export async function setLanguage(tag) {
  const next = await translator(tag);
  current.value = next;
  document.documentElement.lang = next.tag;
  document.documentElement.dir = next.direction;
}

/** @param {string} text @param {Params} [params] */
export const _ = (text, params) => current.value.gettext(text, params);
/** @param {string} context @param {string} text @param {Params} [params] */
export const pgettext = (context, text, params) => current.value.pgettext(context, text, params);
/** @param {string} one @param {string} many @param {number} count @param {Params} [params] */
export const ngettext = (one, many, count, params) => current.value.ngettext(one, many, count, params);
/** Mark a text for translation where it stands, to be given to `_` later. @param {string} text */
export const N_ = (text) => text;

/** @type {Translator["number"]} */ export const number = (...a) => current.value.number(...a);
/** @type {Translator["minutes"]} */ export const minutes = (...a) => current.value.minutes(...a);
/** @type {Translator["wait"]} */ export const wait = (...a) => current.value.wait(...a);
/** @type {Translator["duration"]} */ export const duration = (...a) => current.value.duration(...a);
/** @type {Translator["stopwatch"]} */ export const stopwatch = (...a) => current.value.stopwatch(...a);
/** @type {Translator["time"]} */ export const time = (...a) => current.value.time(...a);
/** @type {Translator["day"]} */ export const day = (...a) => current.value.day(...a);
/** @type {Translator["list"]} */ export const list = (...a) => current.value.list(...a);

if (typeof document !== "undefined") current.value = await translator(document.documentElement.lang || ENGLISH);
