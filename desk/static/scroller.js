// @ts-check
/** A part that scrolls by itself where the window leaves it too little room; only then the Tab key stops at it. */
import { html, useEffect, useRef } from "../vendor/ui.js";

/** @param {{look: string, name: string, children: any}} props name: what those hear who arrive by Tab */
export function Scroller({ look, name, children }) {
  const element = useRef(/** @type {HTMLElement | null} */ (null));

  function measure() {
    const { current } = element;
    if (!current) return;
    const scrolls = current.scrollHeight > current.clientHeight + 1 && getComputedStyle(current).overflowY === "auto";
    if (scrolls) {
      current.tabIndex = 0;
      current.setAttribute("role", "group");
      current.setAttribute("aria-label", name);
    } else for (const attribute of ["tabindex", "role", "aria-label"]) current.removeAttribute(attribute);
  }

  useEffect(measure); // what is inside may have grown
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    if (element.current) observer.observe(element.current);
    for (const child of element.current?.children ?? []) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return html`<div class=${look} ref=${element}>${children}</div>`;
}
