// @ts-check
/** What is put up for the devices: pictures and films for the screens, recorded clips for the voice. */
import { Problem } from "../command.js";
import { _, number } from "../i18n.js";
import { icon } from "../icons.js";
import { html } from "../vendor/ui.js";
import { Finder } from "./finder.js";
import { MANY, plain } from "./finding.js";

const MEDIA = "media";

/** The address of something that is put up. @param {string} shelf `media`, or `voice/` and a language @param {string} name */
export function addressOf(shelf, name) {
  const place = shelf === MEDIA ? MEDIA : shelf.replace("voice/", "clips/");
  return `/desk/api/${place}/${encodeURIComponent(name)}`;
}

/** What a recorded clip says: its file's name without the ending. @param {string} file */
export function saidBy(file) {
  return file.replace(/\.[^.]*$/, "").toLowerCase();
}

/** @param {string} method @param {string} path @param {File} [body] */
async function send(method, path, body) {
  const reply = await fetch(path, { method, body });
  if (!reply.ok) throw new Problem(reply.status, await reply.json().catch(() => ({})));
}

/** @param {{media: any[], act: (work: () => Promise<unknown>, done: string) => Promise<void>}} props */
export function PutUp({ media, act }) {
  const remove = (/** @type {any} */ one) => () => act(() => send("DELETE", addressOf(one.shelf, one.name)), _("Removed"));
  return html`<section class="card stack" aria-labelledby="put-up">
    <h2 id="put-up">${_("Pictures, films and recorded voices")}</h2>
    <p>${_("Pictures and films are shown on screens that are set up for them. Recorded clips speak instead of the synthesiser.")}</p>
    <div class="put-up-forms">
      <${Upload} label=${_("Picture or film")} accept=".jpg,.jpeg,.png,.webp,.mp4,.webm"
        send=${(/** @type {File} */ file) => act(() => send("PUT", addressOf(MEDIA, file.name), file), _("Done"))} />
      <${Upload} label=${_("Recorded clip (WAV), named by what it says")} accept=".wav" spoken
        send=${(/** @type {File} */ file, /** @type {string} */ language) =>
          act(() => send("PUT", addressOf(`voice/${language}`, saidBy(file.name)), file), _("Done"))} />
    </div>
    ${media.length > MANY && html`<${Finder} list="put-up-list" />`}
    ${media.length > 0 &&
    html`<ul class="put-up-list" id="put-up-list">
      ${media.map(
        (one) => html`<li key=${one.shelf + one.name} data-find=${plain(`${one.shelf} ${one.name}`)}>
          <span><bdi>${one.shelf}</bdi> / <bdi>${one.name}</bdi></span>
          <span>${number(Math.ceil(one.size / 1024))} KiB</span>
          <button class="button quiet only-icon" type="button" aria-label=${_("Remove %(name)s", { name: one.name })} onClick=${remove(one)}>${icon("trash-2")}</button>
        </li>`,
      )}
    </ul>`}
  </section>`;
}

/** @param {{label: string, accept: string, spoken?: boolean, send: (file: File, language: string) => Promise<void>}} props */
function Upload({ label, accept, spoken = false, send }) {
  const id = spoken ? "put-up-clip" : "put-up-media";
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const data = new FormData(form);
    for (const file of data.getAll("file")) await send(/** @type {File} */ (file), String(data.get("language")));
    form.reset();
  };
  return html`<form class="put-up-form" onSubmit=${submit}>
    <div class="field">
      <label for=${id}>${label}</label>
      <input class="input" id=${id} type="file" name="file" accept=${accept} multiple required />
    </div>
    ${spoken &&
    html`<div class="field">
      <label for="put-up-language">${_("Language")}</label>
      <input class="input" id="put-up-language" name="language" value="es" required pattern="[A-Za-z]{2,3}(-[A-Za-z]{2,4})?" size="6" />
    </div>`}
    <button class="button" type="submit">${icon("plus")} ${_("Put up")}</button>
  </form>`;
}
