// @ts-check
/** Why something was refused, in words for a visitor. */
import { N_, _ } from "../i18n.js";

/** The element that says it. */
export const REFUSAL = "refusal";

/** Why nobody can be given a number while the server is not reached. */
export const UNREACHABLE = N_("There is no connection, so we cannot give you a number. Please ask a member of staff.");

/** Why a service that is shown cannot be chosen, where nothing more is known. */
export const CLOSED = N_("This is closed at the moment.");

/** Where somebody is in line already, and will be called. */
const ELSEWHERE = N_("You have checked in at %(branch)s already, and will be called there. Please go there, or ask a member of staff.");

const ASK = N_("That did not work. Please try again, or ask a member of staff.");

/** By what is said in the problem: its `winner`, or its `kind`, or its status. @type {Record<string, string>} */
const REASONS = {
  closed: N_("We are closed at the moment."),
  full: N_("So many people are waiting that we cannot give more numbers at the moment."),
  closing: N_("Whoever takes a number now could not be served before we close."),
  unstaffed: N_("Nobody serves this at the moment. Please choose something else, or ask a member of staff."),
  "another day": N_("This appointment is for another day. Please ask a member of staff."),
  appointment: N_("We do not know this code. Please check it, or ask a member of staff."),
  cancelled: N_("This appointment was cancelled. Please ask a member of staff."),
  completed: N_("This appointment is over. Please ask a member of staff."),
  queue: N_("This service is not offered here any more."),
  0: UNREACHABLE,
  428: N_("This service needs a form first. Please ask a member of staff."),
  503: N_("We cannot give numbers at the moment. Please try again in a minute, or ask a member of staff."),
};

/** Why a service that is shown cannot be chosen. @param {string | null} word @returns {string} a text to translate */
export const closedFor = (word) => (word === "closed" ? CLOSED : (REASONS[word ?? ""] ?? CLOSED));

/**
 * @param {{status: number, details?: Record<string, any>}} problem
 * @returns {string} a text to translate, or one that is translated already
 */
export function reason({ status, details = {} }) {
  const { winner, kind, branch } = details;
  if (winner === "another branch") return _(ELSEWHERE, { branch });
  const gone = status === 404 || status === 410 ? REASONS[kind] : undefined;
  return REASONS[winner] ?? gone ?? REASONS[status] ?? ASK;
}
