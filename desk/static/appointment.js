// @ts-check
/** One appointment: all that is known of it, and what is asked twice before it is done. */
import { command } from "../command.js";
import { _, day, fill, time } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useEffect, useRef, useSignal } from "../vendor/ui.js";
import { standing, subjectOf, visitorOf } from "./day.js";
import { Dialog } from "./dialog.js";
import { isOffline, useDesk } from "./parts.js";
import { inWords } from "./refusals.js";

/** @param {{it: import("./day.js").Appointment, look: () => Promise<void>, close: () => void}} props */
export function AppointmentDialog({ it, look, close }) {
  const desk = useDesk();
  const cancelling = useSignal(false);
  const why = useRef(/** @type {HTMLInputElement | null} */ (null));

  useEffect(() => why.current?.focus(), [cancelling.value]); // the button that was pressed is not there any more

  /** @param {string} what @param {unknown} [body] */
  async function carryOut(what, body) {
    close();
    try {
      await command(`/desk/api/appointments/${it.id}/${what}`, body);
    } catch (error) {
      desk.note(inWords(/** @type {any} */ (error)), "bad");
    }
    await look();
  }

  /** @param {SubmitEvent} event */
  function cancel(event) {
    event.preventDefault();
    const { reason } = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).entries());
    void carryOut("cancel", { reason: String(reason).trim() || null });
  }

  if (cancelling.value) {
    return html`<${Dialog} title=${_("Cancel the appointment?")} onClose=${close}>
      <form class="stack" onSubmit=${cancel}>
        <p>${fill(_("%(name)s, %(time)s: whoever has booked is told that nobody is expected any more."), {
          name: html`<bdi>${visitorOf(it)}</bdi>`, time: time(it.starts_at, it.timezone),
        })}</p>
        <div class="field">
          <label for="why">${_("Reason")} <span class="hint">${_("(optional)")}</span></label>
          <input class="input" id="why" name="reason" ref=${why} maxlength="200" autocomplete="off" />
        </div>
        <div class="row">
          <button type="button" class="button" onClick=${close}>${_("Keep the appointment")}</button>
          <button type="submit" class="button danger primary" data-action="appointment-cancel" disabled=${isOffline(desk)}>
            ${icon("x")} ${_("Cancel the appointment")}</button>
        </div>
      </form>
    <//>`;
  }
  return html`<${Dialog} title=${visitorOf(it)} onClose=${close}>
    <div class="stack">
      <${Known} it=${it} />
      ${it.may.some((name) => name !== "check-in") &&
      html`<div class="row">
        ${it.may.includes("no-show") &&
        html`<button type="button" class="button" data-action="appointment-no-show" disabled=${isOffline(desk)}
          onClick=${() => void carryOut("no-show")}>${icon("user-x")} ${_("Nobody came")}</button>`}
        ${it.may.includes("cancel") &&
        html`<button type="button" class="button danger" onClick=${() => (cancelling.value = true)}>
          ${icon("x")} ${_("Cancel the appointment")}…</button>`}
      </div>`}
    </div>
  <//>`;
}

/** @param {{it: import("./day.js").Appointment}} props */
function Known({ it }) {
  const desk = useDesk();
  const when = `${day(it.starts_at, it.timezone)}, ${time(it.starts_at, it.timezone)}–${time(it.ends_at, it.timezone)}`;
  const facts = [
    ["clock", when],
    ["calendar", subjectOf(it)],
    ["user", it.agent?.name],
    ["map-pin", it.branch?.label || it.branch?.name],
    ["qr-code", it.code],
    ["info", standing(it, desk.now.value)?.words],
    ["message-square", it.end_reason],
  ];
  return html`<ul class="visit-facts appointment-known">
    ${facts.filter(([, text]) => text).map(([name, text]) => html`<li key=${name}>${icon(String(name))} <bdi>${text}</bdi></li>`)}
  </ul>`;
}
