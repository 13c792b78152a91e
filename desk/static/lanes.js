// @ts-check
/** The row of those who are at the desk at once: each with the one thing to do next. Whom one picks is in the middle. */
import { _, number } from "../i18n.js";
import { icon } from "../icons.js";
import { html } from "../vendor/ui.js";
import { aboutLane, idOf, laneOf, nextIn, several } from "./lane.js";
import { Countdown, Do, Since, useDesk } from "./parts.js";
import { nameOf } from "./visit.js";

export function Lanes() {
  const desk = useDesk();
  const state = desk.line.state.value;
  if (!several(state) || !(state.lanes.length || state.session.paused_until)) return null;
  const current = laneOf(state, desk.chosen.value);
  return html`<section class="lanes" aria-label=${_("People at your desk")}>
    <p class="lanes-count">${_("%(here)s of %(most)s", { here: number(state.lanes.length), most: number(state.capacity) })}</p>
    <ul class="lanes-list">
      ${state.lanes.map((/** @type {import("./lane.js").Lane} */ lane) => html`<${Place} key=${idOf(lane)} lane=${lane} chosen=${lane === current} />`)}
    </ul>
    ${state.session.paused_until && html`<div class="lanes-pause">
      <p>${icon("pause")} <span>${_("Nobody new is sent to you for a moment.")}</span></p>
      <${Countdown} until=${state.session.paused_until} label=${_("Time until somebody new may be sent to you")} />
      <${Do} name="wrap-up" keyed=${false} />
    </div>`}
  </section>`;
}

/** @param {{lane: import("./lane.js").Lane, chosen: boolean}} props */
function Place({ lane, chosen }) {
  const desk = useDesk();
  const ticket = lane.offer?.ticket ?? lane.ticket;
  const name = nameOf(ticket.customer);
  const pick = () => (desk.chosen.value = ticket.id);
  return html`<li class="lane" data-lane=${lane.lane} data-state=${lane.offer ? "offered" : ticket.state}>
    <button type="button" class="lane-who" aria-pressed=${chosen} onClick=${pick}>
      ${icon(lane.offer ? "bell-ring" : ticket.state === "called" ? "megaphone" : "user")}
      <span class="lane-number">${ticket.number}</span>
      ${name && html`<bdi class="lane-name">${name}</bdi>`}
      ${lane.offer
        ? html`<${Remaining} until=${lane.offer.expires_at} />`
        : html`<${Since} since=${ticket.serving_since ?? ticket.called_at} />`}
    </button>
    <${Do} name=${nextIn(lane)} more=${aboutLane(lane)} look=${lane.offer ? "primary" : ""} keyed=${false}
      own=${{ "aria-label": saysFor(nextIn(lane), ticket.number) }} />
  </li>`;
}

/** @param {{until: string | null}} props */
function Remaining({ until }) {
  const desk = useDesk();
  if (!until) return null;
  const left = Math.max(0, Math.ceil((Date.parse(until) - desk.now.value) / 1000));
  return html`<span class="lane-left">${_("%(seconds)s s", { seconds: number(left) })}</span>`;
}

/** A button's name that holds its words, and whom it is about. @param {string} action @param {string} ticket */
function saysFor(action, ticket) {
  if (action === "answer") return _("Answer %(number)s", { number: ticket });
  return action === "serve" ? _("Start serving %(number)s", { number: ticket }) : _("Finish %(number)s", { number: ticket });
}
