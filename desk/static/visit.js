// @ts-check
/** What is known of a visitor, made ready to be shown: pure functions. All of it is text, whatever it looks like. */
import { _, language, number } from "../i18n.js";

/** @typedef {{label: string, text: string}} Fact */

/** What the visitor said in the form; what was left empty is left out. @param {any[] | null | undefined} form @returns {Fact[]} */
export function answersOf(form) {
  return (form ?? [])
    .map((field) => ({ label: String(field.label || field.name || ""), text: answerText(field) }))
    .filter(({ text }) => text !== "");
}

/** @param {any} field @returns {string} */
function answerText({ value, options }) {
  const labels = new Map((options ?? []).map((/** @type {any} */ o) => [String(o.value), String(o.label ?? o.value)]));
  const one = (/** @type {unknown} */ it) => labels.get(String(it)) ?? plain(it);
  return (Array.isArray(value) ? value : [value]).map(one).filter((text) => text !== "").join(", ");
}

/** A value of any kind as text. @param {unknown} value @returns {string} */
function plain(value) {
  if (value === null || value === undefined || value === "") return "";
  if (value === true) return _("Yes");
  if (value === false) return _("No");
  if (typeof value === "number") return number(value, { useGrouping: false, maximumFractionDigits: 10 });
  return typeof value === "object" ? JSON.stringify(value) : String(value).trim();
}

/** What the vendor sent along with the ticket. @param {unknown} data @returns {Fact[]} */
export function sentAlong(data) {
  if (data === null || data === undefined || data === "") return [];
  if (typeof data !== "object" || Array.isArray(data)) return [{ label: _("Sent along"), text: plain(data) }];
  return Object.entries(data).map(([label, value]) => ({ label, text: plain(value) })).filter(({ text }) => text !== "");
}

/** The visitor's first name, if it is known. @param {any} customer @returns {string} */
export function nameOf(customer) {
  const name = customer?.firstname ?? customer?.name;
  return typeof name === "string" ? name.trim() : "";
}

/** A language by its name in the agent's own: `Spanish`. @param {string | null | undefined} tag @returns {string} */
export function languageName(tag) {
  if (!tag) return "";
  try {
    return new Intl.DisplayNames(language.value, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // what a vendor sent was no language
  }
}
