import assert from "node:assert/strict";
import { test } from "node:test";

import { choicesOf, matching } from "../../desk/static/destinations.js";
import { orders } from "../../desk/static/orders.js";
import { allPush, queuesOf, waitingIn } from "../../desk/static/queues.js";
import { inWords } from "../../desk/static/refusals.js";
import { shownOn } from "../../desk/static/screens.js";
import { isFree, lacksPlace, pathOf, seatsOf, valueOf } from "../../desk/static/seats.js";
import { LETTERS, actionFor, letterOf, relettered } from "../../desk/static/shortcuts.js";
import { answersOf, nameOf, sentAlong } from "../../desk/static/visit.js";
import { linesOf } from "../../desk/static/walk_in.js";

const main = { id: "b1", key: "main", label: "Main" };
const north = { id: "b2", key: "north", label: "North" };

// ---- what the visitor said

test("a choice is shown by its label, several as a list, nothing not at all", () => {
  const form = [
    { label: "Why", value: "x", options: [{ value: "x", label: "A new card" }] },
    { label: "Which", value: ["a", "b"], options: [{ value: "a", label: "Gold" }] },
    { label: "Empty", value: "" },
    { label: "Never asked", value: null },
    { label: "Agreed", value: true },
    { name: "age", label: "", value: 42 },
  ];

  assert.deepEqual(answersOf(form), [
    { label: "Why", text: "A new card" },
    { label: "Which", text: "Gold, b" },
    { label: "Agreed", text: "Yes" },
    { label: "age", text: "42" },
  ]);
  assert.deepEqual(answersOf(null), []);
});

test("what a vendor sends along is text, of whatever kind it is", () => {
  assert.deepEqual(sentAlong({ a: 1, b: { c: 2 }, d: null }), [{ label: "a", text: "1" }, { label: "b", text: '{"c":2}' }]);
  assert.deepEqual(sentAlong("<script>"), [{ label: "Sent along", text: "<script>" }]);
  assert.deepEqual(sentAlong([1, 2]), [{ label: "Sent along", text: "[1,2]" }]);
  assert.deepEqual(sentAlong(null), []);
});

test("a name is a name only if it is a text", () => {
  assert.equal(nameOf({ firstname: " Ana " }), "Ana");
  assert.equal(nameOf({ name: "Ana Costa" }), "Ana Costa");
  assert.equal(nameOf({ firstname: { evil: 1 } }), "");
  assert.equal(nameOf(null), "");
});

// ---- queues

const row = (id, branch, waiting, longest, target = 10, call = "pull") => ({
  id, key: id, name: id, branch, waiting, longest_wait_seconds: longest, target_minutes: target, call,
});

test("a queue of several branches is one queue", () => {
  const [queue, ...others] = queuesOf([row("cash", main, 2, 100), row("cash", north, 1, 700)]);

  assert.equal(others.length, 0);
  assert.equal(queue.waiting, 3);
  assert.equal(queue.longest, 700);
  assert.equal(queue.lines.length, 2);
});

test("waits go on between two messages, and pass the target", () => {
  assert.equal(queuesOf([row("cash", main, 1, 595)], 4)[0].breached, false);
  assert.equal(queuesOf([row("cash", main, 1, 595)], 6)[0].breached, true);
});

test("where nobody waits, nothing is breached and nothing counts up", () => {
  const [queue] = queuesOf([row("cash", main, 0, 0)], 9999);

  assert.equal(queue.longest, null);
  assert.equal(queue.breached, false);
});

test("only where every queue pushes there is nothing to press", () => {
  assert.ok(allPush([row("a", main, 0, 0, 10, "push")]));
  assert.ok(!allPush([row("a", main, 0, 0, 10, "push"), row("b", main, 0, 0)]));
  assert.ok(!allPush([]));
  assert.equal(waitingIn([row("a", main, 2, 1), row("b", main, 3, 1)]), 5);
});

// ---- places

const pocs = [
  { id: "p1", key: "c1", label: "Counter 1", branch: main, taken: true },
  { id: "p2", key: "c2", label: "Counter 2", branch: main, taken: false },
  { id: "p3", key: "c1", label: "North 1", branch: north, taken: false },
];

test("a place is chosen by its key, and each choice is another one", () => {
  const values = seatsOf(pocs).flatMap(({ seats }) => seats.map(({ value }) => value));

  assert.deepEqual(values, ["c1", "c2", "north/c1"]);
  assert.equal(valueOf(pocs, "p3"), "north/c1");
  assert.equal(valueOf(pocs, null), "");
});

