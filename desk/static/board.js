// @ts-check
/** What a board says, in words, and what can be chosen on it: pure functions of its state. */
import { _, list } from "../i18n.js";
import { inWords } from "./refusals.js";

/** Seconds since an instant of business time. @param {string | null} at @param {number} now ms */
export function ageOf(at, now) {
  return at === null ? null : Math.max(0, (now - Date.parse(at)) / 1000);
}

/**
 * Seconds since a device was seen: it is seen in machine time, which a sandbox's clock does not follow.
 * @param {any} state @param {string | null} at @param {number} now ms
 */
export function seenAgo(state, at, now) {
  return ageOf(at, now + Date.parse(state.machine_now) - Date.parse(state.now));
}

/** What is amiss. @param {any} alert @returns {string} */
export function alertInWords(alert) {
  const where = placeOf(alert);
  switch (alert.kind) {
    case "undeliverable":
      return _("Nobody on duty can serve %(where)s, and somebody waits.", { where });
    case "wait_over_target":
      return _("The wait in %(where)s is over its target.", { where });
    case "short_services":
      return _("%(agent)s finishes suspiciously fast.", { agent: alert.agent?.name ?? "" });
    case "help":
      return _("Somebody asks for help at kiosk %(kiosk)s.", { kiosk: where });
    case "printer":
      return _("The printer of kiosk %(kiosk)s: %(state)s", { kiosk: where, state: printerInWords(alert.printer).words });
    default:
      return alert.since === null
        ? _("The screen %(screen)s has never been seen.", { screen: where })
        : _("The screen %(screen)s does not show what it should.", { screen: where });
  }
}

/** The queue or device of an alert, with its branch. @param {any} alert @returns {string} */
function placeOf({ queue, branch, screen, kiosk }) {
  const place = queue ? (branch?.label ?? _("Remote")) : branch?.label;
  return [queue?.name ?? screen ?? kiosk ?? "", place].filter(Boolean).join(" · ");
}

/** One that is another alert has another name. @param {any} alert @returns {string} */
export function alertName({ kind, queue, branch, agent, screen, kiosk }) {
  return [kind, queue?.id, branch?.id, agent?.id, screen, kiosk].join(" ");
}

/** Whether somebody in a queue has waited too long. @param {any} queue @param {number} now ms */
export function overTarget(queue, now) {
  const age = ageOf(queue.waiting_since, now);
  return age !== null && queue.target_minutes > 0 && age > queue.target_minutes * 60;
}

/** Who could be given a ticket of a queue now. @param {any} state @param {string} queue its id */
export function takersOf(state, queue) {
  return state.agents.filter(
    (/** @type {any} */ agent) =>
      agent.state === "idle" && !agent.disconnected && agent.queues.some((/** @type {any} */ one) => one.id === queue),
  );
}

/** What a queue calls for: the queues that can be given to somebody, each once. @param {any} state */
export function queuesOf(state) {
  const found = new Map(state.queues.map((/** @type {any} */ one) => [one.id, one.name]));
  for (const agent of state.agents) for (const one of agent.queues) found.set(one.id, one.name);
  return [...found].map(([id, name]) => ({ id, name }));
}

/** Where somebody could sit, besides where he does. @param {any} state @param {any} agent */
export function seatsFor(state, agent) {
  return state.pocs
    .filter((/** @type {any} */ poc) => !poc.agent || poc.agent.id === agent.id)
    .map((/** @type {any} */ poc) => ({ id: poc.id, label: state.branch ? poc.label : `${poc.label} · ${poc.branch?.label ?? ""}` }));
}

/** How far a screen is with the calls. @param {any} screen @returns {{tone: string, words: string}} */
export function shownInWords({ painted, last_call }) {
  if (last_call === null) return { tone: "", words: _("No call yet") };
  if ((painted ?? 0) >= last_call) return { tone: "good", words: _("Shows the last call") };
  return { tone: "warn", words: _("Has not shown the last call") };
}

/** How the sound of a screen is. @param {string | null} audio @returns {{tone: string, words: string} | null} */
export function heardInWords(audio) {
  if (audio === "blocked") return { tone: "warn", words: _("Sound blocked") };
  if (audio === "off") return { tone: "", words: _("Sound off") };
  return audio === null ? null : { tone: "good", words: _("Heard") };
}

/** How the printer of a kiosk is. @param {string | null} printer @returns {{tone: string, words: string}} */
export function printerInWords(printer) {
  if (printer === "ok") return { tone: "good", words: _("Printer ready") };
  if (printer === "low") return { tone: "warn", words: _("Little paper") };
  if (printer === "out") return { tone: "bad", words: _("No paper") };
  return printer === null ? { tone: "", words: _("Printer unknown") } : { tone: "bad", words: _("Printer does not answer") };
}

/** What became of somebody in a line. @param {string} ticket his state @returns {string} */
export function standingInWords(ticket) {
  if (ticket === "offered") return _("Ringing");
  if (ticket === "called") return _("Called");
  if (ticket === "serving") return _("Being served");
  return ticket === "parked" ? _("Set aside") : _("Waiting");
}

/** Several names, or a dash. @param {{name: string}[]} things @returns {string} */
export function namesOf(things) {
  return things.length ? list(things.map(({ name }) => name)) : "–";
}

/** Why a command of a supervisor's was refused. @param {any} problem @returns {string} */
export function refusedInWords(problem) {
  const { kind, winner } = problem.details;
  if (problem.status === 410 && kind === "notice") return _("This notice is over already.");
  if (problem.status !== 409) return inWords(problem);
  if (kind === "agent" && winner === "does not serve this queue") return _("This agent does not serve this queue.");
  if (kind === "agent") return _("This agent would serve nobody there.");
  if (kind === "poc") return _("No place is free for that.");
  if (kind === "session") return sessionInTheWay(String(winner));
  if (winner === "an emergency") return _("Nobody is put before an emergency.");
  return _("Somebody else was faster. You see how things stand now.");
}

/** @param {string} state @returns {string} */
function sessionInTheWay(state) {
  if (state === "busy") return _("This agent is with a visitor. Take the ticket back first.");
  if (state === "ringing") return _("Somebody is ringing at this agent. Take the ticket back first.");
  if (state === "offline") return _("This agent is not signed in, or not connected.");
  return _("This agent is not free.");
}
