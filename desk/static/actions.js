// @ts-check
/** What to do at the desk, at its foot; and what can be undone, or went wrong. */
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { html } from "../vendor/ui.js";
import { several } from "./lane.js";
import { Do, useDesk } from "./parts.js";
import { allPush } from "./queues.js";
import { layoutOf, phaseOf } from "./work.js";

/** What to do. The last row stands still: its first button is the next thing to do, all day. */
export function Actions() {
  const desk = useDesk();
  const state = desk.line.state.value;
  const { primary, beside, more } = layoutOf(state);
  return html`<div class="actions" role="group" aria-label=${_("Actions")}>
    <${Notes} />
    ${more.length > 0 &&
    html`<div class="actions-more">
      ${more.map((name) =>
        name === "transfer" ? html`<${Transfer} key=${name} />` : html`<${Do} key=${name} name=${name} />`,
      )}
    </div>`}
    <div class="actions-main">
      <${Do} key="primary" name=${primary} look=${`large ${restful(state) ? "" : "primary"} the-primary`}
        own=${{ "data-primary": "" }} />
      ${beside && html`<${Do} key="beside" name=${beside} look="large" />`}
    </div>
  </div>`;
}

/** Whether there is nothing to press now, so that nothing asks for it. @param {any} state */
function restful(state) {
  return phaseOf(state) === "idle" && allPush(state.queues);
}

function Transfer() {
  const desk = useDesk();
  return html`<${Do} name="transfer" own=${{ "aria-haspopup": "dialog" }} />`;
}

/** What can be undone, and what went wrong. */
function Notes() {
  const desk = useDesk();
  const state = desk.line.state.value;
  const { undo, session } = state;
  const left = undo ? (Date.parse(undo.until) - desk.now.value) / 1000 : 0;
  return html`<div class="notes">
    ${desk.line.outdated.value && ["out", "idle", "away"].includes(phaseOf(desk.line.state.value)) &&
    html`<div class="toast" role="status">
      <span>${_("There is a newer version of this page.")}</span>
      <button type="button" class="button" onClick=${() => location.reload()}>${icon("refresh-cw")} ${_("Load it")}</button>
    </div>`}
    ${desk.notes.value.map(
      (/** @type {any} */ note) => html`<p class="alert" role="alert" data-tone=${note.tone} key=${note.id}>
        ${icon(note.tone === "bad" ? "circle-alert" : "info")}<span>${note.text}</span>
        <button type="button" class="button quiet only-icon" aria-label=${_("Close")}
          onClick=${() => desk.forget(note.id)}>${icon("x")}</button>
      </p>`,
    )}
    ${undo && left > 0 && (several(state) || !["busy", "ringing"].includes(session.state)) &&
    html`<div class="toast" role="status">
      <span>${undo.what === "finish" ? _("%(number)s is finished.", { number: undo.number }) : _("%(number)s did not come.", { number: undo.number })}</span>
      <${Do} name="undo" keyed=${false} />
    </div>`}
  </div>`;
}
