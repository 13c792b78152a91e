// @ts-check
/** Where a visitor can be sent on to, and how one of many such places is found by typing. */
import { _, ngettext } from "../i18n.js";
import { html, useEffect, useRef, useSignal } from "../vendor/ui.js";
import { has, plain } from "./finding.js";
import { sessionInWords } from "./work.js";

/**
 * @typedef {{id: string, name: string, branches: string[]}} QueueThere  branches: ids of those where it stands
 * @typedef {{id: string, name: string, state: string, queues: string[]}} Colleague
 * @typedef {{id: string, label: string}} BranchThere
 * @typedef {{queues: QueueThere[], agents: Colleague[], branches: BranchThere[]}} Destinations
 * @typedef {"queue" | "agent" | "branch"} Kind
 * @typedef {{kind: Kind, value: string, label: string, absent?: boolean}} Choice  absent: a colleague for whom nobody is kept
 */

const SHOWN = 7; // lines of the list
const ABSENT = new Set(["offline", "away"]);
const MOVES = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 });

/**
 * Where a ticket can go, by kind: a pure function. A queue must stand where the ticket is (or the ticket is nowhere), a
 * branch must have the queue of a ticket that is in another one, and nobody is sent back where he comes from.
 * @param {Destinations} all @param {any} ticket @param {string} own the agent's id
 * @returns {Choice[]} queues, then colleagues, then branches
 */
export function choicesOf(all, ticket, own) {
  const here = ticket.branch?.id;
  const stands = (/** @type {QueueThere} */ queue) => !here || queue.branches.includes(here);
  const lines = all.queues.filter(stands);
  const at = new Set(lines.map(({ id }) => id));
  const now = all.queues.find(({ id }) => id === ticket.queue?.id);
  return [
    ...lines.filter(({ id }) => id !== ticket.queue?.id).map(({ id, name }) => choice("queue", id, name)),
    ...all.agents
      .filter(({ id, queues }) => id !== own && queues.some((queue) => at.has(queue)))
      .map(({ id, name, state }) => ({ ...choice("agent", id, `${name} – ${sessionInWords(state)}`), absent: ABSENT.has(state) })),
    ...all.branches
      .filter(({ id }) => here && id !== here && now?.branches.includes(id))
      .map(({ id, label }) => choice("branch", id, label)),
  ];
}

/** @param {Kind} kind @param {string} value @param {string} label @returns {Choice} */
const choice = (kind, value, label) => ({ kind, value, label });

/** What has all these words in its name, whatever their accents and capitals. @param {Choice[]} choices @param {string} text */
export function matching(choices, text) {
  return choices.filter(({ label }) => has(plain(label), text));
}

/**
 * A list of destinations, and a field above it that shortens it. What is chosen is always in the list.
 * @param {object} props
 * @param {Choice[]} props.choices
 * @param {{value: string}} props.chosen a signal with the name of what is chosen; empty where nothing is found
 */
export function Destination({ choices, chosen }) {
  const text = useSignal("");
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const found = matching(choices, text.value);
  const place = () => Math.max(0, found.findIndex((one) => nameOf(one) === chosen.value));
  const name = found.length ? nameOf(found[place()]) : "";

  useEffect(() => void (matchMedia("(pointer: fine)").matches && field.current?.focus()), []); // no keyboard jumps up
  useEffect(() => {
    // a key may have come since this was drawn
    if (!found.some((one) => nameOf(one) === chosen.value)) chosen.value = name;
  }, [name]);

  /** @param {KeyboardEvent} event */
  function move(event) {
    if (!(event.key in MOVES)) return;
    event.preventDefault();
    const there = found[place() + MOVES[event.key]]; // keys may come faster than the list is drawn
    if (there) chosen.value = nameOf(there);
  }

  return html`<div class="field">
      <label for="find">${_("Search")}</label>
      <input class="input" id="find" type="search" autocomplete="off" aria-controls="destination" ref=${field}
        value=${text.value} onInput=${(/** @type {any} */ { currentTarget }) => (text.value = currentTarget.value)} onKeyDown=${move} />
    </div>
    <div class="field">
      <label for="destination">${_("Where to?")}</label>
      <select class="input destinations" id="destination" name="destination" size=${SHOWN} required
        onChange=${(/** @type {any} */ { currentTarget }) => (chosen.value = currentTarget.value)}>
        ${/** @type {Kind[]} */ (["queue", "agent", "branch"]).map((kind) => html`<${Group} key=${kind} kind=${kind}
          choices=${found.filter((one) => one.kind === kind)} chosen=${name} />`)}
      </select>
      <p class="hint" role="status">${found.length
        ? ngettext("%(num)s place to send somebody", "%(num)s places to send somebody", found.length)
        : _("Nothing is called so.")}
        ${found[place()]?.absent && html`<br /><strong>${_("Not there now: whoever is free may be given this visitor.")}</strong>`}</p>
    </div>`;
}

/** @param {{kind: Kind, choices: Choice[], chosen: string}} props */
function Group({ kind, choices, chosen }) {
  if (!choices.length) return null;
  return html`<optgroup label=${kindInWords(kind)}>
    ${choices.map((one) => html`<option key=${one.value} value=${nameOf(one)} selected=${nameOf(one) === chosen}>${one.label}</option>`)}
  </optgroup>`;
}

/** What tells a choice from all others. @param {Choice} choice */
export const nameOf = ({ kind, value }) => `${kind} ${value}`;

/** @param {Kind} kind */
function kindInWords(kind) {
  if (kind === "agent") return _("Colleague");
  return kind === "branch" ? _("Branch") : _("Queue");
}
