// @ts-check
/**
 * Say that the page is offline, in the place that `live.html.j2` keeps for it (`data-connection`, once per page).
 */
import { SPRITE, icon } from "./icons.js";
import { _, duration } from "./i18n.js";
import { ticking } from "./clock.js";
import { wakeWith } from "./live.js";
import { computed, html, render } from "./vendor/ui.js";

/**
 * Keep the page's connection element true from now on.
 * @param {import("./live.js").Live} line
 * @param {Element | null} place
 */
export function showConnection(line, place = document.querySelector("[data-connection]")) {
  if (!(place instanceof HTMLElement)) throw new Error("the page has no element with data-connection");
  void fetch(SPRITE).catch(() => null); // so that the sign for "offline" is here when there is no way to fetch it
  const now = ticking(line.clock);
  const age = computed(() => (line.heardAt.value === null ? null : (now.value - line.heardAt.value) / 1000));
  line.connection.subscribe((value) => {
    place.dataset.connection = value;
    render(value === "offline" ? html`<${Offline} age=${age} />` : null, place);
  });
  wakeWith(line);
}

/** The words. The age is for the eyes only: a screen reader would read it anew each second. */
function Offline(/** @type {{age: {value: number | null}}} */ { age }) {
  return html`${icon("wifi-off")}
    <span>${_("No connection. Trying to reconnect…")}</span>
    ${age.value !== null && html`<span aria-hidden="true">${duration(age.value)}</span>`}`;
}
