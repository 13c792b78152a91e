// @ts-check
/** A telephone number, where nobody is there to serve: somebody calls as soon as he is. */
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useEffect, useRef } from "../vendor/ui.js";

const ROWS = ["123", "456", "789", "+0"];

/** @param {{flow: import("./flow.js").Flow}} props */
export function CallBack({ flow }) {
  return flow.promised.value ? html`<${Promised} flow=${flow} />` : html`<${Asking} flow=${flow} />`;
}

/** @param {{flow: import("./flow.js").Flow}} props */
function Asking({ flow }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => place.current?.querySelector("input")?.focus(), []);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void flow.leaveNumber();
  };
  return html`<div class="keypad" ref=${place}>
    <form class="appointment" autocomplete="off" novalidate onSubmit=${submit}>
      <div class="keypad-head">
        <button class="button large" type="button" onClick=${flow.reset}>${icon("arrow-left", { directional: true })} ${_("Back")}</button>
        <h2><label for="phone">${_("Nobody is here at the moment. Leave your telephone number, and we will call you.")}</label></h2>
      </div>
      <div class="keypad-line">
        <input class="input code" id="phone" name="phone" type="tel" inputmode="none" maxlength="40" value=${flow.phone.value}
          onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ event) => flow.dial(event.currentTarget.value)} />
        <button class="button primary large" data-action="call-back" aria-busy=${flow.busy.value === "call-back" ? "true" : null}>
          ${icon("phone")} ${_("Call me")}
        </button>
      </div>
      <div class="keys" role="group" aria-label=${_("Keyboard")} dir="ltr">${ROWS.map((row) => html`<${Row} flow=${flow} row=${row} />`)}</div>
    </form>
  </div>`;
}

/** @param {{flow: import("./flow.js").Flow, row: string}} props */
function Row({ flow, row }) {
  return html`<div class="keys-row">
    ${[...row].map((key) => html`<button class="button" type="button" key=${key} onClick=${() => flow.dial(flow.phone.value + key)}>${key}</button>`)}
    ${row === ROWS.at(-1) &&
    html`<button class="button key-back" type="button" aria-label=${_("Delete the last character")}
      onClick=${() => flow.dial(flow.phone.value.slice(0, -1))}>⌫</button>`}
  </div>`;
}

/** @param {{flow: import("./flow.js").Flow}} props */
function Promised({ flow }) {
  return html`<div class="start" role="status">
    <h2>${icon("phone")} ${_("We will call you as soon as somebody is here.")}</h2>
    <p><bdi dir="ltr">${flow.phone.value}</bdi></p>
    <button class="button primary large" type="button" onClick=${flow.reset}>${_("Done")}</button>
  </div>`;
}
