// @ts-check
/** A modal dialog: the browser's own, which keeps the focus inside and gives it back. */
import { _ } from "../i18n.js";
import { icon } from "../icons.js";
import { html, useLayoutEffect, useRef } from "../vendor/ui.js";

/**
 * @param {object} props
 * @param {string} props.title
 * @param {() => void} props.onClose
 * @param {any} props.children
 */
export function Dialog({ title, onClose, children }) {
  const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    if (!dialog?.open) dialog?.showModal();
    return () => {
      const taken = document.activeElement !== document.body && !dialog?.contains(document.activeElement);
      dialog?.close();
      if (!taken && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return html`<dialog class="dialog" ref=${element} aria-labelledby="dialog-title" onClose=${onClose}
      onCancel=${onClose}>
    <div class="dialog-head">
      <h2 id="dialog-title">${title}</h2>
      <button type="button" class="button quiet only-icon" aria-label=${_("Close")} onClick=${onClose}>${icon("x")}</button>
    </div>
    ${children}
  </dialog>`;
}
