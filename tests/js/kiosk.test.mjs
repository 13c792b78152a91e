import assert from "node:assert/strict";
import { test } from "node:test";

import { signal } from "../../qms/web/pages/static/vendor/ui.js";
import { aloud, nameOf, speaks } from "../../kiosk/static/aloud.js";
import { columns, short } from "../../kiosk/static/bar.js";
import { ANSWER, QUIET, phase } from "../../kiosk/static/idle.js";
import { intents } from "../../kiosk/static/intents.js";
import { polling } from "../../kiosk/static/polling.js";
import { CLOSED, UNREACHABLE, closedFor, reason } from "../../kiosk/static/refusals.js";
import { linkOf, paper } from "../../kiosk/static/paper.js";
import { bytesOf } from "../../kiosk/static/push.js";
import { addressOf, filesOf, keptAt } from "../../qms/web/pages/static/keeping.js";
import { isTurn, rings } from "../../kiosk/static/ticket-words.js";

test("nobody is asked before half a minute has passed", () => {
  assert.deepEqual(phase(QUIET - 0.1), { asking: false, left: ANSWER, over: false });
});

test("who is asked has twenty seconds to answer", () => {
  assert.deepEqual(phase(QUIET), { asking: true, left: 20, over: false });
  assert.deepEqual(phase(QUIET + 12.3), { asking: true, left: 8, over: false });
  assert.deepEqual(phase(QUIET + ANSWER - 0.01), { asking: true, left: 1, over: false });
  assert.deepEqual(phase(QUIET + ANSWER), { asking: false, left: 0, over: true });
});

test("languages stand in rows of about as many, by names as short as they can be told apart", () => {
  const names = (...all) => short(all.map((name) => ({ tag: "", direction: "ltr", name }))).map(({ name }) => name);

  assert.deepEqual([1, 3, 4, 5, 7, 8, 9].map(columns), [1, 3, 4, 3, 4, 4, 3]);
  assert.deepEqual(names("English", "Português (Brasil)"), ["English", "Português"]);
  assert.deepEqual(names("Português (Brasil)", "Português (Portugal)"), ["Português (Brasil)", "Português (Portugal)"]);
});

test("the same wish has the same key until a ticket was shown", () => {
  let made = 0;
  const wishes = intents(() => String((made += 1)));
  const first = wishes.key({ queue: "cash", language: "en" });

  assert.equal(wishes.key({ queue: "cash", language: "en" }), first);
  assert.notEqual(wishes.key({ queue: "cash", language: "es" }), first);
  wishes.forget();
  assert.notEqual(wishes.key({ queue: "cash", language: "en" }), first);
});

test("a refusal is told by what won, what is missing, or what does not answer", () => {
  assert.match(reason({ status: 409, details: { kind: "branch", winner: "closed" } }), /closed/);
  assert.match(reason({ status: 404, details: { kind: "appointment" } }), /do not know this code/);
  assert.equal(reason({ status: 0 }), UNREACHABLE);
  assert.match(reason({ status: 409, details: { winner: "another branch", branch: "North" } }), /checked in at North/);
  assert.match(reason({ status: 500 }), /did not work/);
  assert.notEqual(CLOSED, reason({ status: 409 }));
});

test("a service that takes nobody says why", () => {
  assert.match(closedFor("full"), /So many people/);
  assert.match(closedFor("closing"), /before we close/);
  assert.equal(closedFor("closed"), CLOSED);
  assert.equal(closedFor(null), CLOSED);
});

test("the secret of a link is its last part", () => {
  assert.equal(linkOf("https://q.example/t/abc-DEF_123"), "abc-DEF_123");
  assert.equal(linkOf("https://q.example/t/abc/?lang=es#x"), "abc");
});

test("a telephone rings when it becomes one's turn, and at every further call", () => {
  const ticket = (state, recall = 0) => ({ state, recall });

  assert.equal(rings(null, ticket("called")), false);
  assert.equal(rings(ticket("waiting"), ticket("called")), true);
  assert.equal(rings(ticket("offered"), ticket("serving")), true);
  assert.equal(rings(ticket("called"), ticket("serving")), false);
  assert.equal(rings(ticket("called"), ticket("called", 1)), true);
  assert.equal(rings(ticket("called"), ticket("parked", 1)), false);
  assert.equal(isTurn(ticket("offered")), false);
});

/** A world whose time is moved by hand, and a server that answers as it is told. */
function device(answers) {
  const timers = [];
  const world = {
    at: 0,
    now: () => world.at,
    after: (work, ms) => timers.push({ work, due: world.at + ms, id: timers.length }) - 1,
    forget: (id) => void (timers[id] && (timers[id].work = null)),
    fetch: async () => {
      const answer = answers();
      if (answer instanceof Error) throw answer;
      return new Response(JSON.stringify(answer));
    },
    version: "a",
  };
  const settle = () => new Promise((go) => setImmediate(go));
  const move = async (ms) => {
    for (const end = world.at + ms; ; ) {
      const next = timers.filter(({ work, due }) => work && due <= end).sort((a, b) => a.due - b.due)[0];
      world.at = next ? next.due : end;
      if (!next) return;
      const { work } = next;
      next.work = null;
      work();
      for (let turn = 0; turn < 5; turn += 1) await settle();
    }
  };
  return { world, move };
}

