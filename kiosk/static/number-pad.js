// @ts-check
/** A telephone number, typed on keys on the glass or on any keyboard. */
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useEffect, useRef } from "../vendor/ui.js";

const ROWS = ["123", "456", "789", "+0"];

/** @typedef {{flow: import("./flow.js").Flow}} Props */

/**
 * @param {Props & {question: string, action: string, press: string, hint?: string, done: () => unknown, back: () => void}} props
 *   `press`: what the button says, `done`: what it does
 */
export function NumberPad({ flow, question, action, press, hint, done, back }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => place.current?.querySelector("input")?.focus(), []);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void done();
  };
  return html`<div class="keypad" ref=${place}>
    <form class="appointment" autocomplete="off" novalidate onSubmit=${submit}>
      <div class="keypad-head">
        <button class="button large" type="button" onClick=${back}>${icon("arrow-left", { directional: true })} ${_("Back")}</button>
        <h2><label for="phone">${question}</label></h2>
      </div>
      <div class="keypad-line">
        <input class="input code" id="phone" name="phone" type="tel" inputmode="none" maxlength="40" dir="ltr" value=${flow.phones.phone.value}
          aria-describedby=${hint ? "phone-hint" : null}
          onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ event) => flow.phones.dial(event.currentTarget.value)} />
        <button class="button primary large" data-action=${action} aria-busy=${flow.busy.value === action ? "true" : null}>
          ${icon("phone")} ${press}
        </button>
      </div>
      ${hint && html`<p class="keypad-hint" id="phone-hint">${hint}</p>`}
      <div class="keys" role="group" aria-label=${_("Keyboard")} dir="ltr">${ROWS.map((row) => html`<${Row} flow=${flow} row=${row} />`)}</div>
    </form>
  </div>`;
}

/** @param {Props & {row: string}} props */
function Row({ flow, row }) {
  return html`<div class="keys-row">
    ${[...row].map((key) => html`<button class="button" type="button" key=${key} onClick=${() => flow.phones.dial(flow.phones.phone.value + key)}>${key}</button>`)}
    ${row === ROWS.at(-1) &&
    html`<button class="button key-back" type="button" aria-label=${_("Delete the last character")}
      onClick=${() => flow.phones.dial(flow.phones.phone.value.slice(0, -1))}>⌫</button>`}
  </div>`;
}
