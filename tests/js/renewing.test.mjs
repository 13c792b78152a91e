import assert from "node:assert/strict";
import { test } from "node:test";

import { releaseOf } from "../../qms/web/pages/static/renewing.js";

test("a page says of which release it is", () => {
  assert.equal(releaseOf('<head>\n  <meta name="version" content="0123456789abcdef">'), "0123456789abcdef");
});

test("what is no page of ours is of no release", () => {
  assert.equal(releaseOf("<h1>502 Bad Gateway</h1>"), null);
});
