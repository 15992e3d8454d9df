import "../shared/basics/zod-config.ts";
import * as originalFs from "original-fs";
import { join } from "node:path";
import { app, Menu } from "electron";
import { parseArgs, parseLink, withoutSetup, type StartArgs } from "./args.ts";
import { openLog } from "./logging/logger.ts";
import { registerAppScheme } from "./security/app-scheme.ts";
import { lockApp } from "./security/lock-contents.ts";
import { findForbiddenSwitches } from "./security/switches.ts";
import { openIdentity } from "./settings/identity.ts";
import { createTerminal, type Terminal } from "./terminal.ts";
import { isTestBuild } from "./test-build.ts";
import { keepUpdated } from "./update/keep-updated.ts";

const EXIT_USAGE = 2;

/** Parts of Chromium that talk to its maker's services or open a way out of our pages. */
const UNWANTED_FEATURES = [
  "AutofillServerCommunication",
  "CertificateTransparencyComponentUpdater",
  "MediaRouter",
  "OptimizationHints",
  "SpareRendererForSitePerProcess",
  "Translate",
];

const isRoot = process.getuid?.() === 0;

const setSwitches = (): void => {
  const { commandLine } = app;
  commandLine.appendSwitch("autoplay-policy", "no-user-gesture-required");
  commandLine.appendSwitch("disable-pinch");
  commandLine.appendSwitch("overscroll-history-navigation", "0");
  commandLine.appendSwitch("dns-prefetch-disable");
  // The page's opener policy wants another process than the one that Chromium began for it: the same one will do, and it has had time to begin.
  commandLine.appendSwitch("renderer-process-limit", "1");
  const given = commandLine.getSwitchValue("disable-features");
  commandLine.appendSwitch("disable-features", [given, ...UNWANTED_FEATURES].filter(Boolean).join(","));
};

const run = (args: StartArgs): void => {
  if (args.userData !== null) app.setPath("userData", args.userData);
  const log = openLog(join(app.getPath("userData"), "logs"));
  let terminal: Terminal | null = null;

  process.on("unhandledRejection", (reason) => {
    log.write("app.unexpected", { where: "unhandledRejection", message: String(reason) });
  });
  process.on("uncaughtException", (error) => {
    log.write("app.unexpected", { where: "uncaughtException", message: error.stack ?? error.message });
  });

  if (!isTestBuild() && app.isPackaged) {
    const names = findForbiddenSwitches(process.argv.slice(1), isRoot);
    if (names.length > 0) {
      log.write("app.switchRefused", { names: names.join(" ") });
      process.stderr.write(`Refused to start with: ${names.join(", ")}\n`);
      app.exit(EXIT_USAGE);
      return;
    }
  }
  if (!app.requestSingleInstanceLock({ openAt: args.openAt })) {
    app.exit(0);
    return;
  }
  setSwitches();
  registerAppScheme();
  lockApp(app, log, (id) => terminal?.windows.find(id)?.role ?? "");
  Menu.setApplicationMenu(null);

  // Not by its arguments: Chromium hands them over in another order, a value apart from its option.
  app.on("second-instance", (_event, _argv, _folder, sent) => {
    log.write("app.secondInstance");
    const { openAt } = (sent ?? {}) as { readonly openAt?: unknown };
    terminal?.windows.show(typeof openAt === "string" ? parseLink(openAt) : null);
  });
  app.on("child-process-gone", (_event, { type, reason, exitCode }) => {
    if (reason !== "clean-exit") log.write("process.gone", { type, reason, exitCode });
  });
  app.on("before-quit", () => {
    terminal?.end();
  });
  // Electron would end; the terminal knows better what follows when its main window has closed.
  app.on("window-all-closed", () => undefined);
  app.on("quit", () => {
    log.write("app.quit");
  });
  if (args.endWithParent) {
    process.stdin.on("end", () => app.quit()).on("error", () => app.quit());
    process.stdin.resume();
  }

  const start = async () => {
    await app.whenReady();
    const identity = openIdentity(app.getPath("userData"), log);
    terminal = createTerminal(args, identity, log);
    log.write("app.started", {
      version: app.getVersion(),
      electron: process.versions.electron,
      role: args.role ?? identity.enrolment()?.role ?? "setup",
      packaged: app.isPackaged,
    });
    await terminal.start();
    // Made ready while the windows load their pages, which can ask for nothing before that.
    const { registerIpc } = await import("./ipc/register.ts");
    registerIpc(terminal);
    keepUpdated(terminal);
  };
  start().catch((error: unknown) => {
    log.write("app.unexpected", {
      where: "start",
      message: error instanceof Error ? (error.stack ?? "") : String(error),
    });
    process.stderr.write(`${String(error)}\n`);
    app.exit(1);
  });
};

const argv = process.argv.slice(1);
// The launcher repeats the command line that it was started with.
const args = parseArgs(process.env["SERVICE_HALL_AGAIN"] === undefined ? argv : withoutSetup(argv));
const tellDiagnosis = async (): Promise<void> => {
  const language = /^zh|^$/.test(process.env["LANG"] ?? "") ? "zh-CN" : "en";
  const { diagnose } = await import("./doctor/doctor.ts");
  const { text, exitCode } = await diagnose(language, originalFs);
  process.stdout.write(text);
  app.exit(exitCode);
};

if (args.ok && args.value.doctor) {
  tellDiagnosis().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    app.exit(1);
  });
} else if (args.ok) run(args.value);
else {
  process.stderr.write(`${args.error}\n`);
  app.exit(EXIT_USAGE);
}
