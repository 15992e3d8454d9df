/**
 * npm run pack: the program as it is installed, unpacked below release/. --e2e makes the same with the inspector's fuse on and
 * a mark in its package.json, for Playwright (release/e2e/). Other arguments go to electron-builder (--linux deb …).
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  binOf,
  collect,
  exists,
  isMain,
  LOCAL_CACHE,
  main,
  PlainError,
  readJson,
  ROOT,
  say,
  seconds,
  withLock,
} from "./lib/base.mjs";
import { ensureElectron } from "./lib/electron.mjs";
import { ensureNodeModules } from "./lib/setup.mjs";
import { build } from "./build.mjs";
import { untranslatedTexts } from "./check-locales.mjs";

/** Where the build for Playwright begins. */
const TEST_MAIN = "dist/main-for-tests.cjs";

const STAGE = join(LOCAL_CACHE, "pack", "app");

/** Bundles and pages only: a package.json of its own, so that neither scripts nor dependencies get into the archive. */
const stage = (isTestBuild) => {
  rmSync(STAGE, { recursive: true, force: true });
  mkdirSync(STAGE, { recursive: true });
  for (const part of ["dist/electron", "dist/prebuilds", "dist/renderer"]) {
    cpSync(join(ROOT, part), join(STAGE, part), { recursive: true, filter: (file) => !file.endsWith(".map") });
  }
  const { name, version, description, license } = readJson(join(ROOT, "package.json"), {});
  const manifest = { name, version, description, license, author: "service-hall", main: "dist/electron/main.cjs" };
  if (isTestBuild) {
    cpSync(join(ROOT, "tests/helpers/attach-before-ready.cjs"), join(STAGE, "dist/attach-before-ready.cjs"));
    writeFileSync(join(STAGE, TEST_MAIN), 'require("./attach-before-ready.cjs");\nrequire("./electron/main.cjs");\n');
    Object.assign(manifest, { testBuild: true, main: TEST_MAIN });
  }
  writeFileSync(join(STAGE, "package.json"), JSON.stringify(manifest));
};

/** Packs and returns the folder of the unpacked program. Needs node_modules. */
export const pack = async ({ isTestBuild = false, args = [] } = {}) => {
  const untranslated = untranslatedTexts();
  if (!isTestBuild && untranslated.length > 0)
    throw new PlainError(`Some languages lack public texts: ${untranslated.slice(0, 10).join(", ")} …`);
  const since = performance.now();
  const { dist, version } = await ensureElectron();
  await build({ only: ["electron", "renderer"] });
  return withLock(join(LOCAL_CACHE, "pack.lock"), "packing", async () => {
    stage(isTestBuild);
    const output = isTestBuild ? "release/e2e" : "release";
    const options = [`-c.electronDist=${dist}`, `-c.electronVersion=${version}`, `-c.directories.output=${output}`];
    if (isTestBuild) options.push("-c.electronFuses.enableNodeCliInspectArguments=true");
    const targets = args.length > 0 ? args : ["--dir"];
    const builder = [binOf("electron-builder"), ...targets, "--publish", "never", "--config", "electron-builder.yml"];
    const { code, output: told } = await collect(process.execPath, [...builder, ...options]);
    if (code !== 0)
      throw new PlainError(`${told.trimEnd().split("\n").slice(-25).join("\n")}\nPacking failed (see above).`);
    const folder = join(ROOT, output, { linux: "linux-unpacked", win32: "win-unpacked" }[process.platform] ?? "mac");
    if (!exists(folder)) throw new PlainError(`${told.trimEnd()}\nelectron-builder made no ${folder}.`);
    say(`Packed ${folder} in ${seconds(since)}.`);
    return folder;
  });
};

if (isMain(import.meta.url)) {
  await main(async () => {
    await ensureNodeModules();
    const args = process.argv.slice(2);
    await pack({ isTestBuild: args.includes("--e2e"), args: args.filter((arg) => arg !== "--e2e") });
  });
}
