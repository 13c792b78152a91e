// @ts-check
/** Over everything else, for those who set a screen up: which one it is, and from how far it can be read. */
import { icon } from "../icons.js";
import { html, useEffect, useState } from "../vendor/ui.js";
import { measured, readFrom } from "./legible.js";
import { named } from "./surroundings.js";

/** @typedef {{view: import("./lobby.js").View}} Props */

/** @param {Props} props */
export function Identity({ view }) {
  const { setup, words } = view;
  const { width, height } = view.glass.value;
  const { gettext, number } = words.value;
  const { name, diagonal_inches: inches, farthest_metres: wanted } = setup.value;
  const [parts, look] = useState(/** @type {ReturnType<typeof measured>} */ ([]));
  useEffect(() => {
    if (inches) look(measured(document, inches));
  }, [inches, width, height, view.call.value?.seq]);
  const said = { number: gettext("Number"), poc: gettext("Place"), list: gettext("Last calls"), rest: gettext("The rest") };
  return html`<section class="identity" aria-label=${gettext("This screen")} lang=${words.value.tag} dir=${words.value.direction}>
    <p class="identity-name"><bdi>${name}</bdi></p>
    <p>${named(view)} · <bdi dir="ltr">${width} × ${height}</bdi></p>
    ${inches
      ? html`<ul class="identity-parts">
          ${parts.map(
            ({ what, mm, metres }) => html`<li>
              <b>${said[/** @type {keyof typeof said} */ (what)]}</b>
              <span>${gettext("%(height)s mm high, read from %(distance)s m", { height: number(mm), distance: number(metres) })}</span>
            </li>`,
          )}
        </ul>`
      : html`<p>${gettext("Nobody has said how large this screen is.")}</p>`}
    ${wanted && parts.length ? html`<${Verdict} view=${view} reads=${readFrom(parts) ?? 0} wanted=${wanted} />` : null}
  </section>`;
}

/** @param {Props & {reads: number, wanted: number}} props */
function Verdict({ view, reads, wanted }) {
  const { gettext, number } = view.words.value;
  const enough = reads >= wanted;
  const far = { distance: number(wanted) };
  return html`<p class="identity-verdict" data-legible=${enough ? "yes" : "no"}>
    ${icon(enough ? "circle-check" : "triangle-alert")}
    ${enough ? gettext("It can be read from the farthest seat, %(distance)s m away.", far)
             : gettext("It cannot be read from the farthest seat, %(distance)s m away.", far)}
  </p>`;
}

/** What is shown while the sound is tried. @param {Props} props */
export function Test({ view }) {
  const { gettext, tag, direction } = view.words.value;
  return html`<p class="test-call" role="status" lang=${tag} dir=${direction}>${icon("volume-2")} ${gettext("Test call")}</p>`;
}
