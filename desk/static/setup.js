// @ts-check
/** What the setup page cannot know without a script: the time zone of whoever sets up, which is likely the branch's. */

const USUAL = "UTC";
const zone = document.querySelector("[name=timezone]");

if (zone instanceof HTMLInputElement) {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = [...(zone.list?.options ?? [])].some(({ value }) => value === own);
  const mistaken = document.querySelector("[aria-invalid=true]") !== null; // then it may have been chosen
  if (!mistaken && zone.value === USUAL && known) zone.value = own;
  zone.addEventListener("focus", () => zone.select()); // a list offers only what begins with what stands there
}
