// @ts-check
/** The page of somebody who waits: asks every few seconds how things stand, and counts down what is offered. */
import { announce } from "../announce.js";
import { _, stopwatch } from "../i18n.js";
import { counting, nearlyOver } from "./holding.js";

const EVERY = 4000;
const AGAIN = 1500; // after a question that was not answered
const PATIENCE = 4000; // for an answer
const GRACE = 4000; // without an answer before the page says that it is offline

/** @returns {HTMLFormElement | null} */
const shown = () => document.querySelector("form[data-live]");

let answeredAt = performance.now();

/** How things stand, as a page. @returns {Promise<Document>} */
async function question() {
  const reply = await fetch(location.href, {
    cache: "no-store",
    headers: { Accept: "text/html" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!reply.ok) throw new Error(`HTTP ${reply.status}`);
  return new DOMParser().parseFromString(await reply.text(), "text/html");
}

/** Show how things stand, where that is new. @param {Document} found */
function adopt(found) {
  const before = shown();
  const after = found.querySelector("main form[data-state]");
  if (!before || !(after instanceof HTMLFormElement) || before.dataset.version === after.dataset.version) return;
  const inside = before.contains(document.activeElement);
  before.replaceWith(after);
  document.title = found.title;
  const heading = after.querySelector("h1");
  if (heading && inside) {
    heading.tabIndex = -1;
    heading.focus();
  }
  const changed = before.dataset.state !== after.dataset.state;
  announce((changed ? heading : after.querySelector(".number"))?.textContent?.trim() ?? "", { urgent: changed });
  countDown(after);
}

/** @param {boolean} is */
function online(is) {
  const words = document.querySelector("[data-connection]");
  if (!(words instanceof HTMLElement)) return;
  words.dataset.connection = is ? "online" : "offline";
  words.hidden = is;
}

async function ask() {
  if (!shown()) return;
  try {
    adopt(await question());
    answeredAt = performance.now();
    online(true);
    setTimeout(ask, EVERY);
  } catch {
    online(performance.now() - answeredAt < GRACE);
    setTimeout(ask, AGAIN);
  }
}

/** Count down how long what is offered is kept; the last two minutes are said aloud once. @param {Element} page */
function countDown(page) {
  const place = page.querySelector("[data-offer]");
  const words = page.querySelector("[data-offer-words]");
  if (!(place instanceof HTMLElement) || !words) return;
  const left = counting(place.dataset.now ?? "", place.dataset.until ?? "");
  let warned = false;

  const tick = () => {
    if (!place.isConnected) return;
    const seconds = left();
    if (seconds <= 0) return;
    words.textContent = _("We keep this time for you: %(left)s", { left: stopwatch(seconds) });
    if (nearlyOver(seconds) && !warned) {
      warned = true;
      place.dataset.tone = "warn";
      announce(_("This time is kept for you for two more minutes."));
    }
    setTimeout(tick, 1000);
  };
  tick();
}

const page = shown();
if (page) {
  countDown(page);
  setTimeout(ask, EVERY);
}
