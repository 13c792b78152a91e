// @ts-check
/** What the booking page cannot know without a script: the visitor's own zone, and how long his time is still kept. */
import { announce } from "../announce.js";
import { _, stopwatch } from "../i18n.js";
import { counting, heard, nearlyOver, ownZone } from "./holding.js";

const ZONE_KEPT = "zone";

/** Show the times in the zone where the visitor is, unless he has chosen one. */
async function guessZone() {
  const page = document.querySelector("[data-zone]");
  const own = ownZone();
  if (!(page instanceof HTMLElement) || own === null) return;
  const there = new URL(location.href);
  there.searchParams.set(ZONE_KEPT, own);
  if (page.hasAttribute("data-guess-zone") && own !== page.dataset.zone) await swap(there);
  offerOwn(own);
}

/** A way back to one's own zone, from another that was chosen. @param {string} own */
function offerOwn(own) {
  const link = document.querySelector("[data-own-zone]");
  const page = document.querySelector("[data-zone]");
  if (!(link instanceof HTMLAnchorElement) || !(page instanceof HTMLElement) || own === page.dataset.zone) return;
  const there = new URL(location.href);
  there.searchParams.set(ZONE_KEPT, own);
  link.href = there.href;
  link.hidden = false;
}

/** The same page at another address, in the place of this one. @param {URL} address */
async function swap(address) {
  const main = document.querySelector("main");
  try {
    const reply = await fetch(address, { headers: { Accept: "text/html" } });
    const found = new DOMParser().parseFromString(await reply.text(), "text/html");
    const theirs = found.querySelector("main");
    if (!reply.ok || !main || !theirs || found.querySelector(`option[value="${CSS.escape(ownZone() ?? "")}"]`) === null) return;
    main.replaceChildren(...theirs.childNodes);
    document.querySelector(".languages")?.replaceWith(found.querySelector(".languages") ?? "");
    history.replaceState(null, "", address);
  } catch {
    return; // the times stay in the branch's zone, and say so
  }
}

/** Count down how long the time is kept; the last two minutes are said aloud once. @param {HTMLElement} place */
function countDown(place) {
  const words = place.querySelector("[data-hold-words]");
  const form = place.closest("form");
  const more = place.querySelector("[data-action=more-time]");
  if (!words || !form || !(more instanceof HTMLButtonElement)) return;
  let left = counting(place.dataset.now ?? "", place.dataset.until ?? "");
  let warned = false;

  const tick = () => {
    const seconds = left();
    if (seconds <= 0) {
      words.textContent = _("We could not keep this time any longer; perhaps it is still free.");
      more.textContent = _("Keep it for me");
      place.dataset.tone = "warn";
      announce(words.textContent, { urgent: true });
      return;
    }
    words.textContent = _("We keep this time for you: %(left)s", { left: stopwatch(seconds) });
    if (nearlyOver(seconds) && !warned) {
      warned = true;
      place.dataset.tone = "warn";
      announce(_("This time is kept for you for two more minutes."));
    }
    setTimeout(tick, 1000);
  };
  tick();

  more.addEventListener("click", async (event) => {
    event.preventDefault();
    more.setAttribute("aria-busy", "true");
    try {
      const reply = await fetch(more.formAction, { method: "POST", body: new URLSearchParams(heard(new FormData(form))) });
      const found = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("[data-hold]");
      if (!(found instanceof HTMLElement)) throw new Error("not kept");
      const over = left() <= 0;
      left = counting(found.dataset.now ?? "", found.dataset.until ?? "");
      warned = false;
      delete place.dataset.tone;
      more.textContent = _("I need more time");
      if (over) tick();
      announce(_("The time is kept for you for longer."));
    } catch {
      form.requestSubmit(submitter(form, more.formAction)); // the page then says how things stand
    } finally {
      more.removeAttribute("aria-busy");
    }
  });
}

/** A button that sends the form elsewhere. @param {HTMLFormElement} form @param {string} action */
function submitter(form, action) {
  const button = document.createElement("button");
  button.formAction = action;
  button.hidden = true;
  form.append(button);
  return button;
}

const hold = document.querySelector("[data-hold]");
if (hold instanceof HTMLElement) countDown(hold);
await guessZone();
