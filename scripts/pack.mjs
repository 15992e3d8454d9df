/**
 * npm run pack: the program as it is installed, unpacked below release/. --e2e makes the same with the inspector's fuse on and
 * a mark in its package.json, for Playwright (release/e2e/).
 * npm run pack -- deb tar.gz center: packages for Linux, made with the system's own tools; "center" is the central system as
 * deb and tar.gz. Other arguments go to electron-builder (--linux AppImage, --win nsis), which downloads its tools.
 */
import { chmodSync, cpSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
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
import { debianArch, makeDeb, makeTarball } from "./lib/archives.mjs";
import { ensureElectron } from "./lib/electron.mjs";
import { writeFileHashes } from "./lib/file-hashes.mjs";
import { ensureNodeModules } from "./lib/setup.mjs";
import { refuseOtherSystems, stageDebRoot, stageInstallation, TERMINAL_DEPENDS } from "./lib/terminal-package.mjs";
import { build } from "./build.mjs";
import { stageCenter } from "./pack-center.mjs";
import { writeSbom } from "./sbom.mjs";
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
  if (!exists(join(ROOT, "dist/electron/program.v8")))
    say("Packed without a compiled program: it starts a little later.");
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
    if (process.platform === "linux" && !isTestBuild) await writeFileHashes(folder);
    if (!isTestBuild) writeSbom();
    say(`Packed ${folder} in ${seconds(since)}.`);
    return folder;
  });
};

const versionOfProgram = () => readJson(join(ROOT, "package.json"), {}).version;

const made = (file, since) => {
  say(`Packed ${file} (${Math.round(statSync(file).size / 1e6)} MB) in ${seconds(since)}.`);
  return file;
};

const packTarball = async (unpacked, version) => {
  const since = performance.now();
  const folder = join(LOCAL_CACHE, "pack/terminal");
  stageInstallation({ unpacked, version, folder });
  const file = join(ROOT, `release/service-hall-${version}-linux-${process.arch}.tar.gz`);
  await makeTarball({ folder, top: `service-hall-${version}`, file });
  return made(file, since);
};

const packDeb = async (unpacked, version) => {
  const since = performance.now();
  const root = stageDebRoot({ unpacked, version });
  const file = join(ROOT, `release/service-hall_${version}_${debianArch}.deb`);
  const scripts = join(ROOT, "packaging/deb/terminal");
  const summary = "terminals of a government service hall";
  await makeDeb({ root, file, name: "service-hall", version, depends: TERMINAL_DEPENDS, summary, scripts });
  return made(file, since);
};

const packCenter = async (version) => {
  const since = performance.now();
  const name = `service-hall-center-${version}`;
  const root = join(LOCAL_CACHE, "pack/center-deb");
  const folder = join(root, "opt/service-hall-center");
  rmSync(root, { recursive: true, force: true });
  await stageCenter(folder);
  const tarball = join(ROOT, `release/${name}-linux-${process.arch}.tar.gz`);
  await makeTarball({ folder, top: name, file: tarball });
  made(tarball, since);
  for (const part of ["usr/bin", "lib/systemd/system", "etc/default"]) mkdirSync(join(root, part), { recursive: true });
  symlinkSync("/opt/service-hall-center/service-hall-center", join(root, "usr/bin/service-hall-center"));
  const from = join(ROOT, "packaging/center");
  cpSync(join(from, "service-hall-center.service"), join(root, "lib/systemd/system/service-hall-center.service"));
  const settings = join(root, "etc/default/service-hall-center");
  cpSync(join(from, "service-hall-center.default"), settings);
  // Keys and passwords are written into it.
  chmodSync(settings, 0o600);
  const file = join(ROOT, `release/service-hall-center_${version}_${debianArch}.deb`);
  const scripts = join(ROOT, "packaging/deb/center");
  const summary = "central system of a government service hall";
  await makeDeb({ root, file, name: "service-hall-center", version, depends: ["libc6", "passwd"], summary, scripts });
  return made(file, since);
};

/** The packages by name. */
const PACKAGES = ["deb", "tar.gz", "center"];

/** Makes the packages named, below release/. */
export const packPackages = async (names) => {
  refuseOtherSystems();
  const version = versionOfProgram();
  mkdirSync(join(ROOT, "release"), { recursive: true });
  const isTerminal = names.some((name) => name !== "center");
  const unpacked = isTerminal ? await pack() : "";
  if (names.includes("tar.gz")) await packTarball(unpacked, version);
  if (names.includes("deb")) await packDeb(unpacked, version);
  if (names.includes("center")) await packCenter(version);
};

if (isMain(import.meta.url)) {
  await main(async () => {
    await ensureNodeModules();
    const args = process.argv.slice(2);
    if (args.length > 0 && args.every((arg) => PACKAGES.includes(arg))) return packPackages(args);
    await pack({ isTestBuild: args.includes("--e2e"), args: args.filter((arg) => arg !== "--e2e") });
  });
}
