import assert from "node:assert/strict";
import { test } from "node:test";

import { appointmentCode } from "../../kiosk/static/code.js";

test("letters come one after another, and go one by one", () => {
  const code = appointmentCode(() => undefined);
  code.add("A");
  code.add("B");
  code.add("7");
  code.deleteLast();

  assert.equal(code.text.value, "AB");
});

test("a code that was sent stays, and the next letter begins another", () => {
  let begun = 0;
  const code = appointmentCode(() => (begun += 1));
  code.become("AB7");
  code.sent();
  code.failed({ wrong: true });
  assert.deepEqual([code.text.value, code.standing.value, begun], ["AB7", "wrong", 1]);

  code.add("C");
  code.add("D");

  assert.deepEqual([code.text.value, code.standing.value, begun], ["CD", "open", 3]);
});

test("deleting from a code that was refused leaves nothing of it", () => {
  const code = appointmentCode(() => undefined);
  code.become("AB7");
  code.sent();
  code.failed({ wrong: true });
  code.deleteLast();

  assert.equal(code.text.value, "");
});

test("whoever begins another while the first is under way goes on with that", () => {
  const code = appointmentCode(() => undefined);
  code.become("AB7");
  code.sent();
  code.add("X");
  code.failed({ wrong: true });
  code.add("Y");

  assert.deepEqual([code.text.value, code.standing.value], ["XY", "open"]);
});
