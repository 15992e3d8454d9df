import { afterEach, describe, expect, it } from "vitest";
import type { TicketPrint } from "../../shared/contract/ipc.ts";
import {
  startPrinterSimulator,
  type PrinterSimulator,
  type PrinterState,
} from "../../tests/helpers/printer-simulator.ts";
import { encodeGb18030 } from "./gb18030.ts";
import { layOutTicket, wrapText } from "./ticket-layout.ts";
import { openTicketPrinter, type TicketPrinter } from "./ticket-printer.ts";

const ticket: TicketPrint = {
  ticketId: "t1",
  hallName: "示例大厅",
  sampleNote: "示例数据",
  kind: "排队号",
  business: "个人综合",
  item: null,
  number: "B012",
  lines: ["前面还有3人"],
  takenAt: Date.UTC(2026, 2, 2, 1, 5),
};

const decode = (bytes: Uint8Array): string => new TextDecoder("gb18030").decode(bytes);

describe("ticket layout", () => {
  it("is these bytes and no others", () => {
    const hex = (text: string) => Buffer.from(encodeGb18030(text)).toString("hex");
    expect(Buffer.from(layOutTicket(ticket)).toString("hex")).toBe(
      [
        "1b401c261b6101",
        `2a20${"cabec0fdcafdbedd"}202a0a`,
        `${"cabec0fdb4f3ccfc"}0a`,
        `${hex("排队号")}0a`,
        "1d2133",
        `${"42303132"}0a`,
        "1d2111",
        `${hex("个人综合")}0a`,
        "1d2100",
        `${"2d".repeat(48)}0a`,
        "1b6100",
        `${hex("前面还有3人")}0a`,
        `${"2d".repeat(48)}0a`,
        `${hex("2026-03-02 09:05")}0a`,
        `2a20${"cabec0fdcafdbedd"}202a0a`,
        "1d564250",
      ].join(""),
    );
  });

  it("lets no printer command in with a text", () => {
    const bytes = layOutTicket({ ...ticket, item: "a\u001b@\u001dV\u0000\u0010\u0004\u0001\u202eb", lines: ["x\ny"] });
    expect(decode(bytes)).toContain("a @ V     b");
    expect(decode(bytes)).toContain("x y");
    expect(bytes).not.toContain(0x10);
    expect(bytes.filter((byte) => byte === 0x1b)).toHaveLength(3);
  });

  it("breaks long names at the paper's width, Chinese counted twice", () => {
    expect(wrapText("一二三四五", 4)).toEqual(["一二", "三四", "五"]);
    expect(wrapText("ab一c", 3)).toEqual(["ab", "一c"]);
    expect(wrapText("", 4)).toEqual([]);
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
  const start = async (state: PrinterState = "ready"): Promise<TicketPrinter> => {
    simulator = await startPrinterSimulator(state);
    const { port } = simulator;
    return openTicketPrinter(() => ({ kind: "tcp", host: "127.0.0.1", port }));
  };
  const failure = (code: string) => ({ ok: false, error: { code } });

  afterEach(async () => {
    await simulator?.stop();
    simulator = null;
  });

  it("prints and says so only after the printer did", async () => {
    const printer = await start();
    expect(await printer.print(ticket)).toEqual({ ok: true, value: null });
    expect(Buffer.from(simulator!.printed())).toEqual(Buffer.from(layOutTicket(ticket)));
    expect(simulator!.faults).toEqual([]);
    expect(simulator!.cuts()).toBe(1);
  });

  it("prints one ticket after the other", async () => {
    const printer = await start();
    const outcomes = await Promise.all([printer.print(ticket), printer.print(ticket), printer.print(ticket)]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(simulator!.cuts()).toBe(3);
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
    const none = openTicketPrinter(() => ({ kind: "none", host: "127.0.0.1", port: 9100 }));
    expect(await none.print(ticket)).toEqual(failure("no_printer"));
    const gone = await startPrinterSimulator();
    await gone.stop();
    const printer = openTicketPrinter(() => ({ kind: "tcp", host: "127.0.0.1", port: gone.port }));
    expect(await printer.print(ticket)).toEqual(failure("offline"));
  });
});
