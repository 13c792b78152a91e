// @ts-check
/** The icons of the sprite `vendor/icons.svg`; in templates, the macro `icon` of macros.html.j2 does the same. */
import { html } from "./vendor/ui.js";

/** The sprite's address. */
export const SPRITE = new URL("./vendor/icons.svg", import.meta.url).pathname;

/**
 * An icon as high as the text it stands in. It is decoration: words beside it, or the label of the button around it,
 * must say what it means.
 * @param {string} name as in Lucide @param {{directional?: boolean}} [options] directional: turned round where people
 *   read from right to left
 */
export function icon(name, { directional = false } = {}) {
  return html`<svg class=${directional ? "icon directional" : "icon"} aria-hidden="true" focusable="false">
    <use href=${`${SPRITE}#${name}`} />
  </svg>`;
}
