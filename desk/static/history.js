// @ts-check
/** What the visitor came for before: asked for when somebody wants to know. */
import { _, day, language } from "../i18n.js";
import { icon } from "../icons.js";
import { nameIn } from "../own.js";
import { html, useEffect, useSignal } from "../vendor/ui.js";

/** @typedef {{at: string, number: string, state: string, branch: any, queue: any, agent: string | null, outcome: any, note: string | null}} Visit */

/** @param {{ticket: any}} props */
export function History({ ticket }) {
  const open = useSignal(false);
  const visits = useSignal(/** @type {Visit[] | null} */ (null));
  const failed = useSignal(false);

  useEffect(() => {
    if (!open.value) return;
    void visitsBefore(ticket.id).then((found) => {
      failed.value = found === null;
      visits.value = found;
    });
  }, [open.value]);
  if (!ticket.customer && !ticket.appointment) return null;
  return html`<details class="history" onToggle=${(/** @type {any} */ event) => (open.value = event.currentTarget.open)}>
    <summary>${icon("history")} ${_("Earlier visits")}</summary>
    <div role="status">
      ${failed.value && html`<p class="soft">${_("They cannot be shown right now.")}</p>`}
      ${visits.value?.length === 0 && html`<p class="soft">${_("None that we know of.")}</p>`}
    </div>
    ${visits.value !== null && visits.value.length > 0 &&
    html`<ol class="history-visits">${visits.value.map((visit) => html`<${Before} key=${`${visit.at} ${visit.number}`} visit=${visit} />`)}</ol>`}
  </details>`;
}

/** @param {{visit: Visit}} props */
function Before({ visit }) {
  const { at, state, branch, queue, agent, outcome, note } = visit;
  const where = [queue?.name, branch?.label, agent].filter((name) => name);
  return html`<li class="history-visit">
    <p>
      <time datetime=${at}>${day(at, branch?.timezone, { day: "numeric", month: "long", year: "numeric" })}</time>
      ${state === "no_show" && html`<span class="badge" data-tone="warn">${_("No-show")}</span>`}
      ${outcome && html`<span class="badge"><bdi>${nameIn(outcome, language.value)}</bdi></span>`}
    </p>
    <p class="soft">${where.map((name) => html`<bdi key=${name}>${name}</bdi>`)}</p>
    ${note && html`<p class="history-note" dir="auto">${note}</p>`}
  </li>`;
}

/** @param {string} ticket @returns {Promise<Visit[] | null>} null: they cannot be asked for */
async function visitsBefore(ticket) {
  try {
    const reply = await fetch(`/desk/api/tickets/${ticket}/history`, { headers: { Accept: "application/json" } });
    return reply.ok ? (await reply.json()).visits : null;
  } catch {
    return null;
  }
}
