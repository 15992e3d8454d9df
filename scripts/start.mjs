/**
 * npm start: the demo hall with a launcher for its screens. npm start -- --role kiosk --node URL --enrol CODE
 * --user-data DIR: one terminal. npm start -- --phones: phones in the same network can open the demo's codes. Installs what is missing first. Without a display the screens are served to a browser.
 */
import { spawn } from "node:child_process";
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findProgram, main, PlainError, ROOT, run, say } from "./lib/base.mjs";
import { electronArgs, hasScreen } from "./lib/electron.mjs";
import { ensureNodeModules } from "./lib/setup.mjs";
import { build } from "./build.mjs";
import { setup } from "./setup.mjs";

const READY_MS = 120_000;
/** The database wants to close in order. */
const STOP_MS = 20_000;
const BROWSER_ROLES = ["kiosk", "window", "review", "display", "desk"];
const ROLES = [...BROWSER_ROLES, "setup"];
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

const USAGE = `用法 Usage:
  npm start
      演示大厅，从启动器打开各个屏幕。The demo hall with a launcher for its screens.
  npm start -- --phones
      演示大厅，同一网络中的手机也能打开二维码。The demo hall; phones in the same network can open its codes.
  npm start -- --role 岗位ROLE --node 地址URL --enrol 注册码CODE --user-data 文件夹DIR
      一台终端。One terminal. ROLE: ${ROLES.join(", ")}.
没有图形界面时改由浏览器打开屏幕。Without a display the screens are served to a browser.`;

const NO_SCREEN =
  "这里没有图形界面（DISPLAY、WAYLAND_DISPLAY 都没有设置），所以改用浏览器打开各个屏幕。\n" +
  "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the screens are served to a browser instead.";

const valueOf = (args, name) => {
  const at = args.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (at < 0) return undefined;
  return args[at].includes("=") ? args[at].slice(args[at].indexOf("=") + 1) : args[at + 1];
};

const appUrl = (url, role, code) => `${url}/app/?role=${role}${code ? `&enrol=${encodeURIComponent(code)}` : ""}`;

const stopChild = (child, signal = "SIGTERM") =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    const kill = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    child.once("exit", () => {
      clearTimeout(kill);
      done();
    });
    child.kill(signal);
  });

/** A port that is free now: the demo's codes name it before the node has it. */
const freePort = () =>
  new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** The address of this computer in its own network, or undefined without one. */
const ownAddress = () =>
  Object.values(networkInterfaces())
    .flat()
    .find((each) => each.family === "IPv4" && !each.internal)?.address;

/** Where the demo listens: on this computer only, or with --phones for everybody in the network it is in. */
const demoAddress = async (forPhones) => {
  const port = await freePort();
  const address = forPhones ? ownAddress() : "127.0.0.1";
  if (address === undefined) throw new PlainError("这台电脑没有连上网络。This computer is in no network.");
  return { host: forPhones ? "0.0.0.0" : address, port: String(port), publicUrl: `http://${address}:${port}` };
};

/** Starts the hall node of the demo. `ready` becomes its ready line, or undefined when it ended or took too long. */
const startCenter = (folder, { host, port, publicUrl }) => {
  const data = join(folder, "node");
  mkdirSync(data);
  // As root the database runs as another user, who must be able to get there.
  chmodSync(folder, 0o755);
  chmodSync(data, 0o755);
  const args = ["dist/center/main.js", "serve", "--demo", "--data", data, "--renderer", "dist/renderer"];
  // Phones in the room do not know the demo hall's authority.
  args.push("--host", host, "--port", port, "--public-url", publicUrl, "--plain-http");
  // Should this script be killed with no chance to clean up, the kernel tells the node to stop.
  const guard = findProgram("setpriv");
  const [command, first] = guard ? [guard, ["--pdeathsig", "TERM", process.execPath]] : [process.execPath, []];
  const child = spawn(command, [...first, ...args], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], detached: true });
  child.stderr.pipe(createWriteStream(nodeLog(folder)));
  const ready = new Promise((done) => {
    const late = setTimeout(() => done(undefined), READY_MS);
    const end = (value) => {
      clearTimeout(late);
      done(value);
    };
    createInterface({ input: child.stdout }).on("line", (line) => {
      try {
        const message = JSON.parse(line);
        if (message.ready) end(message);
      } catch {
        // Not for us.
      }
    });
    child.once("error", () => end(undefined));
    child.once("exit", () => end(undefined));
  });
  return { child, ready };
};

