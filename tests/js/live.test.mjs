import assert from "node:assert/strict";
import { test } from "node:test";

import { ServerClock } from "../../qms/web/pages/static/clock.js";
import { backoff } from "../../qms/web/pages/static/line.js";
import { live, replaces, socketAddress } from "../../qms/web/pages/static/live.js";

/** A browser whose time only goes on when the test says so, and whose sockets the test speaks through. */
class Page {
  at = 0;
  timers = new Map();
  sockets = [];
  polled = [];
  version = "v1";
  page = "https://queue.example/desk";
  random = () => 1;

  open = (address) => {
    const socket = { address, readyState: 0, sent: [], closed: false, send: (text) => socket.sent.push(text) };
    socket.close = () => (socket.closed = true);
    this.sockets.push(socket);
    return socket;
  };
  after = (work, ms) => {
    const timer = Symbol();
    this.timers.set(timer, { work, due: this.at + ms });
    return timer;
  };
  forget = (timer) => this.timers.delete(timer);
  fetch = async (path) => {
    this.polled.push(path);
    return this.answer ?? new Response("", { status: 503 });
  };

  get socket() {
    return this.sockets.at(-1);
  }
  follow(options = {}) {
    return live({ socket: "/desk/socket", world: this, clock: new ServerClock(() => this.at), ...options });
  }
  pass(ms) {
    const end = this.at + ms;
    for (;;) {
      const due = [...this.timers].filter(([, { due }]) => due <= end).sort(([, a], [, b]) => a.due - b.due)[0];
      if (!due) break;
      this.timers.delete(due[0]);
      this.at = due[1].due;
      due[1].work();
    }
    this.at = end;
  }
  opened() {
    this.socket.readyState = 1;
  }
  hear(message) {
    this.socket.onmessage({ data: JSON.stringify(message) });
  }
  cut(code = 1006) {
    this.socket.readyState = 3;
    this.socket.onclose({ code });
  }
}

function connected(options) {
  const page = new Page();
  const line = page.follow(options);
  page.opened();
  page.hear({ seq: 1, now: 1000 });
  return { page, line };
}

test("a message is the whole state", () => {
  const { page, line } = connected();
  page.hear({ seq: 2, now: 2000, calls: [] });

  assert.deepEqual(line.state.value, { seq: 2, now: 2000, calls: [] });
  assert.equal(line.connection.value, "online");
});

test("a beat without a state keeps the page online and the state as it is", () => {
  const { page, line } = connected();
  page.pass(5000);
  page.hear({ now: 6000 });
  page.pass(5000);

  assert.equal(line.state.value.seq, 1);
  assert.equal(line.connection.value, "online");
});

test("silence is offline, two seconds after another socket was tried in vain", () => {
  const { page, line } = connected({ silence: 2800 });
  page.pass(3199);
  assert.equal(page.sockets.length, 1);
  page.pass(1);
  assert.equal(page.sockets.length, 2);
  page.pass(1599);
  assert.equal(line.connection.value, "online");
  page.pass(1);

  assert.equal(line.connection.value, "offline");
});

test("a page that never hears anything says so", () => {
  const page = new Page();
  const line = page.follow();
  page.pass(7500);

  assert.equal(line.connection.value, "offline");
});

test("a line that leads nowhere is followed by one that speaks, and nobody notices", () => {
  const { page, line } = connected({ silence: 2800 });
  page.pass(3200);
  page.opened();
  page.hear({ seq: 2, now: 4200 });
  page.pass(2000);

  assert.equal(line.state.value.seq, 2);
  assert.equal(line.connection.value, "online");
  assert.equal(line.lines.value, 2);
  assert.equal(page.sockets[0].closed, true);
});

test("a line that was only quiet is kept, and the one that was tried beside it is left", () => {
  const { page, line } = connected({ silence: 2800 });
  const [quiet] = page.sockets;
  page.pass(3200);
  quiet.onmessage({ data: JSON.stringify({ seq: 2, now: 4200 }) });
  page.opened();
  page.hear({ seq: 9, now: 4300 });

  assert.equal(line.state.value.seq, 2);
  assert.deepEqual(page.sockets.map((one) => one.closed), [false, true]);
  assert.equal(line.lines.value, 1);
});

test("where nothing speaks, one socket after the other is tried beside the quiet one", () => {
  const { page } = connected({ silence: 2800 });
  const opened = [3200, 1200, 2000, 3000, 4000, 4000].map((ms) => {
    page.pass(ms);
    return page.sockets.length;
  });

  assert.deepEqual(opened, [2, 3, 4, 5, 6, 7]);
  assert.deepEqual(page.sockets.map((one) => one.closed), [false, true, true, true, true, true, false]);
});