test("the server is told which branch is meant", () => {
  assert.equal(pathOf(pocs, "c1"), "main/c1");
  assert.equal(pathOf(pocs, "north/c1"), "north/c1");
  assert.equal(pathOf(pocs, ""), null);
});

test("a remembered place that is taken or gone is not chosen again", () => {
  assert.ok(isFree(pocs, "c2"));
  assert.ok(!isFree(pocs, "c1"));
  assert.ok(!isFree(pocs, "c9"));
  assert.ok(!isFree(pocs, ""));
});

test("a place is asked for where numbers are called to one", () => {
  const counter = [{ mode: "counter" }, { mode: "booth" }];

  assert.ok(lacksPlace({ session: { poc: null }, pocs, queues: counter }));
  assert.ok(!lacksPlace({ session: { poc: pocs[0] }, pocs, queues: counter }));
  assert.ok(!lacksPlace({ session: { poc: null }, pocs, queues: [{ mode: "booth" }] }));
  assert.ok(!lacksPlace({ session: { poc: null }, pocs: [], queues: counter }));
});

// ---- transfer

const all = {
  queues: [
    { id: "cash", name: "Cash", branches: ["b1", "b2"] },
    { id: "loans", name: "Loans", branches: ["b1"] },
    { id: "far", name: "Far", branches: ["b2"] },
  ],
  agents: [
    { id: "me", name: "Me", state: "busy", queues: ["cash"] },
    { id: "eva", name: "Eva", state: "idle", queues: ["loans"] },
    { id: "zoe", name: "Zoe", state: "idle", queues: ["far"] },
    { id: "kim", name: "Kim", state: "away", queues: ["loans"] },
    { id: "lee", name: "Lee", state: "offline", queues: ["loans"] },
  ],
  branches: [{ id: "b1", label: "Main" }, { id: "b2", label: "North" }],
};

test("nobody is sent where the visitor is already, where the queue is not, or to oneself", () => {
  const choices = choicesOf(all, { queue: { id: "cash" }, branch: { id: "b1" } }, "me");

  assert.deepEqual(choices.map(({ kind, value }) => [kind, value]), [
    ["queue", "loans"], ["agent", "eva"], ["agent", "kim"], ["agent", "lee"], ["branch", "b2"],
  ]);
  assert.deepEqual(choices.filter(({ absent }) => absent).map(({ value }) => value), ["kim", "lee"]);
  assert.match(choices[1].label, /Eva – Ready/);
  assert.ok(choicesOf(all, { queue: { id: "loans" }, branch: { id: "b1" } }, "eva").every(({ kind }) => kind !== "branch"));
});

test("a destination is found by parts of its name, without accents and capitals", () => {
  const choices = ["Trámites", "José Núñez – Ready", "Norte"].map((label) => ({ kind: "queue", value: label, label }));
  const found = (text) => matching(choices, text).map(({ value }) => value);

  assert.deepEqual(found("tram"), ["Trámites"]);
  assert.deepEqual(found(" NUÑEZ  jose"), ["José Núñez – Ready"]);
  assert.deepEqual(found("x"), []);
  assert.equal(found("").length, 3);
});

// ---- a number for a walk-in

test("the branch is named only where there are several, and nobody walks into a remote line", () => {
  assert.deepEqual(linesOf([row("cash", main, 0, 0), row("cash", null, 1, 0)]).map(({ label }) => label), ["cash"]);
  assert.deepEqual(
    linesOf([row("cash", main, 0, 0), row("cash", north, 0, 0)]).map(({ label }) => label), ["cash · Main", "cash · North"],
  );
});

// ---- screens

test("a call is shown where a screen has painted it", () => {
  const shows = (...painted) => ({ queues: null, branches: painted.map(([{ id }, seq]) => ({ id, painted: seq })) });
  const screens = [shows([main, 7]), shows([north, 3], [main, 9]), shows([north, 99])];
  const elsewhere = { ...shows([main, null]), queues: ["another"] };

  assert.deepEqual(shownOn([...screens, elsewhere], { call: 8, branch: main, queue: { id: "q1" } }), { there: 2, shown: 1 });
  assert.equal(shownOn(screens, { call: null, branch: main }), null);
  assert.equal(shownOn([], { call: 8, branch: main }), null);
});

// ---- the keyboard

