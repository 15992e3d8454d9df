/** Virtual displays for tests and machines without a screen. They end with this process, however it ends. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture, exists, findProgram, PlainError } from "./base.mjs";

const START_MS = 15_000;
const STOP_MS = 3000;

const running = new Set();
const killAll = () => running.forEach((child) => child.kill("SIGTERM"));
// Without a listener of its own a process dies of a signal before its "exit" event; who has one decides for himself.
const onSignal = (signal) => {
  if (process.listenerCount(signal) === 1) process.exit(signal === "SIGINT" ? 130 : 143);
};

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

const track = (child) => {
  if (running.size === 0) {
    process.on("exit", killAll);
    for (const signal of SIGNALS) process.on(signal, onSignal);
  }
  running.add(child);
  child.once("exit", () => {
    running.delete(child);
    if (running.size > 0) return;
    process.off("exit", killAll);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  });
  return child;
};

/** setpriv lets the kernel end the child when this process is killed with no chance to clean up. */
const start = (command, args, options) => {
  const guard = findProgram("setpriv");
  const child = guard
    ? spawn(guard, ["--pdeathsig", "TERM", command, ...args], options)
    : spawn(command, args, options);
  // Ctrl+C goes to the whole terminal group; the display must outlive the programs on it. stop() and exit end it.
  return track(child);
};

const stopChild = (child) =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    const kill = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    child.once("exit", () => {
      clearTimeout(kill);
      done();
    });
    child.kill("SIGTERM");
  });

/** Starts an X server; it picks a free number itself and tells it through file descriptor 3. */
const startServer = async (command, args) => {
  const child = start(command, ["-displayfd", "3", "-nolisten", "tcp", "-noreset", ...args], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    detached: true,
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (errors = (errors + text).slice(-4000)));
  const number = await new Promise((done) => {
    let text = "";
    const late = setTimeout(done, START_MS);
    const end = (value) => {
      clearTimeout(late);
      done(value);
    };
    child.stdio[3].setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) end(text.trim());
    });
    child.once("error", (error) => ((errors += error.message), end()));
    child.once("exit", () => end());
  });
  if (number) return { child, display: `:${number}` };
  await stopChild(child);
  throw new PlainError(`The virtual display could not be started (${command}).\n${errors.trim()}`);
};

const startWindowManager = async (display) => {
  const openbox = findProgram("openbox");
  if (!openbox) return undefined;
  const child = start(openbox, ["--sm-disable"], {
    stdio: "ignore",
    detached: true,
    env: { ...process.env, DISPLAY: display },
  });
  child.once("error", () => {});
  return child;
};

const finish = async (display, server, windowManager) => {
  const manager = windowManager ? await startWindowManager(display) : undefined;
  const stop = async () => {
    if (manager) await stopChild(manager);
    await stopChild(server);
  };
  return { display, env: { ...process.env, DISPLAY: display }, stop };
};

/** One virtual display (Xvfb). Returns { display: ":N", env, stop }. */
export const startDisplay = async ({ width = 1920, height = 1080, windowManager = false } = {}) => {
  const xvfb = findProgram("Xvfb");
  if (!xvfb) throw new PlainError("Xvfb is missing (Debian package xvfb).");
  const { child, display } = await startServer(xvfb, ["-screen", "0", `${width}x${height}x24`]);
  return finish(display, child, windowManager);
};

/** Runs `work({ display, env, stop })` on a virtual display of its own. */
export const withDisplay = async (options, work) => {
  const screen = await startDisplay(options);
  try {
    return await work(screen);
  } finally {
    await screen.stop();
  }
};

/** No device of the real machine is touched: no console, no mouse, no keyboard; xdotool still types and clicks. */
const dummyConfig = (width, height) => `
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoEnableDevices" "false"
  Option "AutoAddGPU" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "device"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "device"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual ${width} ${height}
  EndSubSection
EndSection
`;

/** Blanking as of common screens; the dummy driver only wants a mode that is possible. */
const modeLine = ([width, height]) => {
  const [lineLength, lineCount] = [width + 280, height + 45];
  const clock = ((lineLength * lineCount * 60) / 1e6).toFixed(2);
  return [clock, width, width + 88, width + 132, lineLength, height, height + 4, height + 9, lineCount].map(String);
};

const xrandr = (display, ...args) => {
  const { code, stderr } = capture("xrandr", args, { env: { ...process.env, DISPLAY: display } });
  if (code !== 0) throw new PlainError(`xrandr ${args.join(" ")} failed: ${stderr.trim()}`);
};

/**
 * Two displays side by side (Xorg with the dummy driver; Xvfb has only one). Sizes in pixels; the first is the primary
 * one. Returns { display: ":N", env, stop }.
 */
export const startTwoDisplays = async ({ first = [1280, 800], second = [1280, 800], windowManager = true } = {}) => {
  // The one below /usr/bin may be a set-uid wrapper that refuses a configuration file of ours.
  const xorg = ["/usr/lib/xorg/Xorg"].find(exists) ?? findProgram("Xorg");
  if (!xorg || !findProgram("xrandr")) {
    throw new PlainError(
      "Xorg or xrandr is missing (Debian: xserver-xorg-core xserver-xorg-video-dummy x11-xserver-utils).",
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "service-hall-xorg-"));
  const [config, log] = [join(folder, "xorg.conf"), join(folder, "xorg.log")];
  writeFileSync(config, dummyConfig(Math.max(3840, first[0] + second[0]), Math.max(1080, first[1], second[1])));
  let server;
  try {
    server = await startServer(xorg, [
      "-config",
      config,
      "-configdir",
      folder,
      "-logfile",
      log,
      "-novtswitch",
      "-sharevts",
    ]);
    const { display } = server;
    for (const [output, size] of [
      ["DUMMY0", first],
      ["DUMMY1", second],
    ]) {
      const name = `${output}-${size.join("x")}`;
      xrandr(display, "--newmode", name, ...modeLine(size));
      xrandr(display, "--addmode", output, name);
    }
    const left = ["--output", "DUMMY0", "--mode", `DUMMY0-${first.join("x")}`, "--pos", "0x0", "--primary"];
    const right = ["--output", "DUMMY1", "--mode", `DUMMY1-${second.join("x")}`, "--pos", `${first[0]}x0`];
    xrandr(display, ...left, ...right);
    // Asks the driver anew: only then does the second output count as connected, which Chromium looks at.
    xrandr(display, "--query");
    return await finish(display, server.child, windowManager);
  } catch (error) {
    if (server) await stopChild(server.child);
    const told = exists(log)
      ? readFileSync(log, "utf8")
          .split("\n")
          .filter((line) => line.includes("(EE)"))
      : [];
    throw told.length > 0 ? new PlainError(`${error.message}\n${told.slice(0, 6).join("\n")}`) : error;
  } finally {
    // The server has read its configuration and keeps its log open: nothing is left behind however this process ends.
    rmSync(folder, { recursive: true, force: true });
  }
};
