// @ts-check
/** Screens and kiosks: how they are, what they are told to do, what is put up for them. */
import { announce } from "../announce.js";
import { command } from "../command.js";
import { _ } from "../i18n.js";
import { pageData } from "../page.js";
import { html, render, signal } from "../vendor/ui.js";
import { Device } from "./device.js";
import { Finder } from "./finder.js";
import { MANY } from "./finding.js";
import { PutUp } from "./put_up.js";
import { inWords } from "./refusals.js";

const EVERY = 3000;

const root = /** @type {HTMLElement} */ (document.querySelector("#devices"));
const state = signal(pageData(root).state);
const refusal = signal("");

async function look() {
  try {
    const reply = await fetch("/desk/api/devices", { cache: "no-store" });
    if (reply.status === 401) location.assign("/desk");
    if (reply.ok) state.value = await reply.json();
  } catch {
    // no network: what is shown grows old, and says so by itself
  }
}

/**
 * Have something done, and look how things stand then.
 * @param {() => Promise<unknown>} work @param {string} done what to tell those who hear the page
 */
async function act(work, done) {
  refusal.value = "";
  try {
    await work();
    announce(done);
  } catch (error) {
    refusal.value = inWords(/** @type {any} */ (error));
  }
  await look();
}

/** @param {string} id @param {string} what @param {unknown} body @param {string} [method] */
const order = (id, what, body, method = "POST") => act(() => command(`/desk/api/devices/${id}/${what}`, body, { method }), _("Done"));

function Page() {
  const { devices, media, manages, now } = state.value;
  return html`
    ${refusal.value && html`<p class="alert" role="alert" data-tone="bad"><span>${refusal.value}</span></p>`}
    ${devices.length === 0 && html`<p>${_("There is no screen and no kiosk yet.")}</p>`}
    ${devices.length > MANY && html`<${Finder} list="device-list" kept />`}
    <ul class="devices" id="device-list">
      ${devices.map((/** @type {any} */ one) => html`<${Device} key=${one.id} device=${one} now=${now} manages=${manages} order=${order} />`)}
    </ul>
    ${manages && html`<${PutUp} media=${media} act=${act} />`}`;
}

root.replaceChildren();
render(html`<${Page} />`, root);
setInterval(look, EVERY);
