// @ts-check
/** What the lobby's screens report: whether they have shown the call, and whether it was heard. */
import { _, ngettext } from "../i18n.js";
import { icon } from "../icons.js";
import { html } from "../vendor/ui.js";
import { useDesk } from "./parts.js";

/**
 * How far the screens that show a ticket's branch and queue are with its call: a pure function.
 * @param {any[]} screens @param {any} ticket
 * @returns {{there: number, shown: number} | null} null where nothing is known
 */
export function shownOn(screens, ticket) {
  if (ticket.call == null) return null;
  const there = screens
    .filter(({ queues }) => queues === null || queues.includes(ticket.queue?.id))
    .flatMap(({ branches }) => branches.filter((/** @type {any} */ { id }) => id === ticket.branch?.id));
  return there.length ? { there: there.length, shown: there.filter(({ painted }) => painted >= ticket.call).length } : null;
}

/** @param {{ticket: any}} props */
export function Shown({ ticket }) {
  const found = shownOn(useDesk().line.state.value.screens ?? [], ticket);
  if (!found) return null;
  const all = found.shown === found.there;
  return html`<p class="badge" data-tone=${all ? "good" : ""}>
    ${icon("monitor")}
    ${ngettext("Shown on %(shown)s of %(num)s screen", "Shown on %(shown)s of %(num)s screens", found.there, found)}
  </p>`;
}

export function Screens() {
  const state = useDesk().line.state.value;
  const screens = state.screens ?? [];
  if (screens.length === 0) return null;
  return html`<section class="panel" aria-labelledby="screens">
    <h2 id="screens">${_("Lobby screens")}</h2>
    ${state.agent.role !== "attendant" && html`<p class="row"><a href="/admin/devices">${_("Devices")}</a></p>`}
    <ul class="lines">
      ${screens.map(
        (/** @type {any} */ screen) => html`<li class="line" key=${screen.key}>
          ${icon("monitor")}
          <span class="line-name"><bdi>${screen.key}</bdi></span>
          ${report(screen)}
        </li>`,
      )}
    </ul>
  </section>`;
}

/** @param {any} screen */
function report({ painted, audio }) {
  if (painted == null && audio == null) return html`<span class="badge">${icon("circle-x")} ${_("No report yet")}</span>`;
  if (audio === "blocked") return html`<span class="badge" data-tone="warn">${icon("volume-x")} ${_("Sound blocked")}</span>`;
  if (audio === "off") return html`<span class="badge">${icon("volume-x")} ${_("Sound off")}</span>`;
  return html`<span class="badge" data-tone="good">${icon("volume-2")} ${_("Heard")}</span>`;
}
