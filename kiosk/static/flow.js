// @ts-check
/** What a kiosk knows of the person in front of it, and what it does for them. */
import { announce } from "../announce.js";
import { Problem, command } from "../command.js";
import { N_, _, language, setLanguage } from "../i18n.js";
import { batch, computed, signal } from "../vendor/ui.js";
import { aloud } from "./aloud.js";
import { appointmentCode } from "./code.js";
import { intents } from "./intents.js";
import { UNREACHABLE, reason } from "./refusals.js";
import { telephones } from "./telephones.js";

/** @typedef {{id: string, key: string, name: string, open: boolean, closed_for: string | null, callback: boolean, room: number | null, opens_at: string | null, waiting: number,
 *             wait_minutes: {p50: number, p90: number} | null, classes: string[]}} Queue */
/** @typedef {{id: string, number: string, queue: {name: string}, ahead: number,
 *             wait_minutes: {p50: number, p90: number} | null, url: string, receipt: string}} Taken */

const HELP_SHOWN = 10_000; // ms that the answer covers what is below it
const HELP_COMES = N_("Staff have been told that you need help here.");
const NO_HELP = N_("We cannot reach anybody from here. Please ask a member of staff.");
const NO_CODE = N_("Please type the code of your appointment, or scan it.");

/**
 * @param {import("../live.js").Live} line the menu
 * @param {{path: string, spoken: string[]}} kiosk `spoken`: the languages in which the server reads aloud
 */
export function flow(line, { path, spoken }) {
  const first = { language: language.value, theme: document.documentElement.dataset.theme };
  const view = signal(/** @type {"start" | "code" | "taken" | "message" | "call-back"} */ ("start"));
  const taken = signal(/** @type {Taken | null} */ (null));
  const chosen = signal(/** @type {string | null} */ (null)); // the class that the person says to be of
  const problem = signal(/** @type {string | null} */ (null)); // a text to translate
  const code = appointmentCode(() => (problem.value = null));
  const busy = signal(/** @type {string | null} */ (null)); // the key of the queue that was tapped, or "check-in"
  const large = signal(false);
  const contrast = signal(false);
  const low = signal(false);
  const heard = signal(false); // whether what has the focus is said aloud
  const volume = computed(() => line.state.value.device.volume / 100);
  const voice = aloud(heard, volume, { path, spoken });
  const helped = signal(/** @type {string | null} */ (null)); // a text to translate
  const wishes = intents();
  const phones = telephones({ path, view, taken, problem, busy, wishes });

  /** Send a wish and show its ticket; a second one while it is under way is the same.
   *  @param {string} what @param {string} where @param {Record<string, unknown>} wish
   *  @returns {Promise<Problem | null>} why nothing came of it */
  async function send(what, where, wish) {
    if (busy.value !== null) return null;
    batch(() => {
      busy.value = what;
      problem.value = null;
    });
    try {
      show(await command(`${path}/${where}`, wish, { key: wishes.key([where, wish]) }));
      return null;
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      problem.value = reason(refused);
      voice.say(_(problem.value), { whole: true });
      return refused;
    } finally {
      busy.value = null;
    }
  }

  /** @param {Taken} answer */
  function show(answer) {
    wishes.forget();
    batch(() => {
      taken.value = answer;
      view.value = "taken";
      code.forget();
    });
    const said = _("Your number is %(number)s", { number: answer.number });
    announce(said, { urgent: true });
    voice.say(said, { whole: true });
  }

  /** @param {Queue} queue */
  function take(queue) {
    const priority = chosen.value !== null && queue.classes.includes(chosen.value) ? { class: chosen.value } : {};
    return send(queue.key, "tickets", { queue: queue.key, language: language.value, ...priority });
  }

  async function checkIn() {
    const typed = code.text.value.trim();
    if (!typed) {
      problem.value = NO_CODE;
      return;
    }
    if (busy.value !== null) return;
    code.sent();
    const refused = await send("check-in", "check-in", { code: typed, language: language.value });
    if (refused !== null) code.failed({ wrong: refused.status >= 400 && refused.status < 500 });
  }

  /** Call a member of staff. Where nobody can be told, whoever asks is sent. */
  async function askForHelp() {
    if (busy.value !== null) return;
    busy.value = "help";
    try {
      await command(`${path}/help`);
      helped.value = HELP_COMES;
    } catch {
      helped.value = NO_HELP;
    } finally {
      busy.value = null;
    }
    announce(_(helped.value ?? ""), { urgent: true });
    setTimeout(() => (helped.value = null), HELP_SHOWN);
  }

  /** @param {string} tag */
  async function speak(tag) {
    await setLanguage(tag);
    const address = new URL(location.href);
    address.searchParams.set("lang", tag);
    history.replaceState(null, "", address);
  }

  function appearance() {
    const { dataset } = document.documentElement;
    if (large.value) dataset.text = "large";
    else delete dataset.text;
    if (low.value) dataset.reach = "low";
    else delete dataset.reach;
    const theme = contrast.value ? "contrast" : first.theme;
    if (theme) dataset.theme = theme;
    else delete dataset.theme;
  }

  /** As nobody had been here. */
  function reset() {
    wishes.forget();
    batch(() => {
      view.value = "start";
      taken.value = chosen.value = problem.value = null;
      code.forget();
      phones.forget();
      large.value = contrast.value = low.value = heard.value = false;
      helped.value = null;
    });
    appearance();
    if (language.value !== first.language) void speak(first.language);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }

  line.connection.subscribe((now) => {
    if (now === "online" && problem.peek() === UNREACHABLE) problem.value = null;
  });

  return {
    menu: line.state,
    offline: computed(() => line.connection.value === "offline"),
    view,
    taken,
    chosen,
    code,
    problem,
    busy,
    large,
    contrast,
    low,
    heard,
    volume,
    voice,
    helped,
    askForHelp,
    take,
    checkIn,
    phones,
    speak,
    appearance,
    reset,
    /** Whether there is nothing to forget. */
    pristine: () =>
      view.value === "start" && !code.text.value && !problem.value && chosen.value === null && !large.value &&
      !contrast.value && !low.value && !heard.value && !helped.value && language.value === first.language,
  };
}

/** @typedef {ReturnType<typeof flow>} Flow */
