// @ts-check
/** Sending the visitor at the desk on: to another queue, a colleague, or another branch. */
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useEffect, useSignal } from "../vendor/ui.js";
import { Dialog } from "./dialog.js";
import { isOffline, useDesk } from "./parts.js";
import { sessionInWords } from "./work.js";

/**
 * @typedef {{id: string, name: string, branches: string[]}} QueueThere  branches: ids of those where it stands
 * @typedef {{id: string, name: string, state: string, queues: string[]}} Colleague
 * @typedef {{id: string, label: string}} BranchThere
 * @typedef {{queues: QueueThere[], agents: Colleague[], branches: BranchThere[]}} Destinations
 * @typedef {{value: string, label: string}} Choice
 * @typedef {"queue" | "agent" | "branch"} Kind
 */

/**
 * Where a ticket can go, by kind: a pure function. A queue must stand where the ticket is (or the ticket is nowhere), a
 * branch must have the queue of a ticket that is in another one, and nobody is sent back where he comes from.
 * @param {Destinations} all @param {any} ticket @param {string} own the agent's id
 * @returns {Record<Kind, Choice[]>}
 */
export function choicesOf(all, ticket, own) {
  const here = ticket.branch?.id;
  const stands = (/** @type {QueueThere} */ queue) => !here || queue.branches.includes(here);
  const lines = all.queues.filter(stands);
  const at = new Set(lines.map(({ id }) => id));
  const now = all.queues.find(({ id }) => id === ticket.queue?.id);
  return {
    queue: lines.filter(({ id }) => id !== ticket.queue?.id).map(({ id, name }) => ({ value: id, label: name })),
    agent: all.agents
      .filter(({ id, queues }) => id !== own && queues.some((queue) => at.has(queue)))
      .map(({ id, name, state }) => ({ value: id, label: `${name} – ${sessionInWords(state)}` })),
    branch: all.branches
      .filter(({ id }) => here && id !== here && now?.branches.includes(id))
      .map(({ id, label }) => ({ value: id, label })),
  };
}

/** The first kind that has anything to choose. @param {Record<Kind, Choice[]>} choices @returns {Kind} */
export function firstKind(choices) {
  return /** @type {Kind[]} */ (["queue", "agent", "branch"]).find((kind) => choices[kind].length) ?? "queue";
}

export function TransferDialog() {
  const desk = useDesk();
  const { ticket, agent } = desk.line.state.value;
  const all = useSignal(/** @type {Destinations | null} */ (null));
  const kind = useSignal(/** @type {Kind | null} */ (null));
  const about = useSignal(ticket?.id).value; // whom the agent saw when he chose to send somebody on
  const close = () => (desk.dialog.value = null);

  useEffect(() => void fetchDestinations().then((found) => (found ? (all.value = found) : close())), []);
  useEffect(() => {
    if (ticket?.id !== about) close(); // gone meanwhile, in another window perhaps
  }, [ticket]);

  if (!ticket) return null;
  const choices = all.value && choicesOf(all.value, ticket, agent.id);
  const chosen = kind.value ?? (choices && firstKind(choices)) ?? "queue";

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).entries());
    close();
    await desk.act("send-on", { [chosen]: values.destination, place: values.place, ticket: about });
  }

  return html`<${Dialog} title=${_("Transfer %(number)s", { number: ticket.number })} onClose=${close}>
    ${!choices && html`<p class="soft" role="status">${_("Looking where to…")}</p>`}
    ${choices && html`<form class="stack" onSubmit=${submit}>
      <fieldset class="field plain">
        <legend>${_("Where to?")}</legend>
        <div class="choices">
          ${/** @type {Kind[]} */ (["queue", "agent", "branch"]).map(
            (value) => html`<label key=${value}>
              <input type="radio" name="kind" value=${value} checked=${value === chosen} disabled=${!choices[value].length}
                onChange=${() => (kind.value = value)} />
              ${kindInWords(value)}
            </label>`,
          )}
        </div>
      </fieldset>
      ${choices[chosen].length
        ? html`<div class="field">
            <label for="destination">${kindInWords(chosen)}</label>
            <select class="input" id="destination" name="destination" key=${chosen} required>
              ${choices[chosen].map(({ value, label }) => html`<option value=${value}>${label}</option>`)}
            </select>
          </div>`
        : html`<p class="alert" data-tone="info">${icon("info")}<span>${_("There is nowhere else to send anybody.")}</span></p>`}
      <fieldset class="field plain">
        <legend>${_("Place in line")}</legend>
        <div class="stack places">
          <${Place} value="keep" title=${_("Keep the place")} note=${_("The whole wait so far counts.")} checked />
          <${Place} value="first" title=${_("First")} note=${_("Next to be called.")} />
          <${Place} value="last" title=${_("Last")} note=${_("Behind everybody who waits now.")} />
        </div>
      </fieldset>
      <div class="row">
        <button type="button" class="button" onClick=${close}>${_("Cancel")}</button>
        <button type="submit" class="button primary" disabled=${isOffline(desk) || !choices[chosen].length}>
          ${icon("arrow-right-left")} ${_("Send on")}</button>
      </div>
    </form>`}
  <//>`;

  async function fetchDestinations() {
    try {
      const reply = await fetch("/desk/api/destinations", { headers: { Accept: "application/json" } });
      if (reply.ok) return reply.json();
    } catch {
      // said below
    }
    desk.note(_("The server did not say where visitors can be sent. Please try again."), "bad");
    return null;
  }
}

/** @param {Kind} kind */
function kindInWords(kind) {
  if (kind === "agent") return _("Colleague");
  return kind === "branch" ? _("Branch") : _("Queue");
}

/** @param {{value: string, title: string, note: string, checked?: boolean}} props */
function Place({ value, title, note, checked = false }) {
  return html`<label class="check">
    <input type="radio" name="place" value=${value} defaultChecked=${checked} />
    <span>${title} <small>${note}</small></span>
  </label>`;
}
