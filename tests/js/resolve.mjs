/**
 * Lets node import our scripts as a browser does. Served, a face's scripts lie beside the ground's
 * (`/static/…/screens/lobby.js` imports `../live.js`); on the disk they lie in packages of their own.
 */
import { existsSync } from "node:fs";
import { register } from "node:module";
import { fileURLToPath } from "node:url";

const GROUND = new URL("../../qms/web/pages/static/", import.meta.url);
const FACE = /\/(?:screens|kiosk|desk)\/(static\/[^?#]*)$/;

export async function resolve(specifier, context, next) {
  const face = specifier.startsWith("..") && FACE.exec(context.parentURL ?? "");
  if (face) {
    const there = new URL(specifier, new URL(face[1].replace(/^static/, "face"), GROUND));
    if (there.href.startsWith(GROUND.href) && existsSync(fileURLToPath(there))) return next(there.href, context);
  }
  return next(specifier, context);
}

if (process.execArgv.some((argument) => argument.includes("resolve.mjs"))) register(import.meta.url);
