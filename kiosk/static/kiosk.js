// @ts-check
/** The kiosk: choose what you come for, get a number. */
import { ticking } from "../clock.js";
import { showConnection } from "../connection.js";
import { _, day, time } from "../i18n.js";
import { icon } from "../icons.js";
import { keeping } from "../keeping.js";
import { Logo, Own, own } from "../own.js";
import { pageData } from "../page.js";
import { renewing } from "../renewing.js";
import { effect, html, render } from "../vendor/ui.js";
import { Bar } from "./bar.js";
import { CallBack } from "./call-back.js";
import { Identity, device as newDevice } from "./device.js";
import { flow as newFlow } from "./flow.js";
import { Asking, watching } from "./idle.js";
import { Keypad, takeScans } from "./keypad.js";
import { Message } from "./message.js";
import { paper } from "./paper.js";
import { polling } from "./polling.js";
import { REFUSAL, UNREACHABLE } from "./refusals.js";
import { Start } from "./start.js";
import { TakenView } from "./taken.js";

const root = /** @type {HTMLElement} */ (document.querySelector("#kiosk"));
/** @type {{path: string, menu: any, languages: any[], printing: string | null, spoken: string[]}} */
const page = pageData(root);
const line = polling({ path: `${page.path}/menu`, state: page.menu });
const flow = newFlow(line, page);
const now = ticking(line.clock);
const above = page.path.replace(/\/kiosk\/.*$/, "");
const printing = paper({ path: page.path, root: above, how: page.printing });
const device = newDevice({ path: page.path, line, flow, prints: page.printing === "server" });
const idle = watching(flow.pristine, () => flow.busy.value !== null, flow.reset);

function Kiosk() {
  const { branch } = flow.menu.value;
  return html`<header class="hero">
      <${Logo} /><h1><${Own} text=${branch.label} /></h1>
      <p class="hero-time"><time>${time(now.value, branch.timezone)}</time></p>
      <p class="hero-day">${day(now.value, branch.timezone)}</p>
    </header>
    <div class="kiosk-view">${view()}</div>
    <${Refusal} />
    <${Bar} flow=${flow} languages=${page.languages} />
    <${Asking} idle=${idle} over=${flow.reset} />
    <${Identity} device=${device} />`;
}

function view() {
  switch (flow.view.value) {
    case "taken":
      return html`<${TakenView} key=${flow.taken.value?.id} flow=${flow} root=${above} paper=${printing} />`;
    case "call-back":
      return html`<${CallBack} flow=${flow} />`;
    case "message":
      return html`<${Message} flow=${flow} />`;
    case "code":
      return html`<${Keypad} flow=${flow} />`;
    default:
      return html`<${Start} flow=${flow} />`;
  }
}

/** That somebody comes to help, and why nothing came of a wish; while the kiosk is offline, why nothing can. */
function Refusal() {
  const text = flow.problem.value ?? (flow.offline.value && flow.view.value !== "taken" ? UNREACHABLE : null);
  const helped = flow.helped.value;
  return html`<div class="kiosk-refusal" role="alert">
    ${helped && html`<p class="alert" data-tone="info">${icon("headset")}<span>${_(helped)}</span></p>`}
    ${text && html`<p class="alert" data-tone="bad">${icon("circle-alert")}<span id=${REFUSAL}>${_(text)}</span></p>`}
  </div>`;
}

effect(() => {
  const number = flow.taken.value?.number;
  document.title = number ?? own(flow.menu.value.branch.label);
});
takeScans(flow);
root.replaceChildren();
render(html`<${Kiosk} />`, root);
showConnection(line);
renewing(line, flow.pristine);
keeping();
