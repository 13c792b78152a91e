// @ts-check
/** The links to the other languages, which the server has put into the page: shown wherever there is room for them. */
import { html, useEffect, useRef } from "../vendor/ui.js";

const links = typeof document === "undefined" ? null : document.querySelector(".languages");

export function Languages() {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (links) place.current?.append(links);
  }, []);
  return html`<div class="foot" ref=${place}></div>`;
}
