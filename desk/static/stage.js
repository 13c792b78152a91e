// @ts-check
/** The middle of the desk: who is there or rings, or that nobody is. */
import { _, ngettext } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useSignal } from "../vendor/ui.js";
import { reasonInWords, reasonsOf } from "./absences.js";
import { History } from "./history.js";
import { Lanes } from "./lanes.js";
import { Countdown, Since, isOffline, useDesk } from "./parts.js";
import { PlaceChoice } from "./place.js";
import { allPush, waitingIn } from "./queues.js";
import { Remark } from "./remark.js";
import { Shown } from "./screens.js";
import { Scroller } from "./scroller.js";
import { lacksPlace } from "./seats.js";
import { Who } from "./visitor.js";
import { phaseOf } from "./work.js";

export function Stage() {
  const state = useDesk().line.state.value;
  return html`<${Scroller} look="stage" name=${_("Visitor")}>
    <${Lanes} />
    <section class="stage-scene" aria-labelledby="stage">${sceneOf(state)}</section>
  <//>`;
}

/** @param {any} state */
function sceneOf(state) {
  switch (phaseOf(state)) {
    case "out":
      return html`<${Out} />`;
    case "away":
      return html`<${Absent} state=${state} />`;
    case "missed":
      return html`<${Missed} state=${state} />`;
    case "ringing":
      return html`<${Ringing} state=${state} />`;
    case "called":
    case "serving":
      return html`<${AtDesk} state=${state} />`;
    case "wrap_up":
      return html`<${WrapUp} state=${state} />`;
    default:
      return html`<${Idle} state=${state} />`;
  }
}

function Out() {
  const { agent } = useDesk().line.state.value;
  return html`<div class="scene">
    <h1 id="stage">${_("Hello, %(name)s", { name: agent.name.split(" ")[0] })}</h1>
    <p class="soft">${_("Nobody is sent to you until you start work.")}</p>
    <div class="field scene-field">
      <label for="place">${_("Where are you working?")}</label>
      <${PlaceChoice} id="place" />
      <p class="hint">${_("Choose your counter. Without a fixed place, visitors are sent to a free booth, or meet you by video.")}</p>
    </div>
  </div>`;
}

/** @param {{state: any}} props */
function Idle({ state }) {
  const waiting = waitingIn(state.queues);
  const push = allPush(state.queues);
  return html`<div class="scene scene-calm">
    <div class="scene-sign" data-tone="good">${icon("circle-check")}</div>
    <h1 id="stage">${_("Ready")}</h1>
    <p class="scene-lead">
      ${waiting ? ngettext("%(num)s person is waiting.", "%(num)s people are waiting.", waiting) : _("Nobody is waiting.")}
    </p>
    ${lacksPlace(state) && html`<p class="alert" data-tone="info">${icon("map-pin")}
      <span>${_("Choose your place above, so that visitors can be called to it.")}</span></p>`}
    <p class="soft">
      ${push ? _("The next visitor rings here, with a sound. You need not press anything.") : _("Call the next visitor when you are ready.")}
    </p>
  </div>`;
}

/** @param {{state: any}} props */
function Absent({ state }) {
  const desk = useDesk();
  const own = useSignal("");
  const reason = state.session.reason ?? "";
  const chosen = (/** @type {string} */ value) => void desk.act("away", { reason: value });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (own.value.trim()) chosen(own.value.trim());
  };
  return html`<div class="scene scene-calm">
    <div class="scene-sign">${icon("coffee")}</div>
    <h1 id="stage">${reason ? _("Away: %(reason)s", { reason: reasonInWords(reason, state.absences) }) : _("You are away")}</h1>
    <p class="scene-lead"><${Since} since=${state.session.since} /></p>
    <div class="stack tight scene-reasons" role="group" aria-label=${_("Why are you away?")}>
      <div class="row tight">
        ${reasonsOf(state.absences).map(
          (value) => html`<button type="button" class="button reason" key=${value} aria-pressed=${value === reason}
              disabled=${isOffline(desk)} onClick=${() => chosen(value)}><bdi>${reasonInWords(value, state.absences)}</bdi></button>`,
        )}
      </div>
      <form class="row tight" onSubmit=${submit}>
        <input class="input" name="reason" maxlength="200" aria-label=${_("Another reason")}
          placeholder=${_("Another reason")} value=${own.value} disabled=${isOffline(desk)}
          onInput=${(/** @type {any} */ event) => (own.value = event.currentTarget.value)} />
        <button class="button" type="submit" disabled=${isOffline(desk)}>${_("Set")}</button>
      </form>
    </div>
  </div>`;
}

/** @param {{state: any}} props */
function Missed({ state }) {
  return html`<div class="scene scene-calm">
    <div class="scene-sign" data-tone="warn">${icon("triangle-alert")}</div>
    <h1 id="stage">${_("You missed an offer")}</h1>
    <p class="scene-lead">${_("The visitor has kept the place in line.")}</p>
    <p class="soft">${_("You are passed over until you say that you are there, or until the time has run out.")}</p>
    <${Countdown} from=${state.session.since} until=${state.session.until} label=${_("Time until you are ready again")} />
  </div>`;
}

/** @param {{state: any}} props */
function WrapUp({ state }) {
  return html`<div class="scene scene-calm">
    <div class="scene-sign" data-tone="info">${icon("pencil")}</div>
    <h1 id="stage">${_("Wrap-up")}</h1>
    <p class="scene-lead">${_("Time to finish your notes. Nobody is sent to you meanwhile.")}</p>
    <${Countdown} from=${state.session.since} until=${state.session.until} label=${_("Time left for wrap-up")} />
    ${state.wrapping_up && html`<${Remark} key=${state.wrapping_up.id} ticket=${state.wrapping_up} />`}
  </div>`;
}

/** @param {{state: any}} props */
function Ringing({ state }) {
  const { offer } = state;
  const elsewhere = useDesk().bell.elsewhere();
  return html`<article class="visit card now" data-state="offered" data-offer=${offer.id}>
    <header class="visit-head">
      <h1 class="visit-title" id="stage">${icon("bell-ring")} ${_("A visitor for you")}</h1>
      <${Countdown} from=${offer.made_at} until=${offer.expires_at} label=${_("Time left to answer")} />
    </header>
    ${elsewhere && html`<p class="row tight soft">${icon("volume-x")} <span>${_("It rings on another of your devices.")}</span></p>`}
    <${Who} ticket=${{ ...offer.ticket, queue: offer.queue, branch: offer.branch, poc: offer.poc }} />
    <${History} key=${offer.ticket.id} ticket=${offer.ticket} />
  </article>`;
}

/** @param {{state: any}} props */
function AtDesk({ state }) {
  const { ticket } = state;
  const called = ticket.state === "called";
  return html`<article class="visit card" data-state=${ticket.state}>
    <header class="visit-head">
      <h1 class="visit-title" id="stage">
        ${icon(called ? "megaphone" : "user-check")} ${called ? _("Called") : _("Being served")}
        <${Since} since=${called ? ticket.called_at : ticket.serving_since} />
      </h1>
      ${called && html`<${Shown} ticket=${ticket} />`}
    </header>
    <${Who} ticket=${ticket} />
    ${ticket.room_url &&
    html`<p><a class="button" href=${ticket.room_url} target="_blank" rel="noopener noreferrer">
      ${icon("video")} ${_("Open the video room")}</a></p>`}
    <${History} key=${`${ticket.id} before`} ticket=${ticket} />
    <${Remark} key=${ticket.id} ticket=${ticket} />
  </article>`;
}
