// @ts-check
/** The kiosk's first view: what one can come for, and the place for the code of an appointment. */
import { N_, _, day, ngettext, time, wait } from "../i18n.js";
import { icon } from "../icons.js";
import { Own, own } from "../own.js";
import { html, useLayoutEffect, useRef } from "../vendor/ui.js";
import { REFUSAL, UNREACHABLE, closedFor } from "./refusals.js";

/** @typedef {{flow: import("./flow.js").Flow}} Props */
/** @typedef {import("./flow.js").Queue} Queue */

/** Classes that many places have; others are called as the network file calls them. @type {Record<string, string>} */
const CLASSES = { priority: N_("Priority"), vip: N_("VIP") };

/** So few who can still be given a number are worth telling. */
const FEW = 20;

/** @param {Props} props */
export function Start({ flow }) {
  const { queues } = flow.menu.value;
  return html`<div class="start">
    <h2>${queues.length ? _("What would you like to do?") : _("There is nothing to choose here at the moment.")}</h2>
    <div class="tiles">${queues.map((/** @type {Queue} */ queue) => html`<${Tile} key=${queue.id} flow=${flow} queue=${queue} />`)}</div>
    <div class="besides"><${Classes} flow=${flow} queues=${queues} /><${Appointment} flow=${flow} /></div>
  </div>`;
}

/** @param {Props & {queue: Queue}} props */
function Tile({ flow, queue }) {
  const blocked = flow.offline.value || !(queue.open || queue.callback);
  const press = () => {
    if (!flow.offline.value && queue.callback) flow.phones.askWhomToCall(queue);
    else if (!queue.open) flow.problem.value = closedFor(queue.closed_for);
    else if (flow.offline.value) flow.problem.value = UNREACHABLE;
    else void flow.take(queue);
  };
  return html`<button class="tile service" type="button" data-queue=${queue.key} onClick=${press}
      aria-disabled=${blocked ? "true" : null} aria-busy=${flow.busy.value === queue.key ? "true" : null}>
    <span class="tile-title"><${Own} text=${queue.name} /></span>
    ${queue.open ? html`<${Figures} queue=${queue} />` : html`<span class="tile-note">${icon("clock")} ${opening(flow, queue)}</span>`}
    ${icon("chevron-right", { directional: true })}
  </button>`;
}

/** @param {{queue: {waiting: number, wait_minutes: Queue["wait_minutes"], room: number | null}}} props */
function Figures({ queue }) {
  const { waiting, wait_minutes: minutes, room } = queue;
  return html`<span class="tile-note">
      ${icon("users")} ${waiting ? ngettext("%(num)s person waiting", "%(num)s people waiting", waiting) : _("Nobody is waiting")}
    </span>
    ${room !== null && room <= FEW && html`<span class="tile-note">
      ${icon("info")} ${ngettext("We can still serve %(num)s person", "We can still serve %(num)s people", room)}
    </span>`}
    ${minutes && html`<span class="tile-note">${icon("clock")} ${_("Wait: %(wait)s", { wait: wait(minutes) })}</span>`}`;
}

/** @param {import("./flow.js").Flow} flow @param {Queue} queue */
function opening(flow, queue) {
  if (queue.callback) return _("Leave your number, and we will call you");
  if (queue.closed_for === "full") return _("Full at the moment");
  if (queue.closed_for === "closing") return _("No more numbers today");
  if (!queue.opens_at) return _("Closed at the moment");
  const { now, branch } = flow.menu.value;
  const at = time(queue.opens_at, branch.timezone);
  if (day(queue.opens_at, branch.timezone) === day(now, branch.timezone)) return _("Opens at %(time)s", { time: at });
  return _("Opens on %(day)s at %(time)s", { day: day(queue.opens_at, branch.timezone, { weekday: "long" }), time: at });
}

/** @param {Props & {queues: Queue[]}} props */
function Classes({ flow, queues }) {
  const names = [...new Set(queues.flatMap((queue) => queue.classes ?? []))];
  if (!names.length) return null;
  return html`<fieldset class="classes">
    <legend>${_("Does one of these apply to you?")}</legend>
    <div class="choices">
      ${[null, ...names].map((name) => html`<label key=${name}>
        <input type="radio" name="class" value=${name ?? ""} checked=${flow.chosen.value === name} onChange=${() => (flow.chosen.value = name)} />
        <span>${name === null ? _("No") : html`<${Class} name=${name} />`}</span>
      </label>`)}
    </div>
  </fieldset>`;
}

/** A class as the account calls it in the visitor's language, or as we do, or by its name. @param {{name: string}} props */
function Class({ name }) {
  return own(name) === name && CLASSES[name] ? _(CLASSES[name]) : html`<${Own} text=${name} />`;
}

/** The code of an appointment: typed on a keyboard, scanned, or typed on our own keys where there is only the glass.
 *  @param {Props} props */
function Appointment({ flow }) {
  const byFinger = (/** @type {PointerEvent} */ event) => event.pointerType === "touch";
  const withoutFocus = (/** @type {PointerEvent} */ event) => byFinger(event) && event.preventDefault();
  const letGo = (/** @type {PointerEvent} */ event) => void (byFinger(event) && (flow.view.value = "code"));
  return html`<${Form} flow=${flow}>
    <label for="code">${icon("calendar-check")} ${_("Do you have an appointment? Type its code or scan it.")}</label>
    <div class="appointment-line">
      <${Code} flow=${flow} onPointerDown=${withoutFocus} onClick=${letGo} />
      <button class="button only-icon" type="button" aria-label=${_("Show a keyboard")} onClick=${() => (flow.view.value = "code")}>
        ${icon("keyboard")}
      </button>
      <${CheckIn} flow=${flow} />
    </div>
  </${Form}>`;
}

/** @param {Props & {children: unknown}} props */
export function Form({ flow, children }) {
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void flow.checkIn();
  };
  return html`<form class="appointment" autocomplete="off" novalidate onSubmit=${submit}>${children}</form>`;
}

/** @param {Props & {[attribute: string]: unknown}} props */
export function Code({ flow, ...attributes }) {
  const { code } = flow;
  const place = useRef(/** @type {HTMLInputElement | null} */ (null));
  const standing = code.standing.value;
  useLayoutEffect(() => { // at once: a letter typed before it would be taken for what was refused
    if (standing !== "failed" && standing !== "wrong") return;
    place.current?.focus();
    place.current?.select();
  }, [standing]);
  const wrong = standing === "wrong" ? "true" : null;
  return html`<input class="input code" id="code" name="code" value=${code.text.value} maxlength="8192" spellcheck=${false}
    autocapitalize="characters" enterkeyhint="done" ref=${place} aria-invalid=${wrong} aria-describedby=${wrong && REFUSAL}
    onbeforeinput=${(/** @type {InputEvent} */ event) => code.over() && beginAnew(event)}
    onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => code.become(currentTarget.value)} ...${attributes} />`;
}

/** What is typed takes the place of all that stands there, wherever the caret is. @param {InputEvent} event */
function beginAnew(event) {
  const input = /** @type {HTMLInputElement} */ (event.currentTarget);
  if (event.inputType === "insertLineBreak") return; // Enter sends it once more
  event.preventDefault();
  input.setRangeText(event.data ?? "", 0, input.value.length, "end");
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** @param {Props} props */
export function CheckIn({ flow }) {
  return html`<button class="button primary large" data-action="check-in" aria-busy=${flow.busy.value === "check-in" ? "true" : null}>
    ${_("Check in")}
  </button>`;
}