const press = (more) => ({ altKey: true, ctrlKey: false, metaKey: false, key: "n", code: "KeyN", ...more });

test("no letter works without Alt, nor with Ctrl, AltGr or the command key", () => {
  assert.equal(letterOf(press({})), "N");
  assert.equal(letterOf(press({ altKey: false })), null);
  assert.equal(letterOf(press({ ctrlKey: true })), null);
  assert.equal(letterOf(press({ metaKey: true })), null);
  assert.equal(letterOf(press({ getModifierState: (name) => name === "AltGraph" })), null);
  assert.equal(letterOf(press({ repeat: true })), null);
});

test("where Alt makes another character, the key's place decides", () => {
  assert.equal(letterOf(press({ key: "˜", code: "KeyN" })), "N");
  assert.equal(letterOf(press({ key: "т", code: "KeyN" })), "N");
  assert.equal(letterOf(press({ key: "a", code: "KeyQ" })), "A");
  assert.equal(letterOf(press({ key: "1", code: "Digit1" })), null);
});

test("a shared letter means what can be had now", () => {
  assert.equal(LETTERS.decline, LETTERS["no-show"]);
  assert.equal(actionFor("X", ["answer", "decline"]), "decline");
  assert.equal(actionFor("X", ["next", "no-show"]), "no-show");
  assert.equal(actionFor("X", ["next"]), null);
  assert.equal(actionFor(null, ["next"]), null);
});

test("an action takes another's letter in exchange for its own", () => {
  const changed = relettered(LETTERS, "next", "X");

  assert.deepEqual([changed.next, changed.decline, changed["no-show"], changed.recall], ["X", "N", "N", "R"]);
  assert.equal(relettered(LETTERS, "idle", "Q")["wrap-up"], "Q");
  assert.deepEqual(relettered(LETTERS, "next", "N"), LETTERS);
});

// ---- orders

test("orders go one after the other, and the same one twice is one", async () => {
  const sent = [];
  let release;
  const held = new Promise((go) => (release = go));
  const { give, underWay } = orders(async ({ path }) => {
    sent.push(path);
    await held;
    return path;
  }, assert.fail);

  const first = give("recall", () => ({ path: "recall" }));
  const again = give("recall", () => ({ path: "recall" }));
  const second = give("serve", () => ({ path: "serve" }));
  await Promise.resolve();
  assert.equal(again, first);
  assert.deepEqual(underWay.value, ["recall", "serve"]);
  release();
  await second;

  assert.deepEqual(sent, ["recall", "serve"]);
  assert.deepEqual(underWay.value, []);
  assert.deepEqual(await first, { value: "recall" });
});

test("a refusal is told, and does not stop what comes after it", async () => {
  const told = [];
  const { give } = orders(async ({ path }) => {
    if (path === "bad") throw new Error("no");
    return path;
  }, (error, name) => told.push([error.message, name]));

  const bad = give("bad", () => ({ path: "bad" }));
  const good = give("good", () => ({ path: "good" }));

  assert.equal(await bad, null);
  assert.deepEqual(await good, { value: "good" });
  assert.deepEqual(told, [["no", "bad"]]);
});

test("an order is made when its turn has come, from the state as it is then", async () => {
  let state = 1;
  const sent = [];
  const { give } = orders(async ({ path }) => sent.push(path), assert.fail);

  void give("a", () => ({ path: `a${state}` }));
  const later = give("b", () => ({ path: `b${state}` }));
  state = 2;
  await later;

  assert.equal(sent.at(-1), "b2");
});

// ---- refusals

const problem = (status, details = {}) => ({ status, unreachable: status === 0, details });

test("every refusal is a sentence", () => {
  const all = [
    problem(0), problem(409, { kind: "poc" }), problem(409, { kind: "session", winner: "ringing" }), problem(410, { kind: "undo" }),
    problem(410, { kind: "offer", winner: "missed" }), problem(404), problem(403), problem(429), problem(503), problem(422, { detail: "x" }),
    problem(418),
  ];
  for (const one of all) assert.match(inWords(one), /^[A-Z].*/);
  assert.match(inWords(problem(410, { kind: "undo" })), /too late/);
  assert.match(inWords(problem(409, { kind: "poc", winner: "taken" })), /place/);
  assert.match(inWords(problem(409, { kind: "poc", winner: "none chosen" })), /choose your place first/);
  assert.match(inWords(problem(409, { kind: "branch", winner: "closed" })), /closed/);
});
