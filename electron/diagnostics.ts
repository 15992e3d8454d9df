import { screen } from "electron";
import type { Diagnostic } from "../shared/contract/ipc.ts";
import { clockLine } from "./clock-line.ts";
import { freeDiskMb } from "./free-disk.ts";
import { getHallInfo } from "./node/node-client.ts";
import type { Terminal } from "./terminal.ts";

/** A day of a busy hall is about 10 MB locally; below 200 MB Chromium begins to throw caches away. */
const DISK_WARN_MB = 1_000;
const DISK_FAULT_MB = 200;

const nodeAndClock = async (terminal: Terminal): Promise<Diagnostic[]> => {
  const nodeUrl = terminal.nodeUrl();
  if (nodeUrl === null) {
    return [{ id: "node", state: "warn", detail: "" }, clockLine(null)];
  }
  const since = performance.now();
  const info = await getHallInfo(terminal.wire, nodeUrl);
  if (!info.ok) {
    return [{ id: "node", state: "fault", detail: terminal.faultText(info.error) }, clockLine(null)];
  }
  const took = Math.round(performance.now() - since);
  return [
    { id: "node", state: "ok", detail: `${nodeUrl} · ${info.value.name ?? ""} · ${took} ms` },
    clockLine(info.value.clockOffsetMs),
  ];
};

const disk = async (): Promise<Diagnostic> => {
  try {
    const free = await freeDiskMb();
    return {
      id: "disk",
      state: free < DISK_FAULT_MB ? "fault" : free < DISK_WARN_MB ? "warn" : "ok",
      detail: free > 10_000 ? `${Math.round(free / 1000)} GB` : `${free} MB`,
    };
  } catch (error) {
    return { id: "disk", state: "fault", detail: error instanceof Error ? error.message : "" };
  }
};

const printer = async (terminal: Terminal): Promise<Diagnostic> => {
  const { kind, host, port, device, queue } = terminal.identity.settings.get().printer;
  if (kind === "none") return { id: "printer", state: "warn", detail: "" };
  const outcome = await terminal.printer.check();
  const detail = kind === "tcp" ? `${host}:${port}` : kind === "usb" ? device : queue;
  return outcome.ok
    ? { id: "printer", state: "ok", detail }
    : { id: "printer", state: "fault", why: outcome.error.code, detail };
};

const SETTINGS_NOTICES: ReadonlySet<string> = new Set(["settings_set_aside", "settings_not_understood"]);

/** What the installer has to know about this terminal. */
export const runDiagnostics = async (terminal: Terminal): Promise<readonly Diagnostic[]> => {
  const [network, printing, space] = await Promise.all([nodeAndClock(terminal), printer(terminal), disk()]);
  const displays = screen.getAllDisplays();
  const wantsSecond = terminal.identity.enrolment()?.role === "window";
  const isIncomplete = terminal.identity.notices.some(({ code }) => SETTINGS_NOTICES.has(code));
  return [
    ...network,
    {
      id: "keyStore",
      state: terminal.identity.keyStore === "system" ? "ok" : terminal.identity.keyStore === "weak" ? "warn" : "fault",
      detail: "",
    },
    {
      id: "displays",
      state: wantsSecond && displays.length < 2 ? "warn" : "ok",
      detail: displays.map(({ size }) => `${size.width}×${size.height}`).join(" + "),
    },
    printing,
    space,
    { id: "settings", state: isIncomplete ? "warn" : "ok", detail: terminal.identity.settings.file },
  ];
};
