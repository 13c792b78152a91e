// @ts-check
/** A device that stays awake while it has something to show. */

/** Keep the screen on while something holds, where the device lets us. @param {() => boolean} holds */
export function awake(holds) {
  /** @type {Promise<WakeLockSentinel | null> | null} */ let lock = null;

  async function check() {
    const wanted = holds() && !document.hidden && "wakeLock" in navigator;
    const held = await lock;
    if (wanted && (!held || held.released)) lock = navigator.wakeLock.request("screen").catch(() => null);
    if (!wanted && held) void held.release();
  }

  document.addEventListener("visibilitychange", check);
  setInterval(check, 10_000);
  void check();
}
