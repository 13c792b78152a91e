// @ts-check
/** Making an agent notice: sound, title, focus, a word for those who hear the page, a notification for those who do not see it. */
import { announce } from "../announce.js";
import { _ } from "../i18n.js";
import { effect } from "../vendor/ui.js";
import { ringingIn } from "./lane.js";
import { preferences } from "./preferences.js";
import { nameOf } from "./visit.js";
import { windows } from "./windows.js";
import { phaseOf, titleOf } from "./work.js";

const AGAIN = 3000; // ms between the beginnings of two chimes

/**
 * Follow a desk until `stop()` is called.
 * @param {import("./parts.js").Desk} desk @returns {() => void} stop
 */
export function notice(desk) {
  /** @type {string | null} */ let offer = null;
  /** @type {string | null} */ let told = null;
  /** @type {any} */ let chime;
  /** @type {Notification | null} */ let notification = null;
  const own = windows(desk.line.state.value.agent.id, () => ({
    online: desk.line.connection.value !== "offline",
    loud: preferences.value.sound && desk.speaker.status.value !== "blocked",
  }));

  /** What reaches beyond the page comes from one window of one browser only. @param {any} state @param {number} [times] */
  function ring(state, times = 0) {
    chime = setTimeout(() => ring(state, times + 1), AGAIN);
    if (!desk.bell.rings(times) || !own.first()) return;
    if (preferences.value.sound) void desk.speaker.chime("offer");
    notification ??= notify(state);
    void confirm(state.offer.id);
  }

  /** Let the other browsers know that it rings here, unless nobody can hear it. @param {string} id */
  async function confirm(id) {
    if (!preferences.value.sound || (await desk.speaker.unlock())) desk.bell.rang(id);
  }

  function quiet() {
    clearTimeout(chime);
    notification?.close();
    notification = null;
  }

  /** @param {any} state */
  function begin(state) {
    ring(state);
    desk.dialog.value = null;
    announce(offerInWords(state), { urgent: true });
    if (!state.ticket) requestAnimationFrame(focusPrimary); // who is with somebody else is not torn away
  }

  /** @param {any} state */
  function follow(state) {
    const rings = ringingIn(desk.line.whole.value);
    document.title = titleOf(rings ? { ...state, offer: rings } : state);
    const ringing = rings?.id ?? null;
    if (ringing !== offer) {
      quiet();
      offer = ringing;
      if (ringing) begin({ ...state, offer: rings });
    }
    const now = `${phaseOf(state)} ${state.ticket?.number ?? ""}`;
    if (told !== null && told !== now) tell(state);
    told = now;
  }

  const stopFollowing = effect(() => follow(desk.line.state.value));
  return () => {
    stopFollowing();
    quiet();
    own.close();
  };
}

/** Bring the focus to the primary button, once the dialog that was open has closed and given its own back. */
function focusPrimary() {
  if (document.querySelector("dialog[open]")) return void requestAnimationFrame(focusPrimary);
  /** @type {HTMLElement | null} */ (document.querySelector("[data-primary]"))?.focus();
}

/** @param {any} state */
function offerInWords({ offer }) {
  const name = nameOf(offer.ticket.customer);
  const number = offer.ticket.number;
  return name ? _("%(number)s rings: %(name)s. Answer?", { number, name }) : _("%(number)s rings. Answer?", { number });
}

/** @param {any} state */
function tell(state) {
  const number = state.ticket?.number;
  const phase = phaseOf(state);
  if (phase === "called") announce(_("%(number)s has been called.", { number }));
  else if (phase === "serving") announce(_("You are serving %(number)s.", { number }));
  else if (phase === "wrap_up") announce(_("Wrap-up has begun."));
  else if (phase === "idle") announce(_("You are ready."));
  else if (phase === "missed") announce(_("You missed an offer."));
}

/** @param {any} state @returns {Notification | null} */
function notify(state) {
  if (!document.hidden || !preferences.value.notify || typeof Notification === "undefined") return null;
  if (Notification.permission !== "granted") return null;
  try {
    const shown = new Notification(_("A visitor for you"), { body: offerInWords(state), tag: "turnero-offer" });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
    return shown;
  } catch {
    return null; // some browsers only let service workers notify
  }
}
