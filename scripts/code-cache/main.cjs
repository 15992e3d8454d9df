// Run by Electron, without a window or a display: evaluates the program up to where it would start, and keeps what V8 made of it.
const { createHash } = require("node:crypto");
const { readFileSync, writeFileSync } = require("node:fs");
const { wrap } = require("node:module");
const { dirname } = require("node:path");
const { Script } = require("node:vm");
const { app } = require("electron");

const { CODE_CACHE_PROGRAM: file, CODE_CACHE_OUT: out, CODE_CACHE_DATA: data } = process.env;
const text = readFileSync(file);
const { versions, platform, arch } = process;
/** As electron/precompiled.ts looks for it. */
const madeOf = createHash("sha256").update(`${versions.v8} ${platform} ${arch}\n`).update(text).digest();

/** Stands for everything of Electron: any member, any call. Somebody else holds the lock of the one instance, so nothing starts. */
const anything = () =>
  new Proxy(function () {}, {
    get: (_, name) => {
      if (name === Symbol.toPrimitive || name === "getPath") return () => data;
      if (name === "requestSingleInstanceLock") return () => false;
      return name === "then" ? undefined : anything();
    },
    apply: anything,
    construct: anything,
  });
const electron = anything();
const given = (name) => (name === "electron" ? electron : require(name));

process.argv.splice(1);
// Where there is a display, Electron would show what nobody caught in a dialog, and wait.
try {
  const script = new Script(wrap(text.toString()), { filename: file });
  script.runInThisContext()({}, given, { exports: {} }, file, dirname(file));
  writeFileSync(out, Buffer.concat([madeOf, script.createCachedData()]));
  app.exit(0);
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  app.exit(1);
}
