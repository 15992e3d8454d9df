import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type GuidePrint, type TicketPrint } from "../../shared/contract/ipc.ts";
import { printerSettingsSchema } from "../../shared/contract/device-settings.ts";
import { expectGolden } from "../../tests/helpers/golden-bitmap.ts";
import { printPaper } from "../../tests/helpers/paper-bitmap.ts";
import { readPaper } from "../../tests/helpers/paper-view.ts";
import {
  startDevicePrinterSimulator,
  startPrinterSimulator,
  type PrinterSimulator,
  type PrinterState,
} from "../../tests/helpers/printer-simulator.ts";
import { encodeGb18030 } from "./gb18030.ts";
import { layOutPaper, printsAsText, wrapText } from "./paper-layout.ts";
import type { PaperPicture } from "./paper-picture.ts";
import { checkQueue, printToQueue } from "./system-queue.ts";
import { openTicketPrinter, type TicketPrinter } from "./ticket-printer.ts";

const ticket: TicketPrint = {
  ticketId: "t1",
  language: "zh-CN",
  hallName: "市民中心政务服务大厅",
  sampleNote: "示例数据，非现行办事指南",
  kind: "普通",
  business: "个人",
  item: "企业职工基本养老金申领",
  number: "B012",
  lines: ["您前面有 3 人", "预计等候 10～25 分钟", "请留意 2、3 号窗口", "手机 138****5678"],
  takenAt: Date.UTC(2026, 2, 2, 1, 5),
  qr: "https://queue.example.gov.cn/t/demo/AZx0aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_A",
};

const english: TicketPrint = {
  ...ticket,
  language: "en",
  hallName: "Citizens' Centre Government Service Hall",
  sampleNote: "Sample data, not a guide in force",
  kind: "Ordinary",
  business: "Individuals",
  lines: ["3 people ahead of you", "Listen for your number. If you miss it, ask a counter or the guide desk."],
};

/** Stands for Chromium's drawing, which tests/e2e/kiosk.spec.ts looks at. */
const drawn: PaperPicture = { height: 8, rows: new Uint8Array(576).map((_, at) => at & 0xff) };
const draw = (): Promise<PaperPicture> => Promise.resolve(drawn);

const guide: GuidePrint = {
  language: "zh-CN",
  hallName: "市民中心政务服务大厅",
  sampleNote: "示例数据，非现行办事指南",
  title: "企业职工基本养老金申领",
  sections: [
    { heading: "要带的材料", lines: ["1. 居民身份证", "2. 企业职工养老保险待遇申领表（一式两份，由参保单位盖章）"] },
    { heading: "办理说明", lines: ["承诺时限：15 个工作日", "收费：不收费"] },
  ],
  printedAt: Date.UTC(2026, 2, 2, 1, 5),
};

const decode = (bytes: Uint8Array): string => new TextDecoder("gb18030").decode(bytes);

describe("ticket layout", () => {
  // Written by `WRITE_GOLDEN=1 npx vitest run electron/devices`; look at the picture before you keep it.
  it.each([
    ["ticket", ticket],
    ["ticket-en", english],
    ["guide", guide],
  ] as const)("prints this %s on 80 mm paper and no other, dot by dot", (name, paper) => {
    expectGolden(printPaper(layOutPaper(paper)), new URL(`../../tests/golden/paper-${name}.png`, import.meta.url));
  });

  it("prints Chinese and English in the printer's own letters, and nothing that it has no letters for", () => {
    for (const paper of [ticket, english, guide]) expect(printsAsText(paper)).toBe(true);
    for (const language of ["ja", "ko", "fr", "de", "es", "ru", "ar"])
      expect(printsAsText({ ...english, language })).toBe(false);
    expect(printsAsText({ ...ticket, business: "𠮷野家" })).toBe(false);
    expect(printsAsText({ ...guide, sections: [{ heading: "㐂㙍", lines: [] }] })).toBe(false);
    expect(printsAsText({ ...guide, sections: [{ heading: "材料", lines: ["한국어"] }] })).toBe(false);
  });

  it("lets no printer command in with a text", () => {
    const bytes = layOutPaper({ ...ticket, item: "a\u001b@\u001dV\u0000\u0010\u0004\u0001\u202eb", lines: ["x\ny"] });
    expect(decode(bytes)).toContain("a @ V     b");
    expect(decode(bytes)).toContain("x y");
    expect(bytes).not.toContain(0x10);
    const escapes = (of: Uint8Array): number => of.filter((byte) => byte === 0x1b || byte === 0x1d).length;
    expect(escapes(bytes)).toBe(escapes(layOutPaper({ ...ticket, item: "a", lines: ["x"] })));
  });

  it("breaks long names at the paper's width, Chinese counted twice", () => {
    expect(wrapText("一二三四五", 4)).toEqual(["一二", "三四", "五"]);
    expect(wrapText("ab一c", 3)).toEqual(["ab", "一c"]);
    expect(wrapText("", 4)).toEqual([]);
  });

  it("breaks Latin words only when one is wider than the paper", () => {
    expect(wrapText("Watch counter 2, 3", 9)).toEqual(["Watch", "counter", "2, 3"]);
    expect(wrapText("手机 138****5678 号", 12)).toEqual(["手机", "138****5678", "号"]);
    expect(wrapText("abcdefgh ij", 3)).toEqual(["abc", "def", "gh", "ij"]);
  });
});