const nodeLog = (folder) => join(folder, "node.log");

const notStarted = (folder) => {
  const tail = readFileSync(nodeLog(folder), "utf8").trimEnd().split("\n").slice(-12).join("\n");
  return new PlainError(
    `${tail}\n演示大厅的服务器没有启动起来（见上）。The demo hall's server did not start (see above).`,
  );
};

const tellUrls = ({ url, demo }, { host, publicUrl }) => {
  say("\n演示大厅，以下每个屏幕的网址可用一次。Demo hall; each of these screens' addresses works once.");
  for (const role of BROWSER_ROLES) say(`  ${role.padEnd(8)} ${appUrl(url, role, demo.codes?.[role])}`);
  for (const { clerkNo, name, password } of demo.clerks)
    say(`  工号 clerk ${clerkNo} ${name}, 密码 password ${password}`);
  say(`手机预约，次数不限。Appointments on a phone, as often as you like: ${publicUrl}/a#demo`);
  say("绿色通道码 green-channel code LVTD2026");
  say(
    host === "0.0.0.0"
      ? "同一网络中的手机都能打开二维码和以上网址。Phones in the same network can open the codes and these addresses."
      : "二维码只能在这台电脑上打开；npm start -- --phones 让同一网络中的手机也能打开。" +
          "The codes open on this computer only; npm start -- --phones lets phones in the same network in.",
  );
  say("按 Ctrl+C 结束。Press Ctrl+C to stop.");
};

const startLauncher = (executable, folder, ready) => {
  const file = join(folder, "demo.json");
  writeFileSync(file, JSON.stringify({ url: ready.url, folder: join(folder, "terminals"), demo: ready.demo }), {
    mode: 0o600,
  });
  mkdirSync(join(folder, "terminals"), { mode: 0o700 });
  const args = [...electronArgs(), "--role", "launcher", "--demo-file", file, "--end-with-parent"];
  return spawn(executable, [...args, "--user-data", join(folder, "terminals", "launcher")], {
    cwd: ROOT,
    // Its standard input closes when this script is gone, however it went: then it and its terminals end too.
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
};

const runDemo = async (withScreen, forPhones) => {
  let executable;
  if (withScreen) ({ executable } = await setup());
  else await ensureNodeModules();
  await build(withScreen ? {} : { only: ["center", "renderer"] });
  const folder = mkdtempSync(join(tmpdir(), "service-hall-demo-"));
  let onSignal;
  const signalled = new Promise((done) => (onSignal = done));
  for (const signal of SIGNALS) process.on(signal, onSignal);
  let center;
  let launcher;
  try {
    const address = await demoAddress(forPhones);
    center = startCenter(folder, address);
    const ready = await Promise.race([center.ready, signalled.then(() => null)]);
    if (ready === null) return 130;
    if (ready === undefined) throw notStarted(folder);
    const ends = [signalled, new Promise((done) => center.child.once("exit", () => done("node")))];
    tellUrls(ready, address);
    if (withScreen) {
      launcher = startLauncher(executable, folder, ready);
      launcher.once("error", (error) => say(error.message));
      ends.push(new Promise((done) => launcher.once("exit", () => done("launcher"))));
    }
    const ended = await Promise.race(ends);
    if (ended !== "node") return 0;
    say("演示大厅的服务器停了。The demo hall's server has stopped.");
    return 1;
  } finally {
    if (launcher) await stopChild(launcher);
    if (center) await stopChild(center.child);
    for (const signal of SIGNALS) process.off(signal, onSignal);
    rmSync(folder, { recursive: true, force: true });
  }
};

const runTerminal = async (args) => {
  if (!hasScreen()) {
    const node = valueOf(args, "node");
    say(NO_SCREEN);
    if (!node)
      throw new PlainError(`请用 --node 给出大厅服务器的地址。Give the hall's server with --node URL.\n${USAGE}`);
    say(appUrl(node, valueOf(args, "role") ?? "setup", valueOf(args, "enrol")));
    return 0;
  }
  const { executable } = await setup();
  await build({ only: ["electron", "renderer"] });
  return run(executable, [...electronArgs(), ...args]);
};

await main(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    say(USAGE);
    return 0;
  }
  const forPhones = args.length === 1 && args[0] === "--phones";
  if (args.length > 0 && !forPhones) return runTerminal(args);
  if (!hasScreen()) say(NO_SCREEN);
  return runDemo(hasScreen(), forPhones);
});
