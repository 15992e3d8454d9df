/** Our own store and sync in a real renderer: what the screens work with, without a screen. */
import { plainScreen } from "../../../shared/contract/screen-settings.ts";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import type { TerminalInfo } from "../../../shared/contract/ipc.ts";
import type { ManyRecords, OpenTerminal } from "../../../renderer/store/open-terminal.ts";
import { openPageTerminal } from "../lib/page-terminal.ts";

const BATCH = 100;
const ITEMS = ["企业开办", "不动产转移登记", "社会保险参保登记", "居民身份证换领", "住房公积金提取", "施工许可证核发"];

let terminal: OpenTerminal;

const open = async ({ url, device }: { url: string; device: EnrolResponse }): Promise<void> => {
  const info: TerminalInfo = {
    role: device.role,
    display: "main",
    appVersion: "bench",
    nodeUrl: url,
    credentials: { deviceId: device.deviceId, secret: device.secret },
    terminalName: "bench",
    hallName: device.hallName,
    counterId: device.counterId,
    language: "zh-CN",
    screen: plainScreen,
    keyStore: "none",
    dataKey: btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))),
    notices: [],
  };
  terminal = await openPageTerminal(info, null);
};

/** Resolves when the state shown has all tickets and everything taken in is on disk. */
const waitForAll = async (batches: number): Promise<number> => {
  await new Promise<void>((done) => {
    const look = (): void => {
      if (terminal.hall.get().tickets.size < batches * BATCH) return;
      stop();
      done();
    };
    const stop = terminal.hall.subscribe(look);
    look();
  });
  await terminal.settled();
  return Date.now();
};

const record = (index: number): ManyRecords[number] => ({
  type: "TakeTicket",
  data: {
    ticketId: `0192f0a0-7c00-7000-8000-${String(index).padStart(12, "0")}`,
    businessId: "ABCDEFGHIJKLMNOPQRST"[Math.floor(index / 600) % 20]!,
    class: "ordinary",
    itemCode: `11440000006939${String(100000 + index)}`,
    itemName: ITEMS[index % ITEMS.length]!,
    personKey: null,
  },
});

const write = async ({ from, to }: { from: number; to: number }): Promise<{ since: number; written: number }> => {
  const batches: ManyRecords[] = Array.from({ length: to - from }, (_, at) =>
    Array.from({ length: BATCH }, (_, index) => record((from + at) * BATCH + index)),
  );
  const since = Date.now();
  for (const batch of batches) await terminal.sendMany(batch);
  return { since, written: Date.now() };
};

const count = (): number => terminal.hall.get().tickets.size;

/** Everything acknowledged here too: after the clock, so that nothing was left out of what was measured. */
const outbox = (): number => terminal.connection.get().outbox;

Object.assign(globalThis, { bench: { open, waitForAll, write, count, outbox } });
