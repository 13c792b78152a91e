// @ts-check
/** A ticket's holder is told by this browser, also while its page is closed: where the browser can, and he wants it. */
import { announce } from "../announce.js";
import { command } from "../command.js";
import { _, language } from "../i18n.js";
import { registered } from "../keeping.js";

/** A key as push services take it. @param {string} text base64url */
export function bytesOf(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}

/** @param {HTMLButtonElement} button with the installation's key */
async function subscribe(button) {
  const registration = await registered();
  const allowed = registration && (await Notification.requestPermission()) === "granted";
  if (!allowed) return _("This browser does not let us tell you.");
  await navigator.serviceWorker.ready;
  const key = bytesOf(button.dataset.push ?? "");
  const found = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = found.toJSON();
  await command(`${location.pathname}/browsers`, { endpoint, keys, language: language.value });
  return _("This browser will tell you.");
}

const button = globalThis.document?.querySelector("button[data-push]");
if (button && button instanceof HTMLButtonElement && "PushManager" in globalThis && navigator.serviceWorker) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const said = await subscribe(button).catch(() => _("That did not work. Please try again."));
    const words = button.querySelector("span");
    if (words) words.textContent = said;
    announce(said);
  });
}
