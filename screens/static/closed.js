// @ts-check
/** The screen outside opening hours: calm, dark, and it says when to come back. */
import { icon } from "../icons.js";
import { Own } from "../own.js";
import { html } from "../vendor/ui.js";
import { Words } from "./calls.js";
import { named } from "./surroundings.js";

export const QUIET = 15 * 60 * 1000; // ms after the last call until the screen rests

/**
 * Whether the screen rests: the branch is closed, nobody waits, and the last call is a while ago.
 * @param {{screen: any, queues: any[], calls: any[]}} state @param {number} now the server's time
 */
export function rests({ screen, queues, calls }, now) {
  if (screen.open !== false || screen.closed === "same") return false;
  const called = Math.max(0, ...calls.map(({ called_at }) => Date.parse(called_at)));
  return queues.every(({ waiting }) => waiting === 0) && now - called > QUIET;
}

/** @param {{view: import("./lobby.js").View}} props */
export function Closed({ view }) {
  const { words, now, setup, state } = view;
  const { branch } = state.value;
  const { gettext, time, day } = words.value;
  const { opens_at: opens, closed_text: more } = setup.value;
  const when = opens && { day: day(opens, branch.timezone), time: time(opens, branch.timezone) };
  return html`<section class="closed" data-look=${setup.value.closed}>
    <p class="closed-time"><time>${time(now.value, branch.timezone)}</time></p>
    <h1>${named(view)}</h1>
    <p class="closed-word">${icon("moon")}<${Words} view=${view} text=${gettext("We are closed")} /></p>
    ${when && html`<p><${Words} view=${view} text=${gettext("We open on %(day)s at %(time)s.", when)} /></p>`}
    ${more && html`<p class="closed-more" dir="auto"><${Own} text=${more} tag=${words.value.tag} /></p>`}
  </section>`;
}
