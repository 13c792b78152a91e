// @ts-check
/** The number, large, with everything that goes along with it. */
import { _, ngettext, wait } from "../i18n.js";
import { icon } from "../icons.js";
import { Own } from "../own.js";
import { html, useEffect, useRef } from "../vendor/ui.js";
import { SAID, linkOf } from "./paper.js";

const SETTLED = 600; // ms in which a second tap of a double tap does not press what has just appeared under the finger

/** @typedef {ReturnType<typeof import("./paper.js").paper>} Paper */

/** @param {{flow: import("./flow.js").Flow, root: string, paper: Paper}} props  root: where this server's addresses begin */
export function TakenView({ flow, root, paper }) {
  const ticket = /** @type {import("./flow.js").Taken} */ (flow.taken.value);
  const page = `${root}/t/${linkOf(ticket.url)}`;
  const actions = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    void paper.begin(ticket);
    const timer = setTimeout(() => {
      actions.current?.removeAttribute("inert");
      actions.current?.querySelector("button")?.focus({ preventScroll: true }); // the number is to be seen
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [ticket.id]);
  return html`<div class="taken" data-ticket=${ticket.id}>
    <div class="ticket">
      <div class="taken-main">
        <h2>${_("Your number")}</h2>
        <p class="number taken-number" style=${{ "--letters": String([...ticket.number].length) }} data-number>${ticket.number}</p>
        <p class="taken-queue"><${Own} text=${ticket.queue.name} /></p>
        <${Place} ticket=${ticket} />
      </div>
      <div class="ticket-stub taken-stub">
        <img class="taken-qr" src=${`${page}/qr.svg`} alt=${_("QR code of your ticket")} width="200" height="200" />
        <${OnPaper} paper=${paper} />
      </div>
    </div>
    <div class="taken-actions" ref=${actions} inert>
      <button class="button large primary" type="button" onClick=${flow.reset}>${icon("check")} ${_("Done")}</button>
      ${flow.menu.value.device.phone && html`<${Telephone} flow=${flow} />`}
      <button class="button large" type="button" onClick=${() => paper.ask(ticket)}>
        ${icon("printer")} ${paper.again ? _("Print again") : _("Print")}
      </button>
    </div>
  </div>`;
}

/** @param {{ticket: import("./flow.js").Taken}} props */
function Place({ ticket: { ahead, wait_minutes: minutes } }) {
  return html`<p class="taken-place">
    <span data-ahead=${ahead}>${icon("users")} ${ahead ? ngettext("%(num)s person ahead of you", "%(num)s people ahead of you", ahead) : _("You are next")}</span>
    ${minutes && html`<span>${icon("clock")} ${_("Wait: %(wait)s", { wait: wait(minutes) })}</span>`}
  </p>`;
}

/** @param {{flow: import("./flow.js").Flow}} props */
function Telephone({ flow }) {
  return html`<button class="button large" type="button" data-action="telephone" onClick=${flow.phones.askWhomToWrite}>
    ${icon("smartphone")} ${flow.phones.written.value === null ? _("Write to my phone") : html`<span>${_("We will write to:")} <bdi dir="ltr">${flow.phones.written.value}</bdi></span>`}
  </button>`;
}

/** How it goes with the paper, or what can be done without. @param {{paper: Paper}} props */
function OnPaper({ paper }) {
  const how = paper.state.value;
  return html`<div role="status" data-paper=${how}>
    ${how
      ? html`<p class="alert" data-tone=${how === "failed" ? "warn" : "info"}>${icon("printer")}<span>${_(SAID[how])}</span></p>`
      : html`<p>${_("Scan this to follow your turn on your phone. Please watch the screens until your number is called.")}</p>`}
  </div>`;
}
