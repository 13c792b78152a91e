// @ts-check
/** Where the agent sits: a choice of points of contact. */
import { _ } from "../i18n.js";
import { html, useEffect, useRef } from "../vendor/ui.js";
import { isOffline, useDesk } from "./parts.js";
import { prefer, preferences } from "./preferences.js";
import { isFree, seatsOf, valueOf } from "./seats.js";
import { phaseOf } from "./work.js";

/** Whether the agent can sit down elsewhere now. @param {any} state */
export function canMove(state) {
  return ["out", "idle", "away"].includes(phaseOf(state));
}

const REST = 700; // ms; whoever goes through the list by arrow keys does not sit down on every chair

/**
 * The choice that the server has not been told of; null for none. Whoever begins to work sits where he sat last.
 * @param {import("./parts.js").Desk} desk @returns {string | null}
 */
export function choiceOf(desk) {
  const state = desk.line.state.value;
  const { poc } = preferences.value;
  return desk.place.value ?? (phaseOf(state) === "out" && isFree(state.pocs, poc) ? poc : null);
}

/** @param {{id: string}} props */
export function PlaceChoice({ id }) {
  const desk = useDesk();
  const state = desk.line.state.value;
  const timer = useRef(/** @type {any} */ (null));
  const phase = phaseOf(state);
  const sitting = valueOf(state.pocs, state.session.poc?.id);
  const groups = seatsOf(state.pocs);

  useEffect(() => () => clearTimeout(timer.current), []);

  /** @param {Event} event */
  function choose(event) {
    const value = /** @type {HTMLSelectElement} */ (event.currentTarget).value;
    desk.place.value = value;
    prefer({ poc: value });
    clearTimeout(timer.current);
    if (phase !== "out") timer.current = setTimeout(move, REST);
  }

  /** Sit down there, and otherwise stay as we are. */
  function move() {
    const { session } = desk.line.state.value;
    if (desk.place.value === null) return; // it went along with something else meanwhile
    void (session.state === "away" ? desk.act("away", { reason: session.reason }) : desk.act("idle"));
  }

  const option = (/** @type {import("./seats.js").Seat} */ { value, label, taken }) =>
    html`<option value=${value} key=${value} disabled=${taken && value !== sitting}>
      ${taken && value !== sitting ? _("%(place)s (taken)", { place: label }) : label}
    </option>`;
  return html`<select class="input place" id=${id} name="poc" value=${choiceOf(desk) ?? sitting} onChange=${choose}
      disabled=${isOffline(desk)}>
    <option value="">${_("No fixed place")}</option>
    ${groups.length === 1
      ? groups[0].seats.map(option)
      : groups.map(({ branch, seats }) => html`<optgroup label=${branch} key=${branch}>${seats.map(option)}</optgroup>`)}
  </select>`;
}
