// @ts-check
/**
 * What a screen is told to do from afar. Orders are counted in the state: one is obeyed when its count has grown since
 * this page began, so that nothing is done twice and an outage loses none.
 */
import { signal } from "../vendor/ui.js";

const SHOWN = 20_000; // ms that a screen says which one it is
export const ORDERS = ["reload", "identify", "test"];

/**
 * Which orders are new.
 * @param {Record<string, number>} before @param {Record<string, number>} now
 */
export function given(before, now) {
  return ORDERS.filter((what) => (now[what] ?? 0) > (before[what] ?? 0));
}

/**
 * @param {import("../live.js").Live} lobby
 * @param {{test: () => Promise<unknown>, reload: () => void}} acts
 */
export function obeying(lobby, acts) {
  let before = lobby.state.peek().screen.orders;
  const identified = signal(false);
  const testing = signal(false);
  const tested = signal(before.test);
  /** @type {any} */ let timer;

  /** @type {Record<string, (orders: any) => unknown>} */
  const does = {
    reload: acts.reload,
    identify: () => {
      identified.value = true;
      clearTimeout(timer);
      timer = setTimeout(() => (identified.value = false), SHOWN);
    },
    test: async (orders) => {
      testing.value = true;
      await acts.test();
      testing.value = false;
      tested.value = orders.test;
    },
  };

  lobby.state.subscribe(({ screen: { orders } }) => {
    const fresh = given(before, orders);
    before = orders;
    for (const what of fresh) void does[what](orders);
  });
  return { identified, testing, tested };
}
