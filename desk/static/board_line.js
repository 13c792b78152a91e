// @ts-check
/** A line from near: everybody in a queue, to be put elsewhere, given to an agent, or taken back from one. */
import { _, number } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useEffect, useSignal } from "../vendor/ui.js";
import { standingInWords, takersOf } from "./board.js";
import { Ago, useBoard } from "./board_parts.js";
import { Dialog } from "./dialog.js";

/** Why the last command was refused, where it was given. */
export function Refusal() {
  const said = useBoard().note.value;
  return html`<div role="alert">${said && html`<p class="alert" data-tone=${said.tone}>${icon("circle-alert")}<span>${said.text}</span></p>`}</div>`;
}

/** @param {{of: {queue: string, branch: string | null}}} props ids */
export function LineDialog({ of }) {
  const board = useBoard();
  const line = useSignal(/** @type {any} */ (null));
  const chosen = useSignal(/** @type {string | null} */ (null));
  const { seq } = board.line.state.value;

  useEffect(() => {
    void fetchLine(of).then((found) => found && (line.value = found));
  }, [seq]);

  const close = () => (board.dialog.value = null);
  const { queue, branch, waiting, at_desks: atDesks } = line.value ?? { waiting: [], at_desks: [] };
  const one = waiting.find((/** @type {any} */ ticket) => ticket.id === chosen.value);
  return html`<${Dialog} title=${[queue?.name, branch?.label].filter(Boolean).join(" · ") || _("Line")} onClose=${close}>
    <div class="stack" data-line>
      <${Refusal} />
      ${line.value && waiting.length + atDesks.length === 0 && html`<p class="soft">${_("Nobody is here.")}</p>`}
      ${atDesks.length > 0 && html`<ul class="lines">${atDesks.map((/** @type {any} */ ticket) => html`<${AtDesk} key=${ticket.id} ticket=${ticket} />`)}</ul>`}
      ${waiting.length > 0 && html`<fieldset class="field board-line">
        <legend>${_("Waiting, in order")}</legend>
        ${waiting.map((/** @type {any} */ ticket, /** @type {number} */ at) => html`<${InLine} key=${ticket.id} ticket=${ticket} at=${at} chosen=${chosen} />`)}
      </fieldset>`}
      ${one && html`<${WithOne} key=${one.id} ticket=${one} others=${waiting} queue=${of.queue} />`}
    </div>
  <//>`;
}

/** @param {{queue: string, branch: string | null}} of */
async function fetchLine({ queue, branch }) {
  const query = new URLSearchParams(branch ? { queue, branch } : { queue });
  try {
    const reply = await fetch(`/supervisor/api/line?${query}`, { headers: { Accept: "application/json" }, cache: "no-store" });
    return reply.ok ? await reply.json() : null;
  } catch {
    return null; // what is there stays; the page says that it is offline
  }
}

/** @param {{ticket: any}} props */
function AtDesk({ ticket }) {
  const board = useBoard();
  return html`<li class="line" data-ticket=${ticket.id} data-state=${ticket.state}>
    <span class="line-name"><strong><bdi>${ticket.number}</bdi></strong> ${standingInWords(ticket.state)} <bdi>${ticket.agent?.name ?? ""}</bdi></span>
    ${ticket.state !== "parked" &&
    html`<button type="button" class="button small" data-action="take-back" onClick=${() => void board.act(`tickets/${ticket.id}/take-back`, {})}
        aria-label=${_("Take back %(number)s", { number: ticket.number })}>${icon("undo-2", { directional: true })} ${_("Take back")}</button>`}
  </li>`;
}

/** @param {{ticket: any, at: number, chosen: {value: string | null}}} props */
function InLine({ ticket, at, chosen }) {
  return html`<label class="check" data-ticket=${ticket.id}>
    <input type="radio" name="ticket" value=${ticket.id} checked=${chosen.value === ticket.id} onChange=${() => (chosen.value = ticket.id)} />
    <span>${number(at + 1)}. <strong><bdi>${ticket.number}</bdi></strong> <${Ago} at=${ticket.enqueued_at} />
      ${ticket.band === 0 && html`<span class="badge" data-tone="bad">${_("Emergency")}</span>`}
      ${ticket.band === 1 && html`<span class="badge" data-tone="warn">${_("Waited too long")}</span>`}</span>
  </label>`;
}

/** What can be done with somebody who waits. @param {{ticket: any, others: any[], queue: string}} props */
function WithOne({ ticket, others, queue }) {
  const board = useBoard();
  const takers = takersOf(board.line.state.value, queue);
  const reason = useSignal("");
  const missing = useSignal(false);

  /** @param {any} place */
  function put(place) {
    missing.value = reason.value.trim() === "";
    if (!missing.value) void board.act(`tickets/${ticket.id}/place`, { reason: reason.value, ...place });
  }

  /** @param {SubmitEvent} event */
  function give(event) {
    event.preventDefault();
    const agent = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("agent");
    void board.act(`tickets/${ticket.id}/offer`, { agent });
  }

  return html`<section class="card flat stack" aria-label=${_("What to do with %(number)s", { number: ticket.number })}>
    <form class="field" onSubmit=${give}>
      <label for="agent">${_("Give %(number)s to", { number: ticket.number })}</label>
      ${takers.length === 0 && html`<p class="soft">${_("Nobody who serves this queue is free.")}</p>`}
      ${takers.length > 0 && html`<div class="row">
        <select class="input" id="agent" name="agent">${takers.map((/** @type {any} */ one) => html`<option value=${one.id}>${one.name}</option>`)}</select>
        <button type="submit" class="button" data-action="give">${icon("bell-ring")} ${_("Give")}</button>
      </div>`}
    </form>
    <div class="field">
      <label for="why">${_("Put elsewhere, because")}</label>
      <input class="input" id="why" name="reason" maxlength="200" autocomplete="off" value=${reason.value} aria-invalid=${missing.value}
        aria-describedby=${missing.value ? "why-missing" : undefined} onInput=${(/** @type {any} */ event) => (reason.value = event.currentTarget.value)} />
      ${missing.value && html`<p class="error" id="why-missing">${_("Please say why: it is kept with the ticket, and told to whoever asks.")}</p>`}
      <div class="row">
        <button type="button" class="button" data-action="put-first" onClick=${() => put({ place: "first" })}>${_("First")}</button>
        <button type="button" class="button" data-action="put-last" onClick=${() => put({ place: "last" })}>${_("Last")}</button>
      </div>
      <${Before} ticket=${ticket} others=${others} put=${put} />
    </div>
  </section>`;
}

/** @param {{ticket: any, others: any[], put: (place: any) => void}} props */
function Before({ ticket, others, put }) {
  const there = others.filter(({ id, band }) => id !== ticket.id && band > 0);
  const before = useSignal("");
  if (there.length === 0) return null;
  const whom = there.some(({ id }) => id === before.value) ? before.value : there[0].id;
  return html`<div class="row">
    <label class="visually-hidden" for="before">${_("Before whom")}</label>
    <select class="input" id="before" name="before" onChange=${(/** @type {any} */ event) => (before.value = event.currentTarget.value)}>
      ${there.map(({ id, number: said }) => html`<option value=${id} selected=${id === whom}>${said}</option>`)}
    </select>
    <button type="button" class="button" data-action="put-before" onClick=${() => put({ before: whom })}>${_("Before this one")}</button>
  </div>`;
}
