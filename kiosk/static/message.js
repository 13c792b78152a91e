// @ts-check
/** A telephone to write to about a number that was given out: with it one can go for a walk. */
import { _ } from "../i18n.js";
import { html } from "../vendor/ui.js";
import { NumberPad } from "./number-pad.js";

/** @param {{flow: import("./flow.js").Flow}} props */
export function Message({ flow }) {
  return html`<${NumberPad} flow=${flow} question=${_("To which telephone shall we write when it is your turn?")} action="write"
    press=${_("Write to me")} hint=${_("We write only about this number, and delete yours after your visit.")}
    done=${flow.phones.write} back=${flow.phones.backToTicket} />`;
}
