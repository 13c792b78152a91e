// @ts-check
/** The code of an appointment, as it is typed, touched or scanned. Once it was sent, the next letter begins another. */
import { batch, signal } from "../vendor/ui.js";

/** @typedef {"open" | "sent" | "failed" | "wrong"} Standing  failed: nothing was found out about it */

/** @param {() => void} begun called at every letter */
export function appointmentCode(begun) {
  const text = signal("");
  const standing = signal(/** @type {Standing} */ ("open"));

  const over = () => standing.peek() !== "open";

  /** @param {string} next */
  function become(next) {
    batch(() => {
      text.value = next;
      standing.value = "open";
      begun();
    });
  }

  /** Nothing came of it. Whoever has begun another meanwhile goes on with that. @param {{wrong: boolean}} answer */
  function failed({ wrong }) {
    if (over()) standing.value = wrong ? "wrong" : "failed";
  }

  return {
    text,
    standing,
    /** Whether the next letter begins another. */
    over,
    become,
    /** @param {string} letters */
    add: (letters) => become(over() ? letters : text.peek() + letters),
    deleteLast: () => become(over() ? "" : text.peek().slice(0, -1)),
    forget: () => become(""),
    sent: () => void (standing.value = "sent"),
    failed,
  };
}

/** @typedef {ReturnType<typeof appointmentCode>} Code */
