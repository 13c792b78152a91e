// @ts-check
/**
 * Say something to those who hear the page, without showing it. The layout keeps a quiet and an urgent place for it.
 */

/**
 * @param {string} text
 * @param {{urgent?: boolean}} [options] urgent: at once, in the middle of what is being read
 */
export function announce(text, { urgent = false } = {}) {
  const place = document.querySelector(urgent ? "[aria-live=assertive]" : "[aria-live=polite]");
  if (!place) return;
  const said = document.createElement("p");
  said.textContent = text;
  place.replaceChildren(said); // a new element is read out, the same words again too
}
