// @ts-check
/** Sending the visitor at the desk on: to another queue, a colleague, or another branch. */
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useEffect, useSignal } from "../vendor/ui.js";
import { Destination, choicesOf, nameOf } from "./destinations.js";
import { Dialog } from "./dialog.js";
import { isOffline, useDesk } from "./parts.js";

/** @typedef {import("./destinations.js").Destinations} Destinations */

export function TransferDialog() {
  const desk = useDesk();
  const { ticket, agent } = desk.line.state.value;
  const all = useSignal(/** @type {Destinations | null} */ (null));
  const chosen = useSignal("");
  const about = useSignal(ticket?.id).value; // whom the agent saw when he chose to send somebody on
  const close = () => (desk.dialog.value = null);

  useEffect(() => void fetchDestinations().then((found) => (found ? (all.value = found) : close())), []);
  useEffect(() => {
    if (ticket?.id !== about) close(); // gone meanwhile, in another window perhaps
  }, [ticket]);

  if (!ticket) return null;
  const choices = all.value && choicesOf(all.value, ticket, agent.id);

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const place = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("place");
    const to = choices?.find((one) => nameOf(one) === chosen.value);
    if (!to) return;
    close();
    await desk.act("send-on", { [to.kind]: to.value, place, ticket: about });
  }

  return html`<${Dialog} title=${_("Transfer %(number)s", { number: ticket.number })} onClose=${close}>
    ${!choices && html`<p class="soft" role="status">${_("Looking where to…")}</p>`}
    ${choices && html`<form class="stack" onSubmit=${submit}>
      ${choices.length
        ? html`<${Destination} choices=${choices} chosen=${chosen} />`
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
        <button type="submit" class="button primary" disabled=${isOffline(desk) || !chosen.value}>
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

/** @param {{value: string, title: string, note: string, checked?: boolean}} props */
function Place({ value, title, note, checked = false }) {
  return html`<label class="check">
    <input type="radio" name="place" value=${value} defaultChecked=${checked} />
    <span>${title} <small>${note}</small></span>
  </label>`;
}
