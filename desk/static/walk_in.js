// @ts-check
/** A number for somebody who stands at the desk and has none. */
import { _ } from "../i18n.js";
import { command } from "../command.js";
import { html } from "../vendor/ui.js";
import { Dialog } from "./dialog.js";
import { isOffline, useDesk } from "./parts.js";
import { inWords } from "./refusals.js";

/**
 * The queues that somebody can be put into, by branch: a pure function. Remote lines are not for people who are here.
 * @param {any[]} rows @returns {{value: string, label: string, queue: string, branch: string}[]}
 */
export function linesOf(rows) {
  const here = rows.filter(({ branch }) => branch);
  const branches = new Set(here.map(({ branch }) => branch.id));
  return here.map(({ id, name, branch }) => ({
    value: `${branch.id}/${id}`,
    label: branches.size > 1 ? `${name} · ${branch.label || branch.name}` : name,
    queue: id,
    branch: branch.id,
  }));
}

export function WalkInDialog() {
  const desk = useDesk();
  const lines = linesOf(desk.line.state.value.queues);
  const close = () => (desk.dialog.value = null);

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).entries());
    const line = lines.find(({ value }) => value === values.line);
    if (!line) return;
    const firstname = String(values.firstname).trim();
    close();
    try {
      const customer = firstname ? { firstname } : undefined;
      const ticket = await command("/desk/api/tickets", { queue: line.queue, branch: line.branch, customer });
      desk.note(_("New number: %(number)s", { number: ticket.number }), "good");
    } catch (error) {
      desk.note(inWords(/** @type {any} */ (error)), "bad");
    }
  }

  return html`<${Dialog} title=${_("New visitor")} onClose=${close}>
    <form class="stack" onSubmit=${submit}>
      <div class="field">
        <label for="line">${_("Queue")}</label>
        <select class="input" id="line" name="line" required>
          ${lines.map(({ value, label }) => html`<option value=${value}>${label}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="firstname">${_("First name")} <span class="hint">${_("(optional)")}</span></label>
        <input class="input" id="firstname" name="firstname" maxlength="100" autocomplete="off" />
      </div>
      <div class="row">
        <button type="button" class="button" onClick=${close}>${_("Cancel")}</button>
        <button type="submit" class="button primary" disabled=${isOffline(desk)}>${_("Give a number")}</button>
      </div>
    </form>
  <//>`;
}
