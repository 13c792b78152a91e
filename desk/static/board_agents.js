// @ts-check
/** The agents on the board: how each is, and what can be done about it. */
import { _, number } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useSignal } from "../vendor/ui.js";
import { reasonInWords, reasonsOf } from "./absences.js";
import { namesOf, queuesOf, seatsFor, standingInWords } from "./board.js";
import { Ago, useBoard } from "./board_parts.js";
import { Dialog } from "./dialog.js";
import { Refusal } from "./board_line.js";
import { sessionInWords, signOf, toneOf } from "./work.js";

export function Agents() {
  const state = useBoard().line.state.value;
  const there = state.agents.filter((/** @type {any} */ one) => one.state !== "offline");
  const gone = state.agents.filter((/** @type {any} */ one) => one.state === "offline");
  return html`<section class="panel board-agents" aria-labelledby="agents">
    <h2 id="agents">${_("Agents")} <span class="badge">${_("%(there)s of %(all)s signed in", { there: number(there.length), all: number(state.agents.length) })}</span></h2>
    ${there.length === 0 && html`<p class="soft">${_("Nobody is signed in.")}</p>`}
    <ul class="lines">${there.map((/** @type {any} */ one) => html`<${Agent} key=${one.id} agent=${one} />`)}</ul>
    ${gone.length > 0 &&
    html`<details class="board-gone"><summary>${icon("chevron-down")} ${_("Not signed in")} <span class="badge">${number(gone.length)}</span></summary>
      <ul class="lines">${gone.map((/** @type {any} */ one) => html`<${Agent} key=${one.id} agent=${one} />`)}</ul></details>`}
  </section>`;
}

/** @param {{agent: any}} props */
function Agent({ agent }) {
  const board = useBoard();
  const open = () => (board.dialog.value = { name: "agent", of: agent.id });
  return html`<li class="board-row" data-agent=${agent.key}>
    <div class="board-row-head">
      <h3><bdi>${agent.name}</bdi></h3>
      <${State} agent=${agent} />
      <button type="button" class="button small only-icon" data-action="agent" aria-haspopup="dialog" onClick=${open}
        aria-label=${_("Move %(agent)s, or send away", { agent: agent.name })} title=${_("Move %(agent)s, or send away", { agent: agent.name })}>
        ${icon("ellipsis")}</button>
    </div>
    <p class="board-about">
      ${agent.poc && html`<span>${icon("map-pin")}<bdi>${agent.poc.label}</bdi></span>`}
      ${agent.disconnected && html`<span class="badge" data-tone="warn">${icon("wifi-off")} ${_("Not connected")}</span>`}
      ${agent.moved && html`<span class="badge" data-tone="info">${icon("arrow-right-left")} ${_("Other queues for now")}</span>`}
      <span class="soft"><bdi>${namesOf(agent.queues)}</bdi></span>
    </p>
    ${agent.tickets.length > 0 && html`<ul class="board-tickets">${agent.tickets.map((/** @type {any} */ one) => html`<${Held} key=${one.id} one=${one} />`)}</ul>`}
  </li>`;
}

/** @param {{agent: any}} props */
function State({ agent }) {
  const { absences } = useBoard().line.state.value;
  const reason = agent.state === "away" ? reasonInWords(agent.reason, absences) : "";
  return html`<span class="badge" data-state=${agent.state} data-tone=${toneOf(agent.state)}>
    ${icon(signOf(agent.state))}<span>${sessionInWords(agent.state)}${reason && html` · <bdi>${reason}</bdi>`}</span>
    ${!["offline", "busy"].includes(agent.state) && html`<${Ago} at=${agent.since} />`}
  </span>`;
}

/** A ticket that an agent has. @param {{one: any}} props */
function Held({ one }) {
  return html`<li><strong class="board-number"><bdi>${one.number}</bdi></strong><span>${standingInWords(one.state)}</span>
    <${Ago} at=${one.since} /><bdi class="soft">${one.queue?.name ?? ""}</bdi></li>`;
}

/** @param {{of: string}} props the agent's id */
export function AgentDialog({ of }) {
  const board = useBoard();
  const agent = board.line.state.value.agents.find((/** @type {any} */ one) => one.id === of);
  const close = () => (board.dialog.value = null);
  return html`<${Dialog} title=${agent?.name ?? _("Agents")} onClose=${close}>
    ${agent ? html`<${About} agent=${agent} />` : html`<p>${_("This agent is not on this board any more.")}</p>`}
  <//>`;
}

