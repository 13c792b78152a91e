// @ts-check
/** Keys on the glass, for the code of an appointment: a kiosk often has no others. */
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useEffect, useRef } from "../vendor/ui.js";
import { CheckIn, Code, Form } from "./start.js";

const ROWS = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM-"];

/** @param {{flow: import("./flow.js").Flow}} props */
export function Keypad({ flow }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => place.current?.querySelector("input")?.focus(), []);
  return html`<div class="keypad" ref=${place}>
    <${Form} flow=${flow}>
      <div class="keypad-head">
        <button class="button large" type="button" onClick=${flow.reset}>${icon("arrow-left", { directional: true })} ${_("Back")}</button>
        <h2><label for="code">${_("The code of your appointment")}</label></h2>
      </div>
      <div class="keypad-line"><${Code} flow=${flow} inputmode="none" /><${CheckIn} flow=${flow} /></div>
      <div class="keys" role="group" aria-label=${_("Keyboard")} dir="ltr">${ROWS.map((row) => html`<${Row} flow=${flow} row=${row} />`)}</div>
    </${Form}>
  </div>`;
}

/** @param {{flow: import("./flow.js").Flow, row: string}} props */
function Row({ flow, row }) {
  const last = row === ROWS.at(-1);
  return html`<div class="keys-row">
    ${[...row].map((key) => html`<button class="button" type="button" key=${key} onClick=${() => flow.code.add(key)}>${key}</button>`)}
    ${last &&
    html`<button class="button key-back" type="button" aria-label=${_("Delete the last character")}
      onClick=${flow.code.deleteLast}>⌫</button>`}
  </div>`;
}

/**
 * A scanner types like a keyboard, wherever the focus is: what it types belongs into the field.
 * @param {import("./flow.js").Flow} flow
 */
export function takeScans(flow) {
  document.addEventListener("keydown", (event) => {
    const typed = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    const elsewhere = !(event.target instanceof HTMLInputElement && event.target.type !== "radio") && !document.querySelector("#phone");
    const field = document.querySelector("#code");
    if (!typed || !elsewhere || !(field instanceof HTMLInputElement) || document.querySelector("dialog[open]")) return;
    flow.code.forget();
    field.value = "";
    field.focus(); // the key goes where the focus is when it is let in: here
  });
}
