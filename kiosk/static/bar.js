// @ts-check
/**
 * What is always at hand at the foot of a kiosk, where everybody can reach it: languages, help, larger text, more
 * contrast, everything within reach of whoever sits. */
import { _, language } from "../i18n.js";
import { icon } from "../icons.js";
import { html } from "../vendor/ui.js";

const WIDEST = 4; // so many buttons stand side by side on a screen that stands upright

/** @typedef {{tag: string, name: string, direction: string}} Language */

/** How many columns so many buttons take, so that every row has about as many. @param {number} count */
export function columns(count) {
  return Math.ceil(count / Math.ceil(count / WIDEST));
}

/** Names as short as they can be told apart: "Português", where there is one only. @param {Language[]} languages */
export function short(languages) {
  const plain = (/** @type {Language} */ { name }) => name.replace(/ \(.*\)$/, "");
  const alone = (/** @type {Language} */ one) => languages.filter((other) => plain(other) === plain(one)).length === 1;
  return languages.map((one) => (alone(one) ? { ...one, name: plain(one) } : one));
}

/** @param {{flow: import("./flow.js").Flow, languages: Language[]}} props */
export function Bar({ flow, languages }) {
  return html`<div class="bar">
    <div class="bar-languages" role="group" aria-label=${_("Language")} style=${{ "--columns": String(columns(languages.length)) }}>
      ${languages.length > 1 &&
      short(languages).map(({ tag, name, direction }) => html`<button class="button" type="button" key=${tag} lang=${tag} dir=${direction}
        aria-pressed=${language.value === tag ? "true" : "false"} onClick=${() => flow.speak(tag)}>${name}</button>`)}
    </div>
    <div class="bar-switches">
      <button class="button bar-switch" type="button" data-action="help" aria-busy=${flow.busy.value === "help" ? "true" : null} onClick=${flow.askForHelp}>
        ${icon("headset")} ${_("Help")}
      </button>
      <${Switch} flow=${flow} of=${flow.low} sign="accessibility" text=${_("Lower down")} name="low" />
      ${flow.voice.possible.value && html`<${Switch} flow=${flow} of=${flow.heard} sign="volume-2" text=${_("Read aloud")} name="aloud" />`}
      <${Switch} flow=${flow} of=${flow.large} sign="a-large-small" text=${_("Larger text")} />
      <${Switch} flow=${flow} of=${flow.contrast} sign="contrast" text=${_("High contrast")} />
    </div>
  </div>`;
}

/** @param {{flow: import("./flow.js").Flow, of: {value: boolean}, sign: string, text: string, name?: string}} props */
function Switch({ flow, of, sign, text, name }) {
  const turn = () => {
    of.value = !of.value;
    flow.appearance();
  };
  return html`<button class="button bar-switch" type="button" role="switch" data-switch=${name} aria-checked=${of.value ? "true" : "false"} onClick=${turn}>
    ${icon(sign)} ${text}
  </button>`;
}
