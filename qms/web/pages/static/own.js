// @ts-check
/**
 * What is an account's own on a page: the texts that it wrote itself, in the languages that it gave them in, and its logo.
 *
 *     html`<h2><${Own} text=${queue.name} /></h2>`
 *     document.title = own(branch.label)
 *
 * A text is looked for in the wished language (`es-CL`), in the language at large (`es`), in the account's first
 * language, and is else as it was written. Components that use these are drawn anew when the language changes.
 */
import { directionOf, language } from "./i18n.js";
import { html } from "./vendor/ui.js";

/** @typedef {{written_in: string | null, translations: Record<string, Record<string, string>>}} Texts */
/** @typedef {{text: string, language: string | null}} Said  `language`: where it is another than the wished one */

/** @param {string} tag */
const primary = (tag) => tag.split("-")[0];

/** The languages in which a text is looked for, in that order. @param {string} tag @param {string | null} first */
const chain = (tag, first) => [tag, primary(tag), first].filter((one) => one !== null);

/** A text for somebody who reads a language. @param {Texts} texts @param {string} text @param {string} tag @returns {Said} */
export function said({ written_in: first, translations }, text, tag) {
  const other = (/** @type {string | null} */ one) => (one !== null && primary(one) !== primary(tag) ? one : null);
  for (const one of chain(tag, first)) {
    const table = Object.hasOwn(translations, one) ? translations[one] : {};
    if (Object.hasOwn(table, text)) return { text: table[text], language: other(one) };
  }
  return { text, language: other(first) };
}

/** @typedef {{name: string, translations: Record<string, string>, written_in: string | null}} Named  by its account */

/** What something is called that comes with its translations. @param {Named} named @param {string} tag @returns {string} */
export function nameIn({ name, translations, written_in: first }, tag) {
  const found = chain(tag, first).find((one) => Object.hasOwn(translations, one));
  return found === undefined ? name : translations[found];
}

const NONE = { written_in: null, translations: {} };

/** @param {string | undefined} address @returns {Promise<Texts>} */
async function fetched(address) {
  if (!address) return NONE;
  try {
    const reply = await fetch(address);
    return reply.ok ? await reply.json() : NONE;
  } catch {
    return NONE;
  }
}

const page = globalThis.document?.documentElement.dataset ?? {};
const texts = await fetched(page.ownTexts);

/** A text, without marks: for titles and attributes. @param {string} text @param {string} [tag] */
export const own = (text, tag = language.value) => said(texts, text, tag).text;

/** A text, apart from what stands around it, and marked where it is in another language.
 *  @param {{text: string, tag?: string}} props */
export function Own({ text, tag = language.value }) {
  const { lang, dir, found } = marked(text, tag);
  return html`<bdi lang=${lang} dir=${dir}>${found}</bdi>`;
}

/** A text with the marks of its language, where that is known and not the page's. @param {string} text @param {string} tag */
export function marked(text, tag) {
  const { text: found, language: other } = said(texts, text, tag);
  const lang = texts.written_in === null || (other ?? tag) === language.value ? null : other ?? tag;
  return { found, lang, dir: lang && directionOf(lang) };
}

/** The logo; nothing where there is none. */
export function Logo() {
  return page.ownLogo ? html`<img class="own-logo" src=${page.ownLogo} alt=${own(page.ownName ?? "")} />` : null;
}
