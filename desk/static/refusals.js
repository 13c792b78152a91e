// @ts-check
/** Why the server refused, in words that say what to do next: a pure function. */
import { _ } from "../i18n.js";

/** @param {{status: number, unreachable: boolean, details: Record<string, any>}} problem @returns {string} */
export function inWords(problem) {
  const { kind, winner } = problem.details;
  if (problem.unreachable) return _("The server did not answer. What you see is what it said last; please try again.");
  if (problem.status === 409) return conflict(String(kind), String(winner));
  if (problem.status === 410 && kind === "appointment") return appointmentOver(String(winner));
  if (problem.status === 410) return kind === "undo" ? _("It is too late to undo that.") : over(String(winner));
  if (problem.status === 404 && kind === "appointment") return _("There is no appointment with this code here.");
  if (problem.status === 404) return _("That is not there any more.");
  if (problem.status === 403) return _("You may not do that.");
  if (problem.status === 429) return _("Too many attempts. Please wait a minute.");
  if (problem.status >= 500) return _("The server cannot do that right now. Nothing was changed.");
  return _("The server did not accept that: %(reason)s", { reason: problem.details.detail || problem.details.title || problem.status });
}

/** @param {string} kind @param {string} winner @returns {string} */
function conflict(kind, winner) {
  if (kind === "poc" && winner === "none chosen") return _("Please choose your place first: visitors are called to it.");
  if (kind === "poc") return _("Somebody else is at that place. Please choose another.");
  if (kind === "branch") return _("The branch is closed now.");
  if (kind === "queue") return _("Nobody serves this queue now.");
  if (kind === "appointment") return appointment(winner);
  if (kind === "offer") return _("This offer has been answered already.");
  if (winner === "ringing") return _("Somebody is ringing at your desk. Please answer or decline first.");
  if (winner === "busy") return _("A visitor is at your desk. Please finish first.");
  if (winner === "offline") return _("You are offline. Please start work first.");
  if (kind === "session") return _("Nobody is at your desk right now.");
  return _("Somebody else was faster. You see how things stand now.");
}

/** @param {string} how @returns {string} */
function over(how) {
  if (how === "missed") return _("This offer was not answered in time.");
  if (how === "withdrawn") return _("This visitor has left, or the offer was taken back.");
  return _("This is over already.");
}

/** @param {string} winner @returns {string} */
function appointment(winner) {
  if (winner === "another day") return _("This appointment is on another day.");
  if (winner === "checked_in" || winner === "active") return _("Somebody has checked in for this appointment already.");
  return _("Somebody else was faster. You see how things stand now.");
}

/** @param {string} how @returns {string} */
function appointmentOver(how) {
  if (how === "cancelled") return _("This appointment was cancelled.");
  return how === "no_show" ? _("This appointment is marked as a no-show.") : _("This appointment is over.");
}
