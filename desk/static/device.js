// @ts-check
/** One device: what it said of itself, and what it can be told. */
import { _, duration, number } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useSignal } from "../vendor/ui.js";
import { legible, presence, silentFor, test } from "./device_state.js";
import { plain } from "./finding.js";

/** @typedef {{device: any, now: string, manages: boolean, order: (id: string, what: string, body: unknown, method?: string) => Promise<void>}} Props */

/** @param {Props} props */
export function Device({ device, now, manages, order }) {
  const screen = device.kind === "screen";
  const title = `device-${device.id}`;
  const kind = screen ? _("Screen") : _("Kiosk");
  const searched = plain([device.name, device.key, device.branch, kind].join(" "));
  return html`<li class="card stack device" data-device=${device.key} data-find=${searched} aria-labelledby=${title}>
    <div class="device-head">
      ${icon(screen ? "monitor" : "printer")}
      <div>
        <h2 id=${title}><bdi>${device.name}</bdi></h2>
        <p><bdi>${device.branch}</bdi> · ${kind}</p>
      </div>
      <${Presence} device=${device} now=${now} />
    </div>
    <${Said} device=${device} />
    <${Orders} device=${device} order=${order} />
    ${manages && html`<${Pairing} device=${device} order=${order} />`}
  </li>`;
}

/** @param {{device: any, now: string}} props */
function Presence({ device, now }) {
  const how = presence(device, now);
  if (how === "never") return html`<span class="badge" data-presence=${how}>${icon("circle-x")} ${_("Never seen")}</span>`;
  if (how === "online") return html`<span class="badge" data-tone="good" data-presence=${how}>${icon("circle-check")} ${_("Online")}</span>`;
  const since = duration(silentFor(device, now) ?? 0);
  return html`<span class="badge" data-tone="bad" data-presence=${how}>${icon("wifi-off")} ${_("Silent for %(time)s", { time: since })}</span>`;
}

/** What a device said of itself. @param {{device: any}} props */
function Said({ device }) {
  const { report, audio, farthest_metres: wanted } = device;
  const readable = legible(device);
  const screen = device.kind === "screen";
  const sound = { played: _("Sound was heard"), blocked: _("Sound blocked: press OK on the screen"), off: _("Sound off") };
  return html`<ul class="device-said">
    ${audio && html`<li data-audio=${audio}>${icon(audio === "played" ? "volume-2" : "volume-x")} ${sound[/** @type {keyof typeof sound} */ (audio)]}</li>`}
    ${report.width && html`<li>${icon("monitor")} <bdi dir="ltr">${report.width} × ${report.height}</bdi></li>`}
    ${report.reads_metres &&
    html`<li data-legible=${readable === null ? "" : readable ? "yes" : "no"}>
      ${icon(readable === false ? "triangle-alert" : "circle-check")}
      ${wanted
        ? _("Read from %(distance)s m; the farthest seat is %(wanted)s m away", { distance: number(report.reads_metres), wanted: number(wanted) })
        : _("Read from %(distance)s m", { distance: number(report.reads_metres) })}
    </li>`}
    ${Math.abs(report.skew_seconds ?? 0) >= 60 && html`<li>${icon("clock")} ${_("Its own clock is wrong by %(time)s", { time: duration(Math.abs(report.skew_seconds)) })}</li>`}
    ${test(device) === "waiting" && html`<li data-test="waiting">${icon("hourglass")} ${screen ? _("Test call sent") : _("Test sent")}</li>`}
    ${test(device) === "done" && html`<li data-test="done">${icon("check")} ${screen ? _("Test call made") : _("Test made")}</li>`}
  </ul>`;
}

/** @param {{device: any, order: Props["order"]}} props */
function Orders({ device, order }) {
  const screen = device.kind === "screen";
  const tell = (/** @type {string} */ what) => () => order(device.id, "orders", { order: what });
  const volume = `volume-${device.id}`;
  const louder = (/** @type {any} */ event) => order(device.id, "volume", { volume: Number(event.target.value) }, "PUT");
  return html`<div class="device-orders">
    <button class="button" type="button" data-action="identify" onClick=${tell("identify")}>${icon("search")} ${_("Show which one it is")}</button>
    <button class="button" type="button" data-action="test" onClick=${tell("test")}>
      ${icon(screen ? "volume-2" : "printer")} ${screen ? _("Test call") : _("Test print and sound")}
    </button>
    <button class="button" type="button" data-action="reload" onClick=${tell("reload")}>${icon("refresh-cw")} ${_("Reload")}</button>
    <div class="device-volume">
      <label for=${volume}>${_("Volume")}</label>
      <input id=${volume} name="volume" type="range" min="0" max="100" step="10" value=${device.volume} onChange=${louder} />
      <output for=${volume}>${number(device.volume)}</output>
    </div>
  </div>`;
}

/** @param {{device: any, order: Props["order"]}} props */
function Pairing({ device, order }) {
  const sure = useSignal(false);
  const field = `code-${device.id}`;
  /** @param {SubmitEvent} event */
  const pair = async (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const code = String(new FormData(form).get("code"));
    form.reset();
    await order(device.id, "pair", { code });
  };
  const renew = async () => {
    if (sure.value) await order(device.id, "token", {});
    sure.value = !sure.value;
  };
  return html`<details class="device-more">
    <summary>${_("Set up")}</summary>
    <div class="stack">
      <form class="device-pair" onSubmit=${pair}>
        <div class="field">
          <label for=${field}>${_("Code on the blank screen")}</label>
          <input class="input" id=${field} name="code" required minlength="6" maxlength="12" autocomplete="off" autocapitalize="characters" spellcheck="false" />
        </div>
        <button class="button primary" type="submit">${_("Pair")}</button>
      </form>
      <p>${_("Address")}: <a href=${device.path} target="_blank" rel="noopener"><bdi>${device.path}</bdi></a></p>
      <button class=${`button danger ${sure.value ? "primary" : ""}`} type="button" data-action="renew-token" onClick=${renew}>
        ${icon("ban")} ${sure.value ? _("Yes: the old address stops working") : _("Give it a new address")}
      </button>
    </div>
  </details>`;
}