/** @param {{agent: any}} props */
function About({ agent }) {
  const path = `agents/${agent.id}`;
  return html`<div class="stack">
    <${Refusal} />
    <p><${State} agent=${agent} /></p>
    ${agent.tickets.length > 0 && html`<${TakeBack} agent=${agent} />`}
    ${agent.state !== "offline" && html`<${Presence} agent=${agent} path=${path} /><${Seat} agent=${agent} path=${path} />`}
    <${Assigned} agent=${agent} path=${path} />
  </div>`;
}

/** @param {{agent: any}} props */
function TakeBack({ agent }) {
  const board = useBoard();
  return html`<ul class="lines">
    ${agent.tickets.map((/** @type {any} */ one) => html`<li class="line" key=${one.id}>
      <span class="line-name"><strong><bdi>${one.number}</bdi></strong> ${standingInWords(one.state)}</span>
      <button type="button" class="button small" data-action="take-back" onClick=${() => void board.act(`tickets/${one.id}/take-back`, {})}>
        ${icon("undo-2", { directional: true })} ${_("Take back")}</button>
    </li>`)}
  </ul>`;
}

/** @param {{agent: any, path: string}} props */
function Presence({ agent, path }) {
  const board = useBoard();
  const { absences } = board.line.state.value;
  const reasons = reasonsOf(absences);
  const reason = useSignal(reasons[0]);
  const to = (/** @type {string} */ state, /** @type {any} */ more = {}) => () => void board.act(`${path}/presence`, { state, ...more }, "PUT");
  return html`<fieldset class="field board-choices">
    <legend>${_("Presence")}</legend>
    <div class="row">
      <label class="visually-hidden" for="reason">${_("Reason")}</label>
      <select class="input" id="reason" name="reason" onChange=${(/** @type {any} */ event) => (reason.value = event.currentTarget.value)}>
        ${reasons.map((one) => html`<option value=${one} selected=${reason.value === one}>${reasonInWords(one, absences)}</option>`)}
      </select>
      <button type="button" class="button" data-action="away" onClick=${to("away", { reason: reason.value })}>${icon("coffee")} ${_("Send away")}</button>
    </div>
    <div class="row">
      ${["away", "missed"].includes(agent.state) &&
      html`<button type="button" class="button" data-action="idle" onClick=${to("idle")}>${icon("play")} ${_("Back to work")}</button>`}
      <button type="button" class="button" data-action="offline" onClick=${to("offline")}>${icon("moon")} ${_("End the session")}</button>
    </div>
  </fieldset>`;
}

/** @param {{agent: any, path: string}} props */
function Seat({ agent, path }) {
  const board = useBoard();
  const seats = seatsFor(board.line.state.value, agent);

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    const chosen = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("poc");
    void board.act(`${path}/move`, { poc: chosen || null });
  }

  return html`<form class="field board-choices" onSubmit=${submit}>
    <label for="poc">${_("Place")}</label>
    <div class="row">
      <select class="input" id="poc" name="poc">
        <option value="" selected=${!agent.poc}>${_("No place")}</option>
        ${seats.map((/** @type {any} */ one) => html`<option value=${one.id} selected=${one.id === agent.poc?.id}>${one.label}</option>`)}
      </select>
      <button type="submit" class="button" data-action="move">${icon("arrow-right-left")} ${_("Move")}</button>
    </div>
  </form>`;
}

/** @param {{agent: any, path: string}} props */
function Assigned({ agent, path }) {
  const board = useBoard();
  const serves = new Set(agent.queues.map((/** @type {any} */ one) => one.id));

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    const queues = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).getAll("queue");
    if (queues.length) void board.act(`${path}/move`, { queues });
  }

  return html`<form class="field board-choices" onSubmit=${submit}>
    <fieldset class="field">
      <legend>${_("Queues, until the agent signs out")}</legend>
      ${queuesOf(board.line.state.value).map(
        ({ id, name }) => html`<label class="check" key=${id}><input type="checkbox" name="queue" value=${id} defaultChecked=${serves.has(id)} /><span><bdi>${name}</bdi></span></label>`,
      )}
    </fieldset>
    <div class="row">
      ${agent.moved &&
      html`<button type="button" class="button" data-action="own-queues" onClick=${() => void board.act(`${path}/move`, { queues: [] })}>${_("The agent's own again")}</button>`}
      <button type="submit" class="button" data-action="assign">${icon("check")} ${_("Assign")}</button>
    </div>
  </form>`;
}
