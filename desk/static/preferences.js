// @ts-check
/** What this device remembers for whoever works at it: never a password, never a name of a visitor. */
import { signal } from "../vendor/ui.js";

const NAME = "turnero.desk";
const AT_FIRST = {
  account: "",
  poc: "",
  sound: true,
  shortcuts: true,
  notify: false,
  letters: /** @type {Record<string, string>} of actions, where they are not those at first */ ({}),
};

/** @returns {typeof AT_FIRST} */
function remembered() {
  try {
    return { ...AT_FIRST, ...JSON.parse(localStorage.getItem(NAME) ?? "{}") };
  } catch {
    return { ...AT_FIRST }; // storage is forbidden here, or somebody wrote nonsense into it
  }
}

/** A signal with all of them. */
export const preferences = signal(remembered());

/** @param {Partial<typeof AT_FIRST>} changes */
export function prefer(changes) {
  preferences.value = { ...preferences.value, ...changes };
  try {
    localStorage.setItem(NAME, JSON.stringify(preferences.value));
  } catch {
    // kept as long as the page is open
  }
}

if (typeof window !== "undefined") {
  addEventListener("storage", ({ key }) => key === NAME && (preferences.value = remembered())); // another window's
}

/** Whether keys are named on buttons as Mac keyboards name them. */
export const APPLE = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
