// @ts-check
/**
 * The bar at the top: who works here, in what state, since when and where; and how to go away.
 *
 * An agent who calls one visitor after the other is busy all morning: how long each of them takes stands with the visitor.
 */
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { html } from "../vendor/ui.js";
import { reasonInWords } from "./absences.js";
import { Do, Since, useDesk } from "./parts.js";
import { PlaceChoice, canMove } from "./place.js";
import { prefer, preferences } from "./preferences.js";
import { besideWork, phaseOf, sessionInWords, signOf, toneOf } from "./work.js";

const MANAGING = ["manager", "owner"];
const SUPERVISING = ["supervisor", ...MANAGING];

export function Bar() {
  const desk = useDesk();
  const state = desk.line.state.value;
  return html`
    <p class="bar-who"><span class="bar-name"><bdi>${state.agent.name}</bdi></span></p>
    <${SessionState} state=${state} />
    ${phaseOf(state) !== "out" && html`<${Place} state=${state} />`}
    <div class="bar-presence">${besideWork(state).map((name) => html`<${Do} key=${name} name=${name} look="presence" />`)}</div>
    <div class="bar-tools">
      ${SUPERVISING.includes(state.agent.role) &&
      html`<a class="button quiet only-icon" href="/supervisor" aria-label=${_("Supervisor")} title=${_("Supervisor")}>${icon("users")}</a>
        <a class="button quiet only-icon" href="/reports" aria-label=${_("Reports")} title=${_("Reports")}>${icon("chart-column")}</a>`}
      ${MANAGING.includes(state.agent.role) &&
      html`<a class="button quiet only-icon" href="/admin" aria-label=${_("Administration")} title=${_("Administration")}>${icon("settings")}</a>`}
      <${SoundSwitch} />
      <${Tool} name="keyboard" says=${_("Shortcuts and settings")} press=${() => (desk.dialog.value = "help")}
        own=${{ "aria-haspopup": "dialog", "data-action": "help" }} />
      <${Tool} name="log-out" says=${_("Sign out %(name)s", { name: state.agent.name })} press=${desk.leave} own=${{ "data-action": "sign-out" }} directional />
    </div>`;
}

/** Where the agent sits, to be changed while nobody is there. @param {{state: any}} props */
function Place({ state }) {
  if (!canMove(state)) {
    return state.session.poc && html`<p class="bar-place">${icon("map-pin")}<span><bdi>${state.session.poc.label}</bdi></span></p>`;
  }
  return html`<div class="bar-place">
    <label class="visually-hidden" for="place">${_("Your place")}</label>
    ${icon("map-pin")}<${PlaceChoice} id="place" />
  </div>`;
}

/** @param {{state: any}} props */
function SessionState({ state: { session, absences } }) {
  const reason = session.state === "away" ? reasonInWords(session.reason, absences) : "";
  return html`<p class="bar-state" data-state=${session.state} data-tone=${toneOf(session.state)}>
    ${icon(signOf(session.state))}
    <span>${sessionInWords(session.state)}${reason && html` · <bdi>${reason}</bdi>`}</span>
    ${session.since && session.state !== "busy" && html`<${Since} since=${session.since} />`}
    ${session.pending_away != null && html`<small>${_("away after this visitor")}</small>`}
  </p>`;
}

/** The sound of offers: on, off, or not allowed by the browser until somebody presses something. */
function SoundSwitch() {
  const desk = useDesk();
  const on = preferences.value.sound;
  const blocked = on && desk.speaker.status.value === "blocked";
  const press = () => {
    if (!blocked) prefer({ sound: !on }); // a press alone allows it
  };
  const says = blocked ? _("The browser blocks the sound: press to allow it") : on ? _("Sound is on") : _("Sound is off");
  return html`<${Tool} name=${on && !blocked ? "volume-2" : "volume-x"} says=${says} press=${press}
    own=${{ "aria-pressed": on, "data-tone": blocked ? "warn" : undefined }} />`;
}

/** @param {{name: string, says: string, press: () => void, own?: any, directional?: boolean}} props */
function Tool({ name, says, press, own = {}, directional = false }) {
  return html`<button type="button" class="button quiet only-icon" aria-label=${says} title=${says} onClick=${press} ...${own}>
    ${icon(name, { directional })}
  </button>`;
}