test("a try that is refused is followed by another one though the line is there, and quiet", () => {
  const { page, line } = connected({ silence: 2800 });
  page.pass(3200);
  page.cut();
  page.pass(1000);

  assert.equal(page.sockets.length, 3);
  assert.equal(page.sockets[0].closed, false);
  assert.equal(line.connection.value, "online");
});

test("a closed socket is offline after two seconds, and a quick return goes unnoticed", () => {
  const { page, line } = connected();
  page.cut(1012);
  page.pass(250);
  assert.equal(page.sockets.length, 2);
  page.opened();
  page.hear({ seq: 1, now: 2000 });
  page.pass(3000);
  assert.equal(line.connection.value, "online");
  page.cut();
  page.pass(2000);

  assert.equal(line.connection.value, "offline");
});

test("however long the server was away, the page is back within 5 s of its return", () => {
  const { page, line } = connected();
  page.cut();
  for (let i = 0; i < 600; i += 1) {
    page.pass(500);
    if (page.socket.readyState === 0) page.cut();
  }
  const tries = page.sockets.length;
  page.pass(4000);
  assert.ok(page.sockets.length > tries);
  page.opened();
  page.hear({ seq: 9, now: 9000 });

  assert.equal(line.connection.value, "online");
  assert.equal(line.state.value.seq, 9);
});

test("a socket that says nothing, opened or not, is left for another one", () => {
  const page = new Page();
  page.follow();
  page.opened();
  page.pass(4000);

  assert.deepEqual(page.sockets.map((one) => one.closed), [true, false]);
});

test("a server that closed its sockets is given time for all who come back", () => {
  const { page } = connected();
  page.cut(1012);
  page.pass(250 + 3999);
  assert.equal(page.sockets.length, 2);
  page.pass(1);

  assert.equal(page.sockets.length, 3);
});

test("what an abandoned socket still says is not heard", () => {
  const { page, line } = connected();
  const [old] = page.sockets;
  page.pass(5900);
  page.opened();
  page.hear({ seq: 1, now: 7000 });
  old.onmessage({ data: JSON.stringify({ seq: 5, now: 5000 }) });

  assert.equal(line.state.value.seq, 1);
});

test("an older state does not replace a newer one, except as the first word of a new socket", () => {
  assert.equal(replaces({ seq: 5 }, { seq: 4 }, false), false);
  assert.equal(replaces({ seq: 5 }, { seq: 4 }, true), true);
  assert.equal(replaces({ seq: 5 }, { seq: 5 }, false), true);
  assert.equal(replaces(null, { seq: 1 }, false), true);
});

test("an answer to a command that the socket overtook is dropped", () => {
  const { page, line } = connected();
  page.hear({ seq: 8, now: 2000 });
  line.adopt({ seq: 7 });

  assert.equal(line.state.value.seq, 8);
});

test("without sockets the state is asked for, and the page is online while it is answered", async () => {
  const page = new Page();
  page.answer = new Response('{"seq": 3, "now": 3000}');
  const line = page.follow({ poll: "/t/x/state" });
  page.cut();
  await new Promise(setImmediate);

  assert.deepEqual(page.polled, ["/t/x/state"]);
  assert.equal(line.state.value.seq, 3);
});

test("a device that wakes up does not wait for its turn", () => {
  const { page, line } = connected();
  page.cut();
  line.hurry();

  assert.equal(page.sockets.length, 2);
});

test("a page that closes its line opens no other", () => {
  const { page, line } = connected();
  line.close();
  page.cut(1000);
  page.pass(60_000);

  assert.equal(page.sockets.length, 1);
});

test("a newer release makes the page outdated", () => {
  const { page, line } = connected();
  page.hear({ seq: 2, now: 1, version: "v1" });
  assert.equal(line.outdated.value, false);
  page.hear({ seq: 3, now: 2, version: "v2" });

  assert.equal(line.outdated.value, true);
});

test("a page speaks while it has a socket, and knows when it was not heard", () => {
  const { page, line } = connected();
  assert.equal(line.send({ painted: 4 }), true);
  page.cut();

  assert.equal(line.send({ painted: 5 }), false);
  assert.deepEqual(page.sockets[0].sent, ['{"painted":4}']);
});

test("why a socket ended is known", () => {
  const { page, line } = connected();
  page.cut(4401);

  assert.equal(line.closeCode.value, 4401);
});

test("pauses grow from a quarter of a second to four seconds, and are random in full", () => {
  const longest = [0, 1, 2, 3, 4, 5, 50].map((attempt) => backoff(attempt, () => 1));
  assert.deepEqual(longest, [250, 500, 1000, 2000, 4000, 4000, 4000]);
  assert.equal(backoff(3, () => 0), 0);
});

test("a socket is as safe as its page", () => {
  assert.equal(socketAddress("/s", "https://q.example/desk?lang=es"), "wss://q.example/s");
  assert.equal(socketAddress("/s", "http://q.example:8080/desk"), "ws://q.example:8080/s");
});
