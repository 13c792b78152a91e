// @ts-check
/** The day's appointments as the desk lists them: pure functions. */
import { _, ngettext } from "../i18n.js";
import { plain } from "./finding.js";

/** @typedef {{id: string, code: string | null, state: string, title: string, starts_at: string, ends_at: string,
 *             timezone: string, branch: any, service: any, agent: any, customer: any, arrival: string | null,
 *             ticket: {number: string, state: string} | null, end_reason: string | null, may: string[]}} Appointment */

/** What an appointment is for. @param {Appointment} it */
export function subjectOf(it) {
  return it.service?.title || it.title;
}

/** Whom it is for. @param {Appointment} it @returns {string} */
export function visitorOf(it) {
  return it.customer?.name || _("Without a name");
}

/** Letters and digits alone, for codes that are typed as people like. @param {string} text */
const bare = (text) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** Whether it is this visitor's, by name. @param {Appointment} it @param {string} text */
export function isNamed(it, text) {
  const name = plain(text.trim());
  return name !== "" && plain(it.customer?.name ?? "").includes(name);
}

/** Those with this in the name, or at the beginning of the code. @param {Appointment[]} all @param {string} text */
export function matching(all, text) {
  if (!text.trim()) return all;
  const code = bare(text);
  return all.filter((it) => isNamed(it, text) || (code !== "" && bare(it.code ?? "").startsWith(code)));
}

/** Those with whom something is still to be done, or who are here; and the others. @param {Appointment[]} all */
export function parted(all) {
  const open = all.filter(({ state, may }) => may.length > 0 || ["checked_in", "active"].includes(state));
  return { open, over: all.filter((it) => !open.includes(it)) };
}

/** How many are still to come. @param {Appointment[]} all */
export function expected(all) {
  return all.filter(({ state }) => state === "scheduled" || state === "confirmed").length;
}

/** The day so many days later. @param {string} date @param {number} days @returns {string} */
export function daysLater(date, days) {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * How it stands, as a badge; null where there is nothing to say.
 * @param {Appointment} it @param {number} now @returns {{tone: string, icon: string, words: string} | null}
 */
export function standing(it, now) {
  switch (it.state) {
    case "checked_in":
      return { tone: "good", icon: "ticket", words: it.ticket?.number ?? _("Checked in") };
    case "active":
      return { tone: "info", icon: "user-check", words: it.ticket?.number ?? _("Being served") };
    case "completed":
      return { tone: "", icon: "check", words: _("Served") };
    case "cancelled":
      return { tone: "", icon: "x", words: _("Cancelled") };
    case "no_show":
      return { tone: "warn", icon: "user-x", words: _("No-show") };
    default:
      return expectation(it, now);
  }
}

/** @param {Appointment} it @param {number} now */
function expectation(it, now) {
  const behind = Math.floor((now - Date.parse(it.starts_at)) / 60_000);
  if (behind >= 1) {
    const words = ngettext("%(num)s minute late", "%(num)s minutes late", behind);
    return { tone: it.arrival === "late" ? "warn" : "", icon: "clock", words };
  }
  return it.state === "confirmed" ? { tone: "", icon: "calendar-check", words: _("Confirmed") } : null;
}
