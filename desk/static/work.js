// @ts-check
/**
 * What an agent can do now, and in which words: pure functions of the desk's state.
 *
 * One button stands in one place all day, the primary one. Beside it stands the action that competes with it, above them
 * those for the less common turn of events.
 */
import { N_, _ } from "../i18n.js";
import { several } from "./lane.js";
import { allPush } from "./queues.js";

/** @typedef {"out" | "idle" | "away" | "missed" | "ringing" | "called" | "serving" | "wrap_up"} Phase */
/** @typedef {{method: string, path: string, body?: unknown}} Order what is sent to the server */
/** @typedef {{primary: string, beside?: string, more: string[]}} Layout names of actions */

/** Where the agent stands. @param {any} state @returns {Phase} */
export function phaseOf(state) {
  if (state.offer) return "ringing";
  if (state.ticket) return state.ticket.state === "called" ? "called" : "serving";
  const { state: session } = state.session;
  return session === "offline" ? "out" : ["away", "missed", "wrap_up"].includes(session) ? session : "idle";
}

/** @type {Record<Phase, Layout>} */
const LAYOUTS = {
  out: { primary: "idle", more: [] },
  away: { primary: "idle", more: [] },
  missed: { primary: "idle", more: [] },
  idle: { primary: "next", more: [] },
  ringing: { primary: "answer", beside: "decline", more: [] },
  called: { primary: "next", beside: "serve", more: ["recall", "no-show", "finish", "park", "transfer"] },
  serving: { primary: "next", beside: "finish", more: ["recall", "park", "transfer"] },
  wrap_up: { primary: "next", beside: "wrap-up", more: [] },
};

/** With several at once nobody is finished by calling another one. @type {Partial<Record<Phase, Layout>>} */
const LAYOUTS_OF_SEVERAL = {
  called: { primary: "serve", beside: "finish", more: ["recall", "no-show", "park", "transfer"] },
  serving: { primary: "finish", more: ["recall", "park", "transfer"] },
};

/** What can be done in the middle of the desk. @param {any} state @returns {Layout} */
export function layoutOf(state) {
  const phase = phaseOf(state);
  const layout = layoutIn(phase, state);
  const called = state.ticket?.poc; // a visitor who came by video is on no screen, and cannot be called again
  return called ? layout : { ...layout, more: layout.more.filter((name) => name !== "recall") };
}

/** @param {Phase} phase @param {any} state @returns {Layout} */
function layoutIn(phase, state) {
  const other = several(state) ? LAYOUTS_OF_SEVERAL[phase] : undefined;
  if (!other) return LAYOUTS[phase];
  const calls = state.lanes.length < state.capacity && !allPush(state.queues);
  return calls ? { ...other, more: ["next", ...other.more] } : other;
}

/** What can be done in the bar, whatever else happens. @param {any} state @returns {string[]} */
export function besideWork(state) {
  const phase = phaseOf(state);
  if (phase === "out") return [];
  if (phase === "away") return ["offline"];
  return state.session.pending_away != null ? ["idle", "offline"] : ["away", "offline"];
}

/** Whether an action is shown, but cannot be taken. @param {string} name @param {any} state */
export function withheld(name, state) {
  const here = several(state) ? state.lanes.some((/** @type {any} */ lane) => lane.ticket) : state.ticket;
  return name === "offline" && Boolean(here); // somebody sits at the desk
}

/** Everything that can be done now. @param {any} state @returns {string[]} */
export function actionsOf(state) {
  const { primary, beside, more } = layoutOf(state);
  const shown = [primary, beside, ...more, ...besideWork(state), ...(state.parked?.length ? ["resume"] : [])];
  return shown.filter((name) => name !== undefined && !withheld(name, state)).map(String);
}

const ICONS = {
  idle: "play",
  away: "coffee",
  offline: "moon",
  next: "megaphone",
  answer: "phone",
  decline: "x",
  recall: "bell-ring",
  serve: "user-check",
  "no-show": "user-x",
  finish: "check",
  "wrap-up": "check",
  park: "pause",
  resume: "history",
  transfer: "arrow-right-left",
  undo: "undo-2",
};

