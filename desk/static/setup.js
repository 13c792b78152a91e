// @ts-check
/** What the setup page cannot do without a script: know the time zone of whoever sets up, which is likely the branch's,
    and lead to the first mistake. */

const USUAL = "UTC";
const zone = document.querySelector("[name=timezone]");
const mistake = document.querySelector("[aria-invalid=true]");

if (mistake instanceof HTMLElement) mistake.focus();

if (zone instanceof HTMLInputElement) {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = [...(zone.list?.options ?? [])].some(({ value }) => value === own);
  if (!mistake && zone.value === USUAL && known) zone.value = own; // after a mistake it may have been chosen
  zone.addEventListener("focus", () => zone.select()); // a list offers only what begins with what stands there
}
