// @ts-check
/** The supervisor's board: signed out, or a branch as it is now. All that it shows is the state that the server sends. */
import { announce } from "../announce.js";
import { ticking } from "../clock.js";
import { Problem, command } from "../command.js";
import { showConnection } from "../connection.js";
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { live } from "../live.js";
import { pageData } from "../page.js";
import { renewing } from "../renewing.js";
import { html, render, signal } from "../vendor/ui.js";
import { AgentDialog, Agents } from "./board_agents.js";
import { alertInWords, alertName, refusedInWords } from "./board.js";
import { LineDialog } from "./board_line.js";
import { NoticeDialog, Notices } from "./board_notices.js";
import { Alerts, Devices, Pocs, Queues } from "./board_parts.js";
import { Languages } from "./languages.js";
import { orders } from "./orders.js";
import { DeskContext } from "./parts.js";
import { SignIn } from "./sign_in.js";

const NOTED = 10_000; // ms that a remark stays
const OVER = [4401, 4404]; // the socket's words for: you may not watch this (any more)

const root = /** @type {HTMLElement} */ (document.querySelector("#app"));
const bar = /** @type {HTMLElement} */ (document.querySelector("#bar"));
const given = pageData(root).state;

/** Watch a board. @param {any} first its state */
function watch(first) {
  const query = first.branch ? `?branch=${encodeURIComponent(first.branch.id)}` : "";
  const line = live({ socket: `/supervisor/socket${query}`, state: first });
  line.clock.learn(first.now, first.rate);
  const note = signal(/** @type {{text: string, tone: string} | null} */ (null));
  const dialog = signal(/** @type {{name: string, of?: any} | null} */ (null));
  /** @type {any} */ let timer;

  /** @param {string} text @param {string} tone */
  function say(text, tone) {
    clearTimeout(timer);
    note.value = { text, tone };
    timer = setTimeout(() => (note.value = null), NOTED);
  }

  const { give, underWay } = orders(
    ({ path, body, method }) => line.command(`/supervisor/api/${path}${query}`, body, { method }),
    (error) => {
      if (error instanceof Problem && error.status === 401) location.reload();
      else if (error instanceof Problem) say(refusedInWords(error), "bad");
      else throw error;
    },
  );

  /** Ask the server for something; whether it was done. @param {string} path @param {unknown} [body] @param {string} [method] */
  async function act(path, body, method = "POST") {
    if (line.connection.value === "offline") return false;
    return (await give(path + JSON.stringify(body ?? null), () => ({ method, path, body }))) !== null;
  }

  line.closeCode.subscribe((code) => code !== null && OVER.includes(code) && location.reload());
  tellNewAlerts(line);
  return { line, now: ticking(line.clock), act, underWay, note, dialog, query };
}

/** Say alerts aloud that were not there before. @param {import("../live.js").Live} line */
function tellNewAlerts(line) {
  let known = new Set(line.state.value.alerts.map(alertName));
  line.state.subscribe((state) => {
    const fresh = state.alerts.filter((/** @type {any} */ alert) => !known.has(alertName(alert)));
    known = new Set(state.alerts.map(alertName));
    if (fresh.length) announce(fresh.map(alertInWords).join(" "));
    document.title = state.alerts.length
      ? _("(%(alerts)s) %(place)s – Supervisor", { alerts: state.alerts.length, place: placeName(state) })
      : _("%(place)s – Supervisor", { place: placeName(state) });
  });
}

/** @param {any} state */
function placeName(state) {
  return state.branch ? state.branch.label : _("All branches");
}

async function leave() {
  try {
    await command("/desk/api/session", undefined, { method: "DELETE" });
  } finally {
    location.reload();
  }
}

/** Another branch's board, in the same language. @param {string} key "" is all of them */
function go(key) {
  const query = new URLSearchParams(location.search);
  if (key) query.set("branch", key);
  else query.delete("branch");
  location.search = String(query);
}

/** @param {{board: ReturnType<typeof watch> | null}} props */
function Header({ board }) {
  const brand = html`<span class="brand"><img src=${bar.dataset.mark} alt="" />Turnero</span>`;
  if (!board) return brand;
  const state = board.line.state.value;
  return html`${brand}
    <div class="board-place">
      <label class="visually-hidden" for="branch">${_("Branch")}</label>
      ${icon("map-pin")}
      <select class="input" id="branch" name="branch" onChange=${(/** @type {any} */ event) => go(event.currentTarget.value)}>
        <option value="" selected=${!state.branch}>${_("All branches")}</option>
        ${state.branches.map(
          (/** @type {any} */ one) => html`<option value=${one.key} selected=${one.id === state.branch?.id}>${one.label}</option>`,
        )}
      </select>
    </div>
    <p class="bar-who"><span class="bar-name"><bdi>${state.agent.name}</bdi></span></p>
    <div class="bar-tools">
      <a class="button quiet only-icon" href="/reports" aria-label=${_("Reports")} title=${_("Reports")}>${icon("chart-column")}</a>
      <a class="button quiet only-icon" href="/admin/devices" aria-label=${_("Devices")} title=${_("Devices")}>${icon("monitor")}</a>
      ${["manager", "owner"].includes(state.agent.role) &&
      html`<a class="button quiet only-icon" href="/admin" aria-label=${_("Administration")} title=${_("Administration")}>${icon("settings")}</a>`}
      <a class="button quiet only-icon" href="/desk" aria-label=${_("Desk")} title=${_("Desk")}>${icon("headset")}</a>
      <button type="button" class="button quiet only-icon" data-action="sign-out" onClick=${leave}
        aria-label=${_("Sign out %(name)s", { name: state.agent.name })} title=${_("Sign out %(name)s", { name: state.agent.name })}>
        ${icon("log-out", { directional: true })}
      </button>
    </div>`;
}

/** @param {{board: ReturnType<typeof watch> | null}} props */
function Main({ board }) {
  if (!board) return html`<${SignIn} said="" onIn=${() => location.reload()} />`;
  return html`<${DeskContext.Provider} value=${board}>
    <div class="board">
      <h1 class="visually-hidden">${_("Supervisor: %(place)s", { place: placeName(board.line.state.value) })}</h1>
      <${Alerts} /><${Queues} /><${Agents} /><${Pocs} /><${Devices} /><${Notices} />
    </div>
    <${Languages} />
    <${Dialogs} board=${board} />
    <${Note} board=${board} />
  <//>`;
}

/** @param {{board: any}} props */
function Dialogs({ board }) {
  const open = board.dialog.value;
  if (open?.name === "line") return html`<${LineDialog} of=${open.of} />`;
  if (open?.name === "agent") return html`<${AgentDialog} of=${open.of} />`;
  return open?.name === "notice" ? html`<${NoticeDialog} />` : null;
}

/** What came of a command; in a dialog it stands there. @param {{board: any}} props */
function Note({ board }) {
  const said = board.note.value;
  return html`<div class="toasts" role="alert">
    ${said && !board.dialog.value && html`<p class="toast" data-tone=${said.tone}>${icon("circle-alert")}<span>${said.text}</span></p>`}
  </div>`;
}

const board = given ? watch(given) : null;
if (board) {
  showConnection(board.line);
  renewing(board.line, () => board.dialog.peek() === null);
}
document.body.dataset.at = board ? "board" : "door";
root.replaceChildren();
bar.replaceChildren();
render(html`<${Header} board=${board} />`, bar);
render(html`<${Main} board=${board} />`, root);
