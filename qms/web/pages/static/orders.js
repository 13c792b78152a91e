// @ts-check
/**
 * What a screen or a kiosk is told to do from afar. Orders are counted in the state: one is obeyed when its count has
 * grown since this page began, so that nothing is done twice and an outage loses none.
 */
import { signal } from "./vendor/ui.js";

const SHOWN = 20_000; // ms that a device says which one it is
export const ORDERS = ["reload", "identify", "test"];

/** @typedef {Record<string, number>} Orders */

/**
 * Which orders are new.
 * @param {Orders} before @param {Orders} now
 */
export function given(before, now) {
  return ORDERS.filter((what) => (now[what] ?? 0) > (before[what] ?? 0));
}

/**
 * @param {{peek: () => Orders, subscribe: (heard: (orders: Orders) => void) => unknown}} told
 * @param {{test: (order: number) => Promise<unknown>, reload: () => void}} acts
 */
export function obeying(told, acts) {
  let before = told.peek();
  const identified = signal(false);
  const testing = signal(false);
  const tested = signal(before.test);
  /** @type {any} */ let timer;

  /** @type {Record<string, (orders: Orders) => unknown>} */
  const does = {
    reload: acts.reload,
    identify: () => {
      identified.value = true;
      clearTimeout(timer);
      timer = setTimeout(() => (identified.value = false), SHOWN);
    },
    test: async ({ test }) => {
      testing.value = true;
      await acts.test(test);
      testing.value = false;
      tested.value = test;
    },
  };

  told.subscribe((orders) => {
    const fresh = given(before, orders);
    before = orders;
    for (const what of fresh) void does[what](orders);
  });
  return { identified, testing, tested };
}
