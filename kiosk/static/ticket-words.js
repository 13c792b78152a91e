// @ts-check
/** What a ticket's page says in each state. ticket_words.py says the same to those without scripts. */
import { N_, _, ngettext } from "../i18n.js";
import { own } from "../own.js";

/** @typedef {{id: string, number: string, state: string, queue: {name: string} | null, branch: {label: string} | null,
 *             ahead: number | null, wait_minutes: {p50: number, p90: number} | null, poc: {label: string} | null,
 *             recall: number, room_url: string | null, can_leave: boolean, can_later: boolean}} State */

const NEXT = [N_("You are next"), N_("Please stay close: your number will be called soon.")];

/** Heading and sentence by state. @type {Record<string, string[]>} */
const SAID = {
  waiting: NEXT,
  offered: NEXT,
  called: [N_("It is your turn"), N_("Please go there now.")],
  serving: [N_("It is your turn"), N_("You are expected there.")],
  parked: [N_("One moment, please"), N_("Your number was set aside. It will be called again.")],
  no_show: [N_("You were called"), N_("You did not come when you were called. Please ask a member of staff.")],
  done: [N_("Goodbye"), N_("Thank you for your visit.")],
  cancelled: [N_("You are no longer in the queue"), N_("If you want to come after all, please take a new number.")],
  expired: [N_("We have closed"), N_("Your number could not be called any more. Please come again.")],
};

/** Whether the visitor is awaited. @param {State} state */
export function isTurn({ state }) {
  return state === "called" || state === "serving";
}

/**
 * Whether to call the visitor's attention: it became his turn, or he was called once more.
 * @param {State | null} before @param {State} after
 */
export function rings(before, after) {
  return before !== null && isTurn(after) && (!isTurn(before) || after.recall > before.recall);
}

/** @param {State} state */
export function heading({ state, ahead }) {
  if (state !== "waiting" || !ahead) return _((SAID[state] ?? NEXT)[0]);
  return ngettext("%(num)s person ahead of you", "%(num)s people ahead of you", ahead);
}

/** @param {State} state */
export function sentence({ state, ahead, room_url: room }) {
  if (room) return _("Please join the conversation now.");
  return state === "waiting" && ahead ? _("Please watch this page or the screens.") : _((SAID[state] ?? NEXT)[1]);
}

/** @param {State} state */
export function title(state) {
  if (isTurn(state) && state.poc) return _("Your turn: %(poc)s", { poc: own(state.poc.label) });
  return `${state.number} · ${heading(state)}`;
}
