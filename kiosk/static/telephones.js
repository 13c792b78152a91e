// @ts-check
/** Telephone numbers that people leave at a kiosk: to be called when somebody is there, or written to about a number. */
import { announce } from "../announce.js";
import { Problem, command } from "../command.js";
import { N_, _, language } from "../i18n.js";
import { batch, signal } from "../vendor/ui.js";
import { reason } from "./refusals.js";

const NO_NUMBER = N_("Please type a telephone number.");
const WRONG_NUMBER = N_("We cannot write to this number. Please check it; type it with the code of its country, as +56.");
const TOO_LATE = N_("It is your turn already.");

/** @template T @typedef {{value: T}} Signal */

/**
 * @param {object} flow
 * @param {string} flow.path of the kiosk
 * @param {Signal<"start" | "code" | "taken" | "message" | "call-back">} flow.view
 * @param {Signal<import("./flow.js").Taken | null>} flow.taken
 * @param {Signal<string | null>} flow.problem a text to translate
 * @param {Signal<string | null>} flow.busy
 * @param {ReturnType<typeof import("./intents.js").intents>} flow.wishes
 */
export function telephones({ path, view, taken, problem, busy, wishes }) {
  const about = signal(/** @type {import("./flow.js").Queue | null} */ (null)); // what to call somebody about
  const phone = signal("");
  const promised = signal(false);
  const written = signal(/** @type {string | null} */ (null)); // the number that is written to, half hidden

  /** @param {"taken" | "message" | "call-back"} next */
  function turnTo(next) {
    batch(() => {
      view.value = next;
      phone.value = "";
      problem.value = null;
    });
  }

  /**
   * Send the number that was typed.
   * @param {string} what @param {string} where @param {Record<string, unknown>} rest of the wish
   * @param {Record<number, string>} refusals by status
   * @returns {Promise<any>} the answer; undefined where there is none
   */
  async function send(what, where, rest, refusals) {
    if (busy.value !== null) return undefined;
    const wish = { ...rest, phone: phone.value.trim(), language: language.value };
    problem.value = wish.phone ? null : NO_NUMBER;
    if (!wish.phone) return undefined;
    busy.value = what;
    try {
      return await command(`${path}/${where}`, wish, { key: wishes.key([where, wish]) });
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      problem.value = refusals[refused.status] ?? reason(refused);
      return undefined;
    } finally {
      busy.value = null;
    }
  }

  return {
    phone,
    promised,
    written,
    /** @param {string} number */
    dial(number) {
      phone.value = number;
      problem.value = null;
    },
    /** Ask for a number to call. @param {import("./flow.js").Queue} queue */
    askWhomToCall(queue) {
      about.value = queue;
      turnTo("call-back");
    },
    askWhomToWrite: () => turnTo("message"),
    backToTicket: () => turnTo("taken"),
    /** Have somebody called as soon as somebody is there. */
    async leave() {
      if (!(await send("call-back", "callbacks", { queue: about.value?.key }, { 422: NO_NUMBER }))) return;
      wishes.forget();
      promised.value = true;
      announce(_("We will call you as soon as somebody is here."), { urgent: true });
    },
    /** Have messages sent about the number that was given out. */
    async write() {
      const answer = await send("write", "messages", { ticket: taken.value?.id }, { 410: TOO_LATE, 422: WRONG_NUMBER });
      if (!answer) return;
      written.value = answer.to;
      turnTo("taken");
      announce(`${_("We will write to:")} ${answer.to}`, { urgent: true });
    },
    /** As nobody had been here. */
    forget() {
      about.value = written.value = null;
      phone.value = "";
      promised.value = false;
    },
  };
}
