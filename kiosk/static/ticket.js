// @ts-check
/** A visitor's own ticket, live: how many are ahead, where to go, and what to do about being late. */
import { announce } from "../announce.js";
import { awake } from "../awake.js";
import { Problem } from "../command.js";
import { showConnection } from "../connection.js";
import { N_, _, wait } from "../i18n.js";
import { icon } from "../icons.js";
import { keeping, letGo } from "../keeping.js";
import { live } from "../live.js";
import { Own, own } from "../own.js";
import { pageData } from "../page.js";
import { sound } from "../sound.js";
import { computed, effect, html, render, signal } from "../vendor/ui.js";
import { calling } from "./calling.js";
import { heading, isTurn, rings, sentence, title } from "./ticket-words.js";

const OVER = ["done", "cancelled", "expired"];

const root = /** @type {HTMLElement} */ (document.querySelector("#ticket"));
/** @type {{path: string, state: import("./ticket-words.js").State}} */
const page = pageData(root);
const line = live({ socket: `${page.path}/socket`, poll: `${page.path}/state`, state: page.state });
const sounds = sound();
const call = calling(sounds);
const asking = signal(false);
const busy = signal(/** @type {string | null} */ (null));
const problem = signal(/** @type {string | null} */ (null));

/** @param {"leave" | "later"} what */
async function act(what) {
  if (busy.value !== null) return;
  busy.value = what;
  problem.value = null;
  try {
    await line.command(`${page.path}/${what}`);
  } catch (refused) {
    if (!(refused instanceof Problem)) throw refused;
    problem.value = refused.unreachable
      ? N_("There is no connection at the moment. Please try again.")
      : N_("That is not possible any more.");
  } finally {
    busy.value = null;
    asking.value = false;
  }
}

function Ticket() {
  /** @type {import("./ticket-words.js").State} */
  const state = line.state.value;
  const turn = isTurn(state);
  return html`<article class="mine page narrow" data-state=${state.state} data-soon=${state.ahead === 0 ? "" : null}>
    <h1 class="visually-hidden">${_("Your ticket")}</h1>
    <section class="ticket">
      <div class="mine-number">
        <h2>${_("Your number")}</h2>
        <p class="number" style=${{ "--letters": String([...state.number].length) }} data-number>${state.number}</p>
        ${state.queue && html`<p><${Own} text=${state.queue.name} /></p>`}
      </div>
      <div class="ticket-stub mine-now">
        <p class="mine-heading" data-ahead=${state.ahead}>${heading(state)}</p>
        ${turn && state.poc && html`<p class="mine-poc">${icon("arrow-right", { directional: true })}<span data-poc><${Own} text=${state.poc.label} /></span></p>`}
        ${state.wait_minutes && html`<p class="mine-wait">${icon("clock")} ${_("Wait: %(wait)s", { wait: wait(state.wait_minutes) })}</p>`}
        <p>${sentence(state)}</p>
        ${state.room_url &&
        html`<a class="button primary large block" href=${state.room_url} target="_blank" rel="noopener noreferrer">
          ${icon("video")} ${_("Join the conversation")}
        </a>`}
      </div>
    </section>
    <div role="alert">${problem.value && html`<p class="alert" data-tone="bad">${icon("circle-alert")}<span>${_(problem.value)}</span></p>`}</div>
    <${Actions} state=${state} />
  </article>`;
}

/** @param {{state: import("./ticket-words.js").State}} props */
function Actions({ state }) {
  if (asking.value && state.can_leave) return html`<${Leaving} />`;
  const waits = state.state === "waiting" || state.state === "offered";
  return html`<div class="mine-actions">
    ${waits &&
    html`<button class="button large" type="button" aria-pressed=${call.on.value ? "true" : "false"} onClick=${call.turn}>
      ${icon(call.on.value ? "bell-ring" : "bell")} ${call.on.value ? _("This phone will ring") : _("Ring when it is my turn")}
    </button>`}
    ${state.can_later &&
    html`<button class="button large" type="button" aria-busy=${busy.value === "later" ? "true" : null} onClick=${() => act("later")}>
      ${icon("hourglass")} ${_("I am late: let three people pass")}
    </button>`}
    ${state.can_leave &&
    html`<button class="button large quiet" type="button" onClick=${() => (asking.value = true)}>
      ${icon("door-open")} ${_("Leave the queue")}
    </button>`}
  </div>`;
}

function Leaving() {
  return html`<div class="mine-actions" role="group" aria-labelledby="leaving">
    <p class="alert" data-tone="warn" id="leaving">${icon("triangle-alert")}<span>${_("Do you want to give up your place?")}</span></p>
    <button class="button large" type="button" autofocus onClick=${() => (asking.value = false)}>${_("Stay in the queue")}</button>
    <button class="button large danger primary" type="button" aria-busy=${busy.value === "leave" ? "true" : null} onClick=${() => act("leave")}>
      ${_("Leave the queue")}
    </button>
  </div>`;
}

/** @type {import("./ticket-words.js").State | null} */ let before = null;
line.state.subscribe((/** @type {import("./ticket-words.js").State} */ state) => {
  if (before && heading(before) !== heading(state)) announce([heading(state), state.poc && own(state.poc.label)].join(" "), { urgent: isTurn(state) });
  if (rings(before, state)) call.ring();
  before = state;
});
effect(() => {
  document.title = title(line.state.value);
  document.body.toggleAttribute("data-turn", isTurn(line.state.value));
});
awake(() => ["waiting", "offered"].includes(line.state.value.state));
root.replaceChildren();
render(html`<${Ticket} />`, root);
showConnection(line);
const kept = keeping();
const standing = computed(() => `${line.state.value.state} ${line.state.value.ahead === 0}`);
effect(() => void (OVER.includes(standing.value.split(" ")[0]) ? letGo() : kept.keep()));