describe("GB 18030", () => {
  it("encodes what it decodes: common, rare, supplementary and foreign letters", () => {
    for (const text of ["政务服务大厅", "𠮷野家", "㐂㙍", "é한ñ", "A1#~", "龘䶮", "😀", "ḿ"])
      expect(decode(Uint8Array.from(encodeGb18030(text)))).toBe(text);
  });
});

describe("ticket printer", () => {
  let simulator: PrinterSimulator | null = null;
  const tcp = (port: number) => printerSettingsSchema.parse({ kind: "tcp", host: "127.0.0.1", port });
  const start = async (state: PrinterState = "ready"): Promise<TicketPrinter> => {
    simulator = await startPrinterSimulator(state);
    const { port } = simulator;
    return openTicketPrinter(() => tcp(port), draw);
  };
  const failure = (code: string) => ({ ok: false, error: { code } });

  afterEach(async () => {
    await simulator?.stop();
    simulator = null;
  });

  it("prints and says so only after the printer did", async () => {
    const printer = await start();
    expect(await printer.print(ticket)).toEqual({ ok: true, value: { paperLow: false } });
    expect(Buffer.from(simulator!.printed())).toEqual(Buffer.from(layOutPaper(ticket)));
    expect(simulator!.faults).toEqual([]);
    expect(simulator!.cuts()).toBe(1);
  });

  it("prints one ticket after the other", async () => {
    const printer = await start();
    const outcomes = await Promise.all([printer.print(ticket), printer.print(ticket), printer.print(ticket)]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(simulator!.cuts()).toBe(3);
  });

  it("prints a picture where the printer has no letters, and knows as well what became of it", async () => {
    const printer = await start();
    const arabic = { ...ticket, language: "ar" };
    expect(await printer.print(arabic)).toEqual({ ok: true, value: { paperLow: false } });
    const [picture, code] = readPaper(simulator!.printed()).filter((part) => !("text" in part));
    expect(picture).toMatchObject({ picture: { width: 576, height: 8 } });
    expect(code).toEqual({ qr: ticket.qr });
    expect(simulator!.faults).toEqual([]);
    simulator!.set("paper_ends_in_print");
    expect(await printer.print(arabic)).toEqual(failure("out_of_paper"));
    expect(simulator!.cuts()).toBe(1);
  });

  it("prints nothing when no picture could be drawn, and goes on with the next paper", async () => {
    simulator = await startPrinterSimulator();
    const { port } = simulator;
    const printer = openTicketPrinter(
      () => tcp(port),
      () => Promise.reject(new Error("no picture")),
    );
    await expect(printer.print({ ...ticket, language: "ko" })).rejects.toThrow("no picture");
    expect(simulator.printed()).toHaveLength(0);
    expect((await printer.print(ticket)).ok).toBe(true);
  });

  it.each(["out_of_paper", "cover_open", "offline"] as const)(
    "sends nothing to a printer that is %s",
    async (state) => {
      const printer = await start(state);
      expect(await printer.print(ticket)).toEqual(failure(state));
      expect(await printer.check()).toEqual(failure(state));
      simulator!.set("ready");
      expect(simulator!.printed()).toHaveLength(0);
      expect((await printer.print(ticket)).ok).toBe(true);
      expect(simulator!.cuts()).toBe(1);
    },
  );

  it("does not take silence for a good status", async () => {
    const printer = await start("silent");
    expect(await printer.print(ticket)).toEqual(failure("failed"));
    expect(simulator!.printed()).toHaveLength(0);
  });

  it("says so when the paper ends within a ticket", async () => {
    const printer = await start("paper_ends_in_print");
    expect(await printer.print(ticket)).toEqual(failure("out_of_paper"));
    expect(simulator!.cuts()).toBe(0);
  });

  it("says so when there is no printer, or nobody answers", async () => {
    const none = openTicketPrinter(() => printerSettingsSchema.parse({ kind: "none", host: "", port: 9100 }), draw);
    expect(await none.print(ticket)).toEqual(failure("no_printer"));
    const gone = await startPrinterSimulator();
    await gone.stop();
    const printer = openTicketPrinter(() => tcp(gone.port), draw);
    expect(await printer.print(ticket)).toEqual(failure("offline"));
  });

  it("says when the roll is nearly at its end, and prints", async () => {
    const printer = await start("paper_low");
    expect(await printer.print(ticket)).toEqual({ ok: true, value: { paperLow: true } });
    expect(simulator!.cuts()).toBe(1);
  });

  it("says that the cover was opened within a ticket", async () => {
    const printer = await start("cover_opens_in_print");
    expect(await printer.print(ticket)).toEqual(failure("cover_open"));
    expect(simulator!.cuts()).toBe(0);
  });

  it.each(["dies_in_print", "silent_in_print"] as const)(
    "does not know, and says so, of a printer that %s: neither printed nor not printed",
    async (state) => {
      const printer = await start(state);
      expect(await printer.print(ticket)).toEqual(failure("unknown"));
      expect(simulator!.cuts()).toBe(0);
    },
    15_000,
  );

  it("does not believe a printer that says it is done while its paper sensor says there is none", async () => {
    const printer = await start("lies");
    expect(await printer.print(ticket)).toEqual(failure("out_of_paper"));
    expect(simulator!.printed()).toHaveLength(0);
  });
});

// The kernel's device files are Linux'; Windows has no way to a USB printer without a driver of its own.
describe.runIf(process.platform === "linux")("a printer at USB, through a character device", () => {
  let simulator: Awaited<ReturnType<typeof startDevicePrinterSimulator>> | null = null;
  const start = async (state: PrinterState = "ready"): Promise<TicketPrinter> => {
    simulator = await startDevicePrinterSimulator(state);
    const settings = printerSettingsSchema.parse({ kind: "usb", host: "", port: 9100, device: simulator.device });
    return openTicketPrinter(() => settings, draw);
  };
  afterEach(async () => {
    await simulator?.stop();
    simulator = null;
  });

  it("prints the same bytes and knows that they came out", async () => {
    const printer = await start();
    expect(await printer.print(ticket)).toEqual({ ok: true, value: { paperLow: false } });
    expect(Buffer.from(simulator!.printed())).toEqual(Buffer.from(layOutPaper(ticket)));
    expect(simulator!.faults).toEqual([]);
  });

  it("prints nothing without paper, and again when there is some", async () => {
    const printer = await start("out_of_paper");
    expect(await printer.print(ticket)).toMatchObject({ ok: false, error: { code: "out_of_paper" } });
    simulator!.set("ready");
    expect((await printer.print(ticket)).ok).toBe(true);
    expect(simulator!.cuts()).toBe(1);
  });

  it("does not know what became of a ticket when the cable was pulled in the middle of it", async () => {
    const printer = await start("dies_in_print");
    expect(await printer.print(ticket)).toMatchObject({ ok: false, error: { code: "unknown" } });
  });

  it("is offline when there is no such device", async () => {
    const settings = printerSettingsSchema.parse({ kind: "usb", host: "", port: 9100, device: "/dev/usb/lp99" });
    expect(await openTicketPrinter(() => settings, draw).print(ticket)).toMatchObject({ error: { code: "offline" } });
  });
});

describe.runIf(process.platform !== "win32")("the system's print queue", () => {
  let folder = "";
  /** Programs that stand for those of CUPS: strict about their arguments, and they keep what they were given. */
  const programs = async (queueState: string, pendingLooks: number) => {
    folder = await mkdtemp(join(tmpdir(), "service-hall-lp-"));
    const write = async (name: string, body: string): Promise<string> => {
      const file = join(folder, name);
      await writeFile(file, `#!/bin/sh\n${body}\n`);
      await chmod(file, 0o755);
      return file;
    };
    await writeFile(join(folder, "looks"), String(pendingLooks));
    return {
      lp: await write(
        "lp",
        `[ "$1 $2 $3 $4 $5" = "-d POS80 -o raw --" ] || exit 9; cat "$6" > "${folder}/job"; echo "request id is POS80-7 (1 file(s))"`,
      ),
      lpstat: await write(
        "lpstat",
        `case "$1" in -p) echo "printer POS80 ${queueState}";; -a) echo "POS80 accepting requests";;
-W) n=$(cat "${folder}/looks"); [ "$n" -gt 0 ] && echo "POS80-7 hall 1024" && echo $((n-1)) > "${folder}/looks";; *) exit 9;; esac; exit 0`,
      ),
      cancel: await write("cancel", `echo "$1" > "${folder}/cancelled"`),
    };
  };
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("hands the bytes on unchanged and never claims that paper came out", async () => {
    const fake = await programs("is idle.  enabled since today", 2);
    const bytes = layOutPaper(ticket);
    await expect(printToQueue("POS80", bytes, fake)).rejects.toMatchObject({ code: "unknown" });
    expect(await readFile(join(folder, "job"))).toEqual(Buffer.from(bytes));
  });

  it("takes a job back that the queue does not get rid of: no ghost ticket in an hour", async () => {
    const fake = await programs("is idle.", 1_000);
    await expect(printToQueue("POS80", layOutPaper(ticket), fake)).rejects.toMatchObject({ code: "unknown" });
    expect((await readFile(join(folder, "cancelled"), "utf8")).trim()).toBe("POS80-7");
  }, 20_000);

  it("sends nothing to a queue that is stopped, and knows when there is none", async () => {
    const stopped = await programs("disabled since today -", 0);
    await expect(printToQueue("POS80", layOutPaper(ticket), stopped)).rejects.toMatchObject({ code: "offline" });
    await expect(readFile(join(folder, "job"))).rejects.toMatchObject({ code: "ENOENT" });
    const none = { lp: "/nowhere/lp", lpstat: "/nowhere/lpstat", cancel: "/nowhere/cancel" };
    await expect(checkQueue("POS80", none)).rejects.toMatchObject({ code: "offline" });
  });
});
