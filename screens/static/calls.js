// @ts-check
/** The number that is called now, as large as the screen allows, and the calls before it. */
import { icon } from "../icons.js";
import { Own, marked } from "../own.js";
import { html } from "../vendor/ui.js";
import { Fitted } from "./lettering.js";

/** @typedef {import("./announcing.js").Call} Call */
/** @typedef {{view: import("./lobby.js").View}} Props */

/** A text of ours in the language whose turn it is. @param {{view: import("./lobby.js").View, text: string}} props */
export function Words({ view, text }) {
  const { tag, direction } = view.words.value;
  return html`<span lang=${tag} dir=${direction}>${text}</span>`;
}

/** @param {Props} props */
export function Stage({ view }) {
  const call = view.call.value;
  return html`<section class="stage" aria-label=${view.words.value.gettext("Now called")}>
    ${call ? html`<${Now} key=${call.seq} view=${view} call=${call} />` : html`<${Nobody} view=${view} />`}
  </section>`;
}

/** @param {Props & {call: Call}} props */
function Now({ view, call }) {
  const fresh = view.glowing.value === call.seq;
  return html`<div class="now" data-call=${call.seq} aria-current="true" data-fresh=${fresh ? "" : null}>
    <p class="now-word">
      ${icon(call.recall ? "bell-ring" : "megaphone")}
      <${Words} view=${view} text=${what(view, call)} />
      ${call.queue && html`<span class="now-queue"><${Own} text=${call.queue} tag=${view.words.value.tag} /></span>`}
    </p>
    <div class="now-number"><${Fitted} text=${call.number} share=${0.6} narrowest=${0.74} data-number /></div>
    <${Where} view=${view} call=${call} />
  </div>`;
}

/**
 * What is so about the large number: while nobody knows what is called now, it is the last that was.
 * @param {import("./lobby.js").View} view @param {Call} call
 */
function what(view, call) {
  const { gettext } = view.words.value;
  if (view.offline.value) return gettext("Called last");
  return call.recall ? gettext("Called again") : gettext("Now called");
}

/** Where the number goes: to a place; of several branches, the branch before it. @param {Props & {call: Call}} props */
function Where({ view, call }) {
  if (call.poc === null && !call.branch) return null;
  return html`<div class="now-poc" data-wide=${call.branch && call.poc !== null ? "" : null}>
    ${icon("arrow-right", { directional: true })}
    ${call.branch && html`<${Named} view=${view} text=${call.branch} data-branch />`}
    ${call.poc !== null && html`<${Named} view=${view} text=${call.poc} data-poc />`}
  </div>`;
}

/** A name that the account gave, in the language whose turn it is. @param {Props & {text: string, [attribute: string]: unknown}} props */
export function Named({ view, text, ...attributes }) {
  const { found, lang } = marked(text, view.words.value.tag);
  return html`<${Fitted} text=${found} share=${0.7} lang=${lang} ...${attributes} />`;
}

/** @param {Props} props */
function Nobody({ view }) {
  const { gettext } = view.words.value;
  return html`<div class="nobody">
    ${icon("ticket")}
    <p class="nobody-welcome"><${Words} view=${view} text=${gettext("Welcome")} /></p>
    <p><${Words} view=${view} text=${gettext("Your number will be shown here.")} /></p>
  </div>`;
}

/** @param {Props} props */
export function Calls({ view }) {
  const calls = view.calls.value;
  return html`<section class="calls">
    <h2><${Words} view=${view} text=${view.words.value.gettext("Last calls")} /></h2>
    <ol class="calls-list" reversed>
      ${calls.map((call) => html`<${Called} key=${call.seq} view=${view} call=${call} coming=${isComing(view, call)} />`)}
    </ol>
  </section>`;
}

/** Whether a call has not been shown large yet. @param {import("./lobby.js").View} view @param {Call} call */
function isComing(view, call) {
  return view.board.value.waiting.some(({ seq }) => seq === call.seq);
}

/** Whether a call has come onto the list since the page began: what stands there from the start does not come in.
 *  @param {import("./lobby.js").View} view @param {Call} call */
function arrives(view, call) {
  return call.seq >= view.first;
}

/** @param {Props & {call: Call, coming: boolean}} props */
function Called({ view, call, coming }) {
  return html`<li class="called" data-call=${call.seq} data-coming=${coming ? "" : null} data-arriving=${arrives(view, call) ? "" : null}>
    <div class="called-number"><${Fitted} text=${call.number} share=${0.9} narrowest=${0.8} data-number /></div>
    ${(call.poc !== null || call.branch) && icon("arrow-right", { directional: true })}
    ${(call.poc !== null || call.branch) &&
    html`<div class="called-where" data-wide=${call.branch && call.poc !== null ? "" : null}>
      ${call.branch && html`<${Named} view=${view} text=${call.branch} data-branch />`}
      ${call.poc !== null && html`<${Named} view=${view} text=${call.poc} data-poc />`}
    </div>`}
  </li>`;
}
