// @ts-check
/** A telephone number, where nobody is there to serve: somebody calls as soon as he is. */
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { html } from "../vendor/ui.js";
import { NumberPad } from "./number-pad.js";

/** @param {{flow: import("./flow.js").Flow}} props */
export function CallBack({ flow }) {
  if (flow.phones.promised.value) return html`<${Promised} flow=${flow} />`;
  const question = _("Nobody is here at the moment. Leave your telephone number, and we will call you.");
  return html`<${NumberPad} flow=${flow} question=${question} action="call-back" press=${_("Call me")} done=${flow.phones.leave} back=${flow.reset} />`;
}

/** @param {{flow: import("./flow.js").Flow}} props */
function Promised({ flow }) {
  return html`<div class="start" role="status">
    <h2>${icon("phone")} ${_("We will call you as soon as somebody is here.")}</h2>
    <p><bdi dir="ltr">${flow.phones.phone.value}</bdi></p>
    <button class="button primary large" type="button" onClick=${flow.reset}>${_("Done")}</button>
  </div>`;
}
