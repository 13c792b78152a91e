// @ts-check
/** What goes on around the desk: queues, parked visitors, appointments, screens. */
import { _, duration, minutes, ngettext, number } from "../i18n.js";
import { icon } from "../icons.js";
import { html } from "../vendor/ui.js";
import { Appointments } from "./appointments.js";
import { Languages } from "./languages.js";
import { Do, Since, isOffline, once, onlyFresh, useDesk } from "./parts.js";
import { queuesOf, waitingIn } from "./queues.js";
import { Screens } from "./screens.js";
import { Scroller } from "./scroller.js";
import { nameOf } from "./visit.js";
import { phaseOf } from "./work.js";

export function Side() {
  return html`<${Scroller} look="side" name=${_("Queues, appointments and lobby")}>
    <${Queues} />
    <${Parked} />
    <${Appointments} />
    <${Screens} />
    <${Languages} />
  <//>`;
}

function Queues() {
  const desk = useDesk();
  const state = desk.line.state.value;
  const passed = Math.floor((desk.now.value - Date.parse(state.now)) / 1000);
  const queues = queuesOf(state.queues, passed);
  const waiting = waitingIn(state.queues);
  return html`<section class="panel" aria-labelledby="queues">
    <h2 id="queues">${_("Queues")}
      <span class="badge">${ngettext("%(num)s waiting", "%(num)s waiting", waiting)}</span></h2>
    ${queues.length === 0 && html`<p class="soft">${_("No queue is assigned to you.")}</p>`}
    <ul class="lines">${queues.map((queue) => html`<${Queue} key=${queue.id} queue=${queue} />`)}</ul>
    ${queues.length > 0 &&
    html`<button type="button" class="button quiet small" data-action="walk-in" aria-haspopup="dialog" disabled=${isOffline(desk)}
        onClick=${() => void desk.act("walk-in")}>${icon("plus")} ${_("New visitor")}</button>`}
  </section>`;
}

/** @param {{queue: import("./queues.js").Queue}} props */
function Queue({ queue }) {
  const desk = useDesk();
  const callable = queue.waiting > 0 && ["idle", "wrap_up"].includes(phaseOf(desk.line.state.value));
  return html`<li class="queue" data-queue=${queue.key}>
    <div class="queue-head">
      <h3 class="line-name"><bdi>${queue.name}</bdi></h3>
      <span class="queue-waiting"><strong>${number(queue.waiting)}</strong> ${_("waiting")}</span>
    </div>
    ${queue.waiting > 0 && html`<div class="queue-foot">
      ${queue.longest !== null && html`<span>${_("longest %(time)s", { time: roughly(queue.longest) })}</span>`}
      ${queue.breached &&
      html`<span class="badge" data-tone="bad">${icon("triangle-alert")}
        ${_("over %(target)s", { target: minutes((queue.target ?? 0) / 60) })}</span>`}
      ${callable &&
      html`<button type="button" class="button small only-icon" data-action="next-from" disabled=${isOffline(desk)}
          aria-label=${_("Call next from %(queue)s", { queue: queue.name })} title=${_("Call next from %(queue)s", { queue: queue.name })}
          onClick=${once(() => void desk.act("next", { queue: queue.id }))} onKeyDown=${onlyFresh}>
        ${icon("megaphone")}</button>`}
    </div>`}
    ${queue.lines.length > 1 &&
    html`<ul class="queue-branches">
      ${queue.lines.map(
        ({ branch, waiting, longest }) => html`<li>
          <span><bdi>${branch ? branch.label || branch.name : _("Remote")}</bdi></span>
          <span>${number(waiting)}${longest !== null && ` · ${roughly(longest)}`}</span>
        </li>`,
      )}
    </ul>`}
  </li>`;
}

/** Seconds matter in the first minute only. @param {number} seconds */
function roughly(seconds) {
  return duration(seconds < 60 ? seconds : Math.floor(seconds / 60) * 60);
}

function Parked() {
  const desk = useDesk();
  const state = desk.line.state.value;
  const parked = state.parked ?? [];
  if (parked.length === 0) return null;
  return html`<section class="panel" aria-labelledby="parked">
    <h2 id="parked">${_("Parked")} <span class="badge">${number(parked.length)}</span></h2>
    <ul class="lines">
      ${parked.map(
        (/** @type {any} */ ticket, /** @type {number} */ at) => html`<li class="line" key=${ticket.id}>
          <div class="line-name">
            <strong><bdi>${ticket.number}</bdi></strong> <bdi>${nameOf({ firstname: ticket.name })}</bdi>
            <small><bdi>${ticket.queue?.name ?? ""}</bdi></small>
          </div>
          <${Since} since=${ticket.parked_at} />
          <${Do} name="resume" look="small" keyed=${false} more=${{ ticket: ticket.id }}
            own=${{ "aria-label": _("Resume %(number)s", { number: ticket.number }), "data-last": at === parked.length - 1 }} />
        </li>`,
      )}
    </ul>
  </section>`;
}
