// @ts-check
/** Notices: what the lobby says, and saying something new. */
import { _, time } from "../i18n.js";
import { icon } from "../icons.js";
import { html } from "../vendor/ui.js";
import { Refusal } from "./board_line.js";
import { useBoard } from "./board_parts.js";
import { Dialog } from "./dialog.js";

const MINUTE = 60_000;

export function Notices() {
  const board = useBoard();
  const { notices, branch } = board.line.state.value;
  return html`<section class="panel board-notices" aria-labelledby="notices">
    <h2 id="notices">${_("Notices in the lobby")}</h2>
    ${notices.length === 0 && html`<p class="soft">${_("The screens say nothing special.")}</p>`}
    <ul class="lines">
      ${notices.map((/** @type {any} */ one) => html`<li class="line" key=${one.id} data-notice=${one.id}>
        ${icon("message-square")}
        <span class="line-name"><bdi>${one.text}</bdi>
          <small>${_("until %(time)s", { time: time(one.until) })} · <bdi>${one.branch?.label ?? _("All branches")}</bdi></small></span>
        <button type="button" class="button small only-icon" data-action="withdraw" onClick=${() => void board.act(`notices/${one.id}/withdraw`)}
          aria-label=${_("Take down: %(text)s", { text: one.text })} title=${_("Take down: %(text)s", { text: one.text })}>${icon("trash-2")}</button>
      </li>`)}
    </ul>
    <button type="button" class="button" data-action="notice" aria-haspopup="dialog" onClick=${() => (board.dialog.value = { name: "notice" })}>
      ${icon("plus")} ${branch ? _("New notice for this branch") : _("New notice for all branches")}</button>
  </section>`;
}

export function NoticeDialog() {
  const board = useBoard();
  const state = board.line.state.value;
  const close = () => (board.dialog.value = null);

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const said = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).entries());
    const until = new Date(board.now.value + Number(said.minutes) * MINUTE).toISOString();
    if (await board.act("notices", { text: said.text, until, branch: state.branch?.id ?? null })) close();
  }

  return html`<${Dialog} title=${state.branch ? _("New notice for this branch") : _("New notice for all branches")} onClose=${close}>
    <form class="stack" onSubmit=${submit}>
      <${Refusal} />
      <div class="field">
        <label for="text">${_("What the screens say")}</label>
        <input class="input" id="text" name="text" maxlength="200" required autocomplete="off" dir="auto" />
      </div>
      <div class="field">
        <label for="minutes">${_("For how many minutes")}</label>
        <input class="input" id="minutes" name="minutes" type="number" min="1" max="10080" step="1" defaultValue="60" required />
      </div>
      <div class="row">
        <button type="button" class="button" onClick=${close}>${_("Cancel")}</button>
        <button type="submit" class="button primary" data-action="show-notice">${icon("monitor")} ${_("Show it")}</button>
      </div>
    </form>
  <//>`;
}
