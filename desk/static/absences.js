// @ts-check
/** Why agents go away: what the account offers to choose from, in its own words, or what every account has. */
import { N_, _, language } from "../i18n.js";
import { nameIn } from "../own.js";

/** @typedef {import("../own.js").Named} Named */

/** What is understood in every language, as the server keeps it; any other text is shown as it is. */
const KNOWN = {
  break: N_("Break"),
  lunch: N_("Lunch"),
  meeting: N_("Meeting"),
  training: N_("Training"),
  "back office": N_("Back office"),
};

/** What can be chosen, as the server keeps it. @param {Named[]} absences the account's own @returns {string[]} */
export function reasonsOf(absences) {
  return absences.length > 0 ? absences.map(({ name }) => name) : Object.keys(KNOWN);
}

/** @param {string | null | undefined} reason @param {Named[]} absences @param {string} [tag] @returns {string} */
export function reasonInWords(reason, absences, tag = language.value) {
  if (!reason) return "";
  const own = absences.find(({ name }) => name === reason);
  const said = own ? nameIn(own, tag) : reason;
  return said === reason && Object.hasOwn(KNOWN, reason) ? _(KNOWN[/** @type {keyof typeof KNOWN} */ (reason)]) : said;
}
