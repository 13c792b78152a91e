// @ts-check
/** The parts of the board that are looked at: alerts, queues, points of contact, devices. */
import { _, duration, minutes, ngettext, number, wait } from "../i18n.js";
import { icon } from "../icons.js";
import { html } from "../vendor/ui.js";
import { ageOf, alertInWords, alertName, heardInWords, overTarget, printerInWords, seenAgo, shownInWords } from "./board.js";
import { useDesk } from "./parts.js";

/** @returns {any} the board's context: its line, the time, what can be done */
export const useBoard = () => useDesk();

/** Seconds matter in the first minute only. @param {number} seconds */
export function roughly(seconds) {
  return duration(seconds < 60 ? Math.floor(seconds) : Math.floor(seconds / 60) * 60);
}

/** How long since an instant, roughly. @param {{at: string | null}} props */
export function Ago({ at }) {
  const age = ageOf(at, useBoard().now.value);
  return age === null ? null : html`<time class="since" datetime=${at}>${roughly(age)}</time>`;
}

const SIGNS = {
  undeliverable: ["user-x", "bad"],
  wait_over_target: ["hourglass", "warn"],
  silent_screen: ["monitor", "warn"],
  printer: ["printer", "warn"],
  help: ["headset", "bad"],
  short_services: ["timer", "info"],
};

export function Alerts() {
  const { alerts } = useBoard().line.state.value;
  return html`<section class="panel board-alerts" aria-labelledby="alerts">
    <h2 id="alerts">${_("Alerts")} <span class="badge" data-tone=${alerts.length ? "warn" : "good"}>${number(alerts.length)}</span></h2>
    ${alerts.length === 0 && html`<p class="soft">${_("Nothing is amiss.")}</p>`}
    <ul class="lines">${alerts.map((/** @type {any} */ alert) => html`<${Amiss} key=${alertName(alert)} alert=${alert} />`)}</ul>
  </section>`;
}

/** @param {{alert: any}} props */
function Amiss({ alert }) {
  const [sign, tone] = SIGNS[/** @type {keyof typeof SIGNS} */ (alert.kind)] ?? ["triangle-alert", "warn"];
  return html`<li class="alert" data-alert=${alert.kind} data-tone=${tone}>
    ${icon(sign)}<span>${alertInWords(alert)}</span><${Ago} at=${alert.since} />
  </li>`;
}

export function Queues() {
  const board = useBoard();
  const state = board.line.state.value;
  return html`<section class="panel board-queues" aria-labelledby="queues">
    <h2 id="queues">${_("Queues")}
      <span class="badge">${ngettext("%(num)s waiting", "%(num)s waiting", total(state.queues))}</span></h2>
    <ul class="lines">
      ${state.queues.map((/** @type {any} */ queue) => html`<${Queue} key=${`${queue.id} ${queue.branch?.id}`} queue=${queue} />`)}
    </ul>
  </section>`;
}

/** @param {any[]} queues */
function total(queues) {
  return queues.reduce((sum, { waiting }) => sum + waiting, 0);
}

/** @param {{queue: any}} props */
function Queue({ queue }) {
  const board = useBoard();
  const one = board.line.state.value.branch !== null;
  const late = overTarget(queue, board.now.value);
  const name = one ? queue.name : `${queue.name} · ${queue.branch?.label ?? _("Remote")}`;
  const look = () => (board.dialog.value = { name: "line", of: { queue: queue.id, branch: queue.branch?.id ?? null } });
  return html`<li class="board-row" data-queue=${queue.key} data-branch=${queue.branch?.key ?? ""}>
    <div class="board-row-head">
      <h3><bdi>${name}</bdi></h3>
      <span class="badge" data-tone=${queue.open ? "good" : ""}>${queue.open ? _("Open") : _("Closed")}</span>
      <button type="button" class="button small" data-action="line" aria-haspopup="dialog" onClick=${look}
          aria-label=${_("Line: %(queue)s", { queue: name })}>${icon("users")} ${_("Line")}</button>
    </div>
    <dl class="board-figures">
      <div><dt>${_("Waiting")}</dt><dd data-waiting=${queue.waiting}>${number(queue.waiting)}</dd></div>
      <div data-tone=${late ? "bad" : undefined}><dt>${_("Longest")}</dt>
        <dd>${late && icon("triangle-alert")}${queue.waiting ? html`<${Ago} at=${queue.waiting_since} />` : "–"}</dd></div>
      <div><dt>${_("Target")}</dt><dd>${queue.target_minutes ? minutes(queue.target_minutes) : "–"}</dd></div>
      <div><dt>${_("Forecast")}</dt><dd>${queue.wait_minutes ? wait(queue.wait_minutes) : "–"}</dd></div>
      <div><dt>${_("Free")}</dt><dd>${_("%(free)s of %(servers)s", { free: number(queue.free), servers: number(queue.servers) })}</dd></div>
    </dl>
  </li>`;
}

export function Pocs() {
  const state = useBoard().line.state.value;
  return html`<section class="panel board-pocs" aria-labelledby="pocs">
    <h2 id="pocs">${_("Points of contact")}</h2>
    ${state.pocs.length === 0 && html`<p class="soft">${_("There are none.")}</p>`}
    <ul class="lines">
      ${state.pocs.map((/** @type {any} */ poc) => html`<li class="line" key=${poc.id} data-poc=${poc.key}>
        ${icon(poc.kind === "booth" ? "video" : "map-pin")}
        <span class="line-name"><bdi>${poc.label}</bdi> ${!state.branch && html`<small><bdi>${poc.branch?.label ?? ""}</bdi></small>`}</span>
        <span><bdi>${poc.agent?.name ?? ""}</bdi></span>
        ${poc.number ? html`<strong class="board-number"><bdi>${poc.number}</bdi></strong>` : html`<span class="soft">${_("free")}</span>`}
      </li>`)}
    </ul>
  </section>`;
}

export function Devices() {
  const state = useBoard().line.state.value;
  return html`<section class="panel board-devices" aria-labelledby="devices">
    <h2 id="devices">${_("Screens and kiosks")}</h2>
    ${state.screens.length + state.kiosks.length === 0 && html`<p class="soft">${_("There are none.")}</p>`}
    <ul class="lines">
      ${state.screens.map((/** @type {any} */ one) => html`<${Device} key=${`s ${one.key}`} one=${one} sign="monitor" kind="screen" />`)}
      ${state.kiosks.map((/** @type {any} */ one) => html`<${Device} key=${`k ${one.key}`} one=${one} sign="smartphone" kind="kiosk" />`)}
    </ul>
  </section>`;
}

/** @param {{one: any, sign: string, kind: "screen" | "kiosk"}} props */
function Device({ one, sign, kind }) {
  const board = useBoard();
  const state = board.line.state.value;
  const ago = seenAgo(state, one.seen_at, board.now.value);
  const said = kind === "screen" ? [shownInWords(one), heardInWords(one.audio)] : [printerInWords(one.printer)];
  return html`<li class="board-row" data-device=${one.key}>
    <div class="board-row-head">
      ${icon(sign)}
      <h3><bdi>${one.name}</bdi> ${!state.branch && html`<small><bdi>${one.branch?.label ?? ""}</bdi></small>`}</h3>
      <span class="soft">${ago === null ? _("never seen") : _("seen %(time)s ago", { time: roughly(ago) })}</span>
    </div>
    <p class="row">${said.map((word) => word && html`<span class="badge" data-tone=${word.tone}>${word.words}</span>`)}</p>
  </li>`;
}
