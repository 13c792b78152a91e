// @ts-check
/** Shortcuts, and what this device may be told: sound, notifications, keys. */
import { N_, _ } from "../i18n.js";
import { html, useSignal } from "../vendor/ui.js";
import { Dialog } from "./dialog.js";
import { useDesk } from "./parts.js";
import { APPLE, prefer, preferences } from "./preferences.js";
import { letterFor, letters, relettered } from "./shortcuts.js";

/** In the order of a visitor's way. */
const LISTED = [
  ["next", N_("Call next, finishing first")],
  ["answer", N_("Answer what rings")],
  ["decline", N_("Decline what rings")],
  ["recall", N_("Call the same number again")],
  ["serve", N_("Start serving")],
  ["no-show", N_("Nobody came")],
  ["finish", N_("Finish")],
  ["park", N_("Park")],
  ["resume", N_("Resume the one parked last")],
  ["transfer", N_("Transfer")],
  ["undo", N_("Undo a finish or a no-show")],
  ["idle", N_("Ready; wrap-up is over")],
  ["away", N_("Away")],
  ["help", N_("This list")],
];

export function HelpDialog() {
  const desk = useDesk();
  const { sound, shortcuts, notify } = preferences.value;
  const refused = useSignal(false);
  const notifiable = typeof Notification !== "undefined" && isSecureContext;

  async function toggleNotify() {
    if (notify) return prefer({ notify: false });
    const answer = await Notification.requestPermission();
    refused.value = answer !== "granted";
    prefer({ notify: answer === "granted" });
  }

  return html`<${Dialog} title=${_("Shortcuts and settings")} onClose=${() => (desk.dialog.value = null)}>
    <div class="stack">
      <div class="stack tight">
        <${Switch} on=${sound} press=${() => prefer({ sound: !sound })}>${_("Sound when somebody rings")}<//>
        ${notifiable && html`<${Switch} on=${notify} press=${toggleNotify}>${_("Notification when this window is hidden")}<//>`}
        ${refused.value && html`<p class="hint" role="status">${_("The browser does not allow notifications from here.")}</p>`}
        <${Switch} on=${shortcuts} press=${() => prefer({ shortcuts: !shortcuts })}>${_("Keyboard shortcuts")}<//>
      </div>
      <table class="table keys" aria-disabled=${!shortcuts}>
        <caption class="visually-hidden">${_("Keyboard shortcuts")}</caption>
        <thead><tr><th scope="col">${_("Keys")}</th><th scope="col">${_("What they do")}</th></tr></thead>
        <tbody>
          ${LISTED.map(
            ([name, words]) => html`<tr key=${name}>
              <td><kbd class="key">${APPLE ? "⌥" : "Alt"}</kbd> <${Letter} name=${name} words=${_(words)} /></td>
              <td>${_(words)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      <p class="hint">${_("To change a letter, type another over it. Whatever had that one takes the former.")}</p>
      ${Object.keys(preferences.value.letters).length > 0 &&
      html`<button type="button" class="button" onClick=${() => prefer({ letters: {} })}>${_("Letters as they were at first")}</button>`}
      <p><a href="/own-login">${_("Your login")}</a></p>
      <p class="hint">${_("Where the browser keeps Alt for its own menus, hold Shift as well.")}</p>
    </div>
  <//>`;
}

/** @param {{name: string, words: string}} props */
function Letter({ name, words }) {
  const change = (/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ { currentTarget: field, data }) => {
    const typed = (data ?? "").toUpperCase();
    if (/^[A-Z]$/.test(typed)) prefer({ letters: relettered(letters(), name, typed) });
    field.value = letterFor(name) ?? "";
  };
  return html`<input class="key letter" name=${`letter-${name}`} value=${letterFor(name)} aria-label=${_("Letter for: %(action)s", { action: words })}
    autocomplete="off" autocapitalize="characters" spellcheck=${false} onInput=${change} />`;
}

/** @param {{on: boolean, press: () => void, children: any}} props */
function Switch({ on, press, children }) {
  return html`<button type="button" class="switch" role="switch" aria-checked=${on} onClick=${press}>${children}</button>`;
}
