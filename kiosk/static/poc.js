// @ts-check
/** A point of contact's own device: who is called here, who comes, and the way into the conversation. */
import { announce } from "../announce.js";
import { ticking } from "../clock.js";
import { showConnection } from "../connection.js";
import { _, fill, time } from "../i18n.js";
import { icon } from "../icons.js";
import { live } from "../live.js";
import { Own, own } from "../own.js";
import { pageData } from "../page.js";
import { renewing } from "../renewing.js";
import { effect, html, render } from "../vendor/ui.js";
import { opening } from "./opening.js";

/** @typedef {{poc: {label: string, kind: string}, branch: {label: string, timezone: string} | null,
 *             ticket: {number: string, state: string} | null, agent: {firstname: string} | null,
 *             room_url: string | null}} State */

const root = /** @type {HTMLElement} */ (document.querySelector("#poc"));
/** @type {{path: string, state: any}} */
const page = pageData(root);
const line = live({ socket: `${page.path}/socket`, poll: `${page.path}/state`, state: page.state });
line.clock.learn(page.state.now);
const now = ticking(line.clock);

function Poc() {
  /** @type {State} */
  const { poc, branch, ticket, agent, room_url: room } = line.state.value;
  return html`<header class="poc-head">
      <h1 data-poc><${Own} text=${poc.label} /></h1>
      <p>${branch && html`<${Own} text=${branch.label} />`}</p>
      <p class="poc-time"><time>${time(now.value, branch?.timezone)}</time></p>
    </header>
    <section class="poc-now" data-state=${ticket?.state ?? "free"} data-for=${ticket ? "" : null}>
      ${ticket ? html`<${Somebody} ticket=${ticket} agent=${agent} room=${room} />` : html`<${Nobody} />`}
    </section>`;
}

function Nobody() {
  return html`${icon("armchair")}
    <p class="poc-words">${_("Welcome")}</p>
    <p>${_("Please wait until your number is called to this place.")}</p>`;
}

/** @param {{ticket: {number: string, state: string}, agent: {firstname: string} | null, room: string | null}} props */
function Somebody({ ticket, agent, room }) {
  return html`<p class="number poc-number" style=${{ "--letters": String([...ticket.number].length) }} data-number>${ticket.number}</p>
    <p class="poc-words">${ticket.state === "called" ? _("Please come here") : _("Please take a seat")}</p>
    ${agent && html`<p class="poc-agent">${icon("headset")} <span>${company(ticket, agent.firstname)}</span></p>`}
    ${room &&
    html`<a class="button primary large poc-join" href=${room} target="_blank" rel="noopener noreferrer">
      ${icon("video")} ${_("Start the conversation")}
    </a>`}`;
}

/** The name alone may run the other way than the sentence around it. @param {{state: string}} ticket @param {string} firstname */
function company({ state }, firstname) {
  const name = html`<bdi>${firstname}</bdi>`;
  return fill(state === "called" ? _("%(name)s is waiting for you.") : _("%(name)s is with you."), { name });
}

/** @type {string | undefined} */ let said;
effect(() => {
  const { poc, ticket } = line.state.value;
  document.title = ticket ? `${ticket.number} · ${own(poc.label)}` : own(poc.label);
  if (ticket && ticket.number !== said) announce(document.title);
  said = ticket?.number;
});
if (new URL(location.href).searchParams.get("open") === "auto") opening(line);
root.replaceChildren();
render(html`<${Poc} />`, root);
showConnection(line);
renewing(line, () => line.state.value.ticket === null);
