// @ts-check
// A page that lost a script or its looks on the way is loaded again, as soon as the server answers: nobody may be there
// to do it. Each time it takes twice as long, since what is lost may be so for good. It stands in the page itself
// (again.py): what breaks the files would break this one.
{
  const MEMORY = "loaded-again";
  const tries = Number(sessionStorage.getItem(MEMORY));
  const pause = Math.min(2000 * 2 ** tries, 60_000);
  let lost = false;

  const later = () => setTimeout(again, pause * (1 + Math.random()));

  async function again() {
    const reply = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (!reply?.ok) return later();
    sessionStorage.setItem(MEMORY, String(tries + 1));
    location.reload();
  }

  /** @param {EventTarget | null} what */
  const needed = (what) => what instanceof HTMLScriptElement || (what instanceof HTMLLinkElement && what.rel === "stylesheet");

  addEventListener("error", ({ target }) => {
    if (lost || !needed(target)) return;
    lost = true;
    later();
  }, true);
  addEventListener("load", () => lost || sessionStorage.removeItem(MEMORY));
}
