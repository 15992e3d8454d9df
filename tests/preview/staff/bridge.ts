import { err, ok } from "../../../shared/basics/result.ts";
import type { StaffBridge } from "../../../shared/contract/ipc.ts";
import type { PrinterSettings } from "../../../shared/contract/device-settings.ts";

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The main process of a preview: a node at port 4800, code DEMO-2026, and a printer that has run out of paper. */
export const fakeBridge = (): StaffBridge => {
  let printer: PrinterSettings = { kind: "none", host: "", port: 9100, device: "/dev/usb/lp0", queue: "" };
  const nothing = async (): Promise<null> => {
    await wait(50);
    return null;
  };
  return {
    "terminal.info": () => Promise.reject(new Error("not in a preview")),
    "terminal.isNodeTrusted": () => Promise.resolve(true),
    "terminal.session": () => Promise.resolve({ ok: false, error: "unavailable" }),
    "terminal.facts": () => Promise.reject(new Error("not in a preview")),
    "terminal.attend": () => Promise.resolve(false),
    "terminal.log": nothing,
    "personCard.read": async () => Promise.resolve(err({ code: "no_reader" as const })),
    "personCard.cancel": async () => Promise.resolve(null),
    "journal.change": nothing,
    "journal.read": () => Promise.resolve([]),
    "ticket.print": async () => Promise.resolve(ok({ paperLow: false })),
    "counterScreen.show": nothing,
    "document.print": async () => Promise.resolve(ok(null)),
    "document.save": () => Promise.resolve(true),
    "sheet.save": () => Promise.resolve(true),
    "setup.enrol": async ({ code }) => {
      await wait(200);
      return code === "DEMO-2026"
        ? ok({ hallName: "示例政务服务大厅", role: "window" })
        : err({ code: "enrol_code_unknown", message: "unknown code" });
    },
    "setup.testNode": async (url, code) => {
      await wait(200);
      if (url.includes("4801") && code === "") return err({ code: "code_needed", message: "no code" });
      return url.includes("4800")
        ? ok({ hallName: "示例政务服务大厅" })
        : err({ code: "unavailable", message: "ECONNREFUSED" });
    },
    "setup.displays": async () =>
      Promise.resolve([
        { id: 1, label: "DELL U2424", width: 1920, height: 1080, primary: true },
        { id: 2, label: "HDMI-2", width: 1280, height: 800, primary: false },
      ]),
    "setup.diagnostics": async () =>
      Promise.resolve([
        { id: "node", state: "ok", detail: "http://127.0.0.1:4800" },
        { id: "keyStore", state: "warn", detail: "basic_text" },
        { id: "displays", state: "ok", detail: "2" },
        { id: "printer", state: "fault", why: "out_of_paper", detail: "192.168.1.20:9100" },
        { id: "disk", state: "ok", detail: "81 GB" },
        { id: "settings", state: "ok", detail: "" },
        { id: "clock", state: "fault", why: "fast", detail: "24 h 0 min" },
      ]),
    "setup.printers": async () => Promise.resolve([{ name: "HP_M405", displayName: "HP LaserJet Pro M405" }]),
    "setup.getDocumentPrinter": async () => Promise.resolve({ kind: "system", name: "" }),
    "setup.setDocumentPrinter": nothing,
    "setup.getPrinter": async () => Promise.resolve(printer),
    "setup.setPrinter": async (next) => {
      printer = next;
      await wait(50);
      return null;
    },
    "setup.testPrint": async () => {
      await wait(300);
      return printer.kind === "none" ? err({ code: "no_printer" }) : err({ code: "out_of_paper" });
    },
    "setup.serialPorts": async () => Promise.resolve(["/dev/ttyUSB0"]),
    "setup.getIdReader": async () => Promise.resolve({ port: null }),
    "setup.setIdReader": nothing,
    "setup.testIdReader": async () => Promise.resolve(err({ code: "not_connected" })),
    "idReader.read": async () => Promise.resolve(err({ code: "no_reader" })),
    "idReader.cancel": nothing,
    "setup.getCounterDisplay": async () => Promise.resolve({ kind: "none", host: "127.0.0.1", port: 4001, cells: 8 }),
    "setup.setCounterDisplay": async () => Promise.resolve(null),
    "setup.testCounterDisplay": async () => Promise.resolve({ ok: true, value: null }),
    "setup.setLanguage": nothing,
    "setup.leaveHall": async (outbox) =>
      Promise.resolve(outbox > 0 ? err({ code: "outbox_not_empty", unsent: outbox }) : ok(null)),
    "setup.restart": nothing,
    "launcher.screens": async () =>
      Promise.resolve({
        nodeUrl: "http://127.0.0.1:4800",
        clerks: [
          { clerkNo: "1001", name: "王晓芳", password: "demo-1001" },
          { clerkNo: "1002", name: "李慧敏", password: "demo-1002" },
        ],
        browserUrls: [
          { role: "kiosk", url: "http://127.0.0.1:4800/app/?role=kiosk" },
          { role: "window", url: "http://127.0.0.1:4800/app/?role=window" },
          { role: "display", url: "http://127.0.0.1:4800/app/?role=display" },
        ],
      }),
    "launcher.open": nothing,
    "applicant.answer": nothing,
    onCounterScreen: () => () => undefined,
    onApplicantAnswer: () => () => undefined,
  };
};
