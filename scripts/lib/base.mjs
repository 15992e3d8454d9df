/** What every script needs: where things are, talking to the person, running programs. Node built-ins only. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Files of this checkout that can be made again: bundles of scripts, check results, the linked Electron. */
export const LOCAL_CACHE = join(ROOT, ".cache");

/** Files that all checkouts of one user share: the Electron binary. */
export const sharedCache = () =>
  process.env.SERVICE_HALL_CACHE
    ? resolve(process.env.SERVICE_HALL_CACHE)
    : join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "service-hall");

/** A failure that one sentence explains: shown without a stack. */
export class PlainError extends Error {}

export const say = (text) => process.stderr.write(`${text}\n`);

/** A line that is written over again and again on a terminal, and at most every ten per cent elsewhere. */
export const progressLine = (label) => {
  const live = process.stderr.isTTY === true;
  let shown = -1;
  return {
    update(done, total) {
      const percent = Math.min(100, Math.floor((done / total) * 100));
      const text = `${label} ${megabytes(done)} of ${megabytes(total)} MB (${percent} %)`;
      if (live) process.stderr.write(`\r${text}  `);
      else if (Math.floor(percent / 10) > shown) {
        shown = Math.floor(percent / 10);
        say(text);
      }
    },
    end() {
      if (live) process.stderr.write("\n");
    },
  };
};

const megabytes = (bytes) => Math.round(bytes / 1e6);

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

export const readJson = (file, fallback) => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return fallback;
  }
};

export const sha256 = (data) => createHash("sha256").update(data).digest("hex");

export const exists = existsSync;

export const findProgram = (name) =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => isProgram(file));

const isProgram = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/** Runs a program to its end and returns its output; never throws for a bad exit code. */
export const capture = (command, args, options = {}) => {
  const done = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1e8, ...options });
  return { code: done.status ?? 1, stdout: done.stdout ?? "", stderr: done.stderr ?? "", error: done.error };
};

/**
 * Runs a program in the foreground and returns its exit code. SIGINT and SIGTERM are passed on to it, so that Ctrl+C and
 * a supervisor's stop reach the real program and its own exit code comes back.
 */
export const run = (command, args, options = {}) =>
  new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", ...options });
    // On a terminal Ctrl+C reaches the whole process group by itself: there only keep this process alive until the child ends.
    const pass = (signal) => {
      if (!(signal === "SIGINT" && process.stdin.isTTY)) child.kill(signal);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, pass);
    child.once("error", fail);
    child.once("exit", (code, signal) => {
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(name, pass);
      done(code ?? 128 + (signal === "SIGKILL" ? 9 : signal === "SIGINT" ? 2 : 15));
    });
  });

/** Runs a program, keeps its output and returns both. */
export const collect = (command, args, options = {}) =>
  new Promise((done) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    const add = (chunk) => (output += chunk);
    child.stdout.setEncoding("utf8").on("data", add);
    child.stderr.setEncoding("utf8").on("data", add);
    child.once("error", (error) => done({ code: 1, output: `${output}${error.message}\n` }));
    child.once("close", (code) => done({ code: code ?? 1, output }));
  });

/** The npm that started this script, else the one on the path: [command, ...first arguments]. */
export const npmCommand = () => {
  const self = process.env.npm_execpath;
  return self && /npm-cli\.[cm]?js$/.test(self) && exists(self) ? [process.execPath, self] : ["npm"];
};

/** The program `name` of an installed package, to be run by this Node. */
export const binOf = (packageName, bin = packageName) => {
  const folder = join(ROOT, "node_modules", packageName);
  const { bin: bins } = readJson(join(folder, "package.json"), {});
  const file = typeof bins === "string" ? bins : bins?.[bin];
  if (!file) throw new PlainError(`The package ${packageName} is not installed: run node scripts/setup.mjs.`);
  return join(folder, file);
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** Only one process at a time does `work`; a lock left by a dead process is taken over. */
export const withLock = async (folder, what, work) => {
  mkdirSync(dirname(folder), { recursive: true });
  const owner = join(folder, "pid");
  let told = false;
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(owner, String(process.pid));
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const pid = Number(readJson(owner, 0));
      const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (pid ? !isAlive(pid) : age > 5000) {
        rmSync(folder, { recursive: true, force: true });
        continue;
      }
      if (!told) say(`Waiting for another process that is ${what}.`);
      told = true;
      await sleep(200);
    }
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
};

/** Runs a script's main function: a PlainError is shown as its sentence, anything else with its stack. */
export const main = async (work) => {
  try {
    const code = await work();
    if (typeof code === "number") process.exitCode = code;
  } catch (error) {
    say(error instanceof PlainError ? error.message : error.stack);
    process.exitCode = 1;
  }
};

/** True when `url` is the module that Node was asked to run. */
export const isMain = (url) => process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