/** @param {string} name @returns {string} the icon of an action */
export function iconOf(name) {
  return ICONS[/** @type {keyof typeof ICONS} */ (name)] ?? "check";
}

/** What a button says. @param {string} name @param {any} state @returns {string} */
export function labelOf(name, state) {
  const phase = phaseOf(state);
  switch (name) {
    case "idle":
      return phase === "out" ? _("Start work") : state.session.pending_away != null ? _("Stay ready") : _("I am ready");
    case "away":
      return _("Away");
    case "offline":
      return _("Go offline");
    case "next":
      return state.ticket && !several(state) ? _("Finish and call next") : _("Call next");
    case "answer":
      return _("Answer");
    case "decline":
      return _("Decline");
    case "recall":
      return _("Call again");
    case "serve":
      return _("Start serving");
    case "no-show":
      return _("No-show");
    case "finish":
      return _("Finish");
    case "wrap-up":
      return _("Ready now");
    case "park":
      return _("Park");
    case "resume":
      return _("Resume");
    case "transfer":
      return _("Transfer");
    default:
      return _("Undo");
  }
}

/**
 * What an action asks of the server. It names the person whom the agent saw when he chose it: a command that comes late
 * is refused then, rather than carried out on whoever is there by now.
 * @param {string} name @param {any} state @param {Record<string, unknown>} [more] what the agent has chosen with it
 * @returns {Order}
 */
export function orderOf(name, state, more = {}) {
  const about = state.ticket ? { ticket: state.ticket.id, ...more } : more;
  switch (name) {
    case "idle":
    case "away":
    case "offline":
      return { method: "PUT", path: "/desk/api/presence", body: { state: name, ...more } };
    case "answer":
    case "decline":
      return { method: "POST", path: `/desk/api/offers/${encodeURIComponent(String(more.offer ?? state.offer?.id ?? "none"))}/${name}`, body: {} };
    case "next":
      return { method: "POST", path: "/desk/api/next", body: several(state) ? more : about };
    case "wrap-up":
      return { method: "POST", path: "/desk/api/wrap-up/finish", body: {} };
    case "undo":
    case "resume":
      return { method: "POST", path: `/desk/api/ticket/${name}`, body: more };
    default:
      return { method: "POST", path: `/desk/api/ticket/${name}`, body: about };
  }
}

/** @param {string} session the session's state @returns {string} */
export function sessionInWords(session) {
  switch (session) {
    case "idle":
      return _("Ready");
    case "ringing":
      return _("Ringing");
    case "busy":
      return _("With a visitor");
    case "wrap_up":
      return _("Wrap-up");
    case "away":
      return _("Away");
    case "missed":
      return _("Missed an offer");
    default:
      return _("Offline");
  }
}

/** @param {string} session @returns {"good" | "warn" | "accent" | "info" | ""} */
export function toneOf(session) {
  if (session === "idle") return "good";
  if (session === "ringing") return "accent";
  if (session === "missed") return "warn";
  return session === "wrap_up" || session === "busy" ? "info" : "";
}

/** @param {string} session @returns {string} */
export function signOf(session) {
  if (session === "ringing") return "bell-ring";
  if (session === "busy") return "user";
  if (session === "missed") return "triangle-alert";
  if (session === "away") return "coffee";
  if (session === "wrap_up") return "pencil";
  return session === "idle" ? "circle-check" : "moon";
}

/** The window's title: what matters first, because that is what a tab shows. @param {any} state @returns {string} */
export function titleOf(state) {
  const number = (state.offer?.ticket ?? state.ticket)?.number;
  switch (phaseOf(state)) {
    case "ringing":
      return _("● %(number)s is ringing – Desk", { number });
    case "called":
      return _("%(number)s called – Desk", { number });
    case "serving":
      return _("%(number)s – Desk", { number });
    default:
      return _("%(state)s – Desk", { state: sessionInWords(state.session.state) });
  }
}
