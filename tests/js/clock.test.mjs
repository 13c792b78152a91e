import assert from "node:assert/strict";
import { test } from "node:test";

import { ServerClock, untilNext } from "../../qms/web/pages/static/clock.js";

function device() {
  const machine = { at: 0 };
  return { machine, clock: new ServerClock(() => machine.at) };
}

test("the server's time goes on between its messages", () => {
  const { machine, clock } = device();
  clock.learn("2026-03-01T00:00:00Z");
  machine.at += 2500;

  assert.equal(new Date(clock.now()).toISOString(), "2026-03-01T00:00:02.500Z");
});

test("the message that travelled fastest is believed", () => {
  const { machine, clock } = device();
  clock.learn(10_000 - 300); // 300 ms on its way
  machine.at += 5000;
  clock.learn(15_000 - 20);
  machine.at += 5000;
  clock.learn(20_000 - 900);

  assert.equal(clock.now(), 20_000 - 20);
});

test("a server whose clock was set back is followed at once", () => {
  const { machine, clock } = device();
  clock.learn(1_000_000);
  machine.at += 1000;
  clock.learn(500_000);

  assert.equal(clock.now(), 500_000);
});

test("a sandbox's clock may run sixty times as fast", () => {
  const { machine, clock } = device();
  clock.learn(0, 60);
  machine.at += 1000;

  assert.equal(clock.now(), 60_000);
  assert.equal(clock.until(120_000), 60);
});

test("what is not a time is not learned", () => {
  const { clock } = device();
  clock.learn(7000);
  clock.learn("soon");

  assert.equal(clock.now(), 7000);
});

test("a tick comes just after the next whole second", () => {
  assert.equal(untilNext(12_300, 1000), 705);
});