test("a kiosk hears of the menu every few seconds", async () => {
  let seq = 1;
  const { world, move } = device(() => ({ seq: (seq += 1), now: "2026-03-02T15:00:00Z" }));
  const line = polling({ path: "/menu", state: { seq: 1 }, world });

  await move(4500);

  assert.equal(line.state.value.seq, 2);
  assert.equal(line.connection.value, "online");
});

test("a kiosk says within ten seconds that it is offline, and that it is back within five", async () => {
  let reached = true;
  const { world, move } = device(() => (reached ? { seq: 2, now: "2026-03-02T15:00:00Z" } : new TypeError("refused")));
  const line = polling({ path: "/menu", state: { seq: 1 }, world });
  await move(20_000);

  reached = false;
  await move(10_000);
  assert.equal(line.connection.value, "offline");

  reached = true;
  await move(5000);
  assert.equal(line.connection.value, "online");
});

test("a server that accepts and never answers is one that is not there", async () => {
  const { world, move } = device(() => ({ seq: 2 }));
  const line = polling({ path: "/menu", state: { seq: 1 }, world });
  world.fetch = () => new Promise(() => undefined);

  await move(10_000);

  assert.equal(line.connection.value, "offline");
});

test("another release is noticed", async () => {
  const { world, move } = device(() => ({ seq: 2, version: "b" }));
  const line = polling({ path: "/menu", state: { seq: 1 }, world });

  await move(4500);

  assert.equal(line.outdated.value, true);
});

test("a ticket is printed once by itself, and by a new word each time that somebody asks", async () => {
  /** @type {any[]} */ const wishes = [];
  const send = async (/** @type {string} */ where, /** @type {any} */ wish) => (wishes.push([where, wish]), { printed: wishes.length < 3 });
  const printing = paper({ path: "/kiosk/door", root: "", how: "server", send });
  const ticket = /** @type {any} */ ({ id: "a".repeat(24), url: "/t/abc" });

  await printing.begin(ticket);
  assert.equal(printing.state.value, "printed");
  await printing.ask(ticket);
  await printing.ask(ticket);

  assert.equal(printing.state.value, "failed");
  assert.deepEqual(wishes[0], ["/kiosk/door/prints", { ticket: ticket.id }]);
  assert.equal(new Set(wishes.map(([, { again }]) => again)).size, 3);
});

test("a voice is of use if it speaks the language, whatever the country", () => {
  assert.ok(speaks([{ lang: "es_CL" }], "es"));
  assert.ok(speaks([{ lang: "pt-PT" }], "pt-BR"));
  assert.ok(!speaks([{ lang: "en-US" }], "ar"));
});

test("what has the focus is called by its label, or by its text", () => {
  /** @param {string | null} label @param {string} text @param {any[]} labels */
  const thing = (label, text, labels = []) => /** @type {any} */ ({ getAttribute: () => label, textContent: text, labels });

  assert.equal(nameOf(thing("Delete the last character", "⌫")), "Delete the last character");
  assert.equal(nameOf(thing(null, "  Cash\n desk ")), "Cash desk");
  assert.equal(nameOf(thing(null, "", [{ textContent: "Your code" }])), "Your code");
});

test("the server reads aloud what has the focus last, and a number to its end unless somebody goes on", () => {
  const said = [];
  const heard = {};
  const keys = {};
  globalThis.Audio = /** @type {any} */ (class {
    addEventListener(name, act) { heard[name] = act; }
    pause() {}
    async play() { said.push(new URL(this.src, "http://kiosk.example").searchParams.get("text")); }
  });
  globalThis.document = /** @type {any} */ ({ addEventListener: (name, act) => (keys[name] = act), activeElement: null });
  const on = signal(false);
  const voice = aloud(on, { value: 1 }, { path: "/kiosk/door", spoken: ["en"] });

  voice.say("nobody has asked for it");
  on.value = true;
  voice.say("Cash desk");
  voice.say("Your number is C007", { whole: true });
  voice.say("Done");
  assert.deepEqual(said, ["Cash desk", "Your number is C007"]);
  heard.ended();
  assert.equal(said.at(-1), "Done");
  voice.say("Your number is C008", { whole: true });
  keys.keydown();
  voice.say("Print");

  assert.equal(voice.possible.value, true);
  assert.deepEqual(said.slice(3), ["Your number is C008", "Print"]);
  delete globalThis.Audio;
  delete globalThis.document;
});

test("a page is kept with the files of its own release, under an address that asks nothing once", () => {
  const names = ["https://q.example/static/ab/x.js", "https://q.example/static/cd/y.js", "https://q.example/menu", "https://q.example/static/ab/x.js"];

  assert.deepEqual(filesOf(names, "https://q.example", "ab"), ["/static/ab/x.js"]);
  assert.equal(addressOf("https://q.example/t/x?lang=es&ask=messages#messages"), "https://q.example/t/x?lang=es");
  assert.equal(keptAt(), null);
});

test("a push key is read as it is written in addresses", () => {
  assert.deepEqual([...bytesOf("-_8")], [251, 255]);
});
