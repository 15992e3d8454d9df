import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { bundle } from "./bundle.mjs";
import { makeCodeCache } from "./code-cache.mjs";
import { electronArgs, findElectron, prepareElectronApp } from "./electron.mjs";

/** Says whether V8 took what was made of it before. */
const TELLS = `process.stdout.write("precompiled: " + module.exports.isPrecompiled); require("electron").app.exit(0);`;

let folder = "";
const program = () => join(folder, "program.cjs");
const cache = () => join(folder, "program.v8");
const make = () => makeCodeCache({ program: program(), out: cache() });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "service-hall-code-cache-"));
  await bundle({ entry: "electron/precompiled.ts", outfile: join(folder, "main.cjs"), format: "cjs" });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "compiled", main: "main.cjs" }));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

test("the program runs without anything compiled before, and beside what is no such thing", () => {
  const start = () => execFileSync(process.execPath, [join(folder, "main.cjs")], { encoding: "utf8" });
  writeFileSync(program(), 'process.stdout.write(`${require("node:path").basename(__filename)} 大厅`);');
  expect(start()).toBe("program.cjs 大厅");
  writeFileSync(cache(), "not from V8");
  expect(start()).toBe("program.cjs 大厅");
});

test("where there is no Electron, nothing is compiled and nothing fetched", async () => {
  vi.stubEnv("ELECTRON_OVERRIDE_DIST_PATH", folder);
  writeFileSync(program(), TELLS);
  writeFileSync(cache(), "of the build before");
  expect([await make(), existsSync(cache())]).toEqual([false, false]);
});

describe.skipIf(findElectron() === undefined)("with an Electron", () => {
  const inElectron = async () => {
    const electron = await prepareElectronApp(folder, findElectron());
    try {
      const told = execFileSync(electron, electronArgs(), { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
      return /precompiled: \w+/.exec(told)?.[0];
    } finally {
      rmSync(join(electron, ".."), { recursive: true, force: true });
    }
  };

  test("V8 takes what was made, and not for a program of the same length", async () => {
    writeFileSync(program(), `${TELLS} // 1`);
    expect(await inElectron()).toBe("precompiled: false");
    expect(await make()).toBe(true);
    expect(await inElectron()).toBe("precompiled: true");
    writeFileSync(program(), `${TELLS} // 2`);
    expect(await inElectron()).toBe("precompiled: false");
  }, 60_000);

  test("it is evaluated up to where it would start, also where Electron is asked to be plain Node", async () => {
    vi.stubEnv("ELECTRON_RUN_AS_NODE", "1");
    const [ran, started] = [join(folder, "ran"), join(folder, "started")];
    const write = (file) => `require("node:fs").writeFileSync(${JSON.stringify(file)}, "");`;
    const start = `if (require("electron").app.requestSingleInstanceLock()) { ${write(started)} }`;
    writeFileSync(program(), `${write(ran)} ${start}`);
    expect(await make()).toBe(true);
    expect(readFileSync(cache()).length).toBeGreaterThan(100);
    expect([ran, started].map((file) => existsSync(file))).toEqual([true, false]);
  }, 60_000);

  test("a program that cannot be evaluated leaves none behind", async () => {
    writeFileSync(cache(), "of the build before");
    writeFileSync(program(), "throw new Error('broken');");
    expect([await make(), existsSync(cache())]).toEqual([false, false]);
  }, 60_000);
});
