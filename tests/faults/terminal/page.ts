/** The terminal's own store and sync in a real renderer, without a screen, told by the fault run what to do. */
import { plainScreen } from "../../../shared/contract/screen-settings.ts";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import type { TerminalInfo } from "../../../shared/contract/ipc.ts";
import { freeLeaseSerials } from "../../../shared/domain/queue/lease.ts";
import { leaseDays } from "../../../shared/domain/hall/decide.ts";
import { databaseName, HallDatabase } from "../../../renderer/store/db.ts";
import type { Environment } from "../../../renderer/store/environment.ts";
import { machineOf } from "../../../shared/testing/terminal-report.ts";
import { openTerminal, type OpenTerminal } from "../../../renderer/store/open-terminal.ts";
import { browserEnvironment } from "../../../renderer/platform/browser-environment.ts";

declare global {
  interface Window {
    /** Given by the run: what it is told here is outside this process. */
    confirmed: (commandId: string, detail: string) => Promise<void>;
    /** Given by a run that keeps a journal of this terminal's unsent acts. */
    readJournal?: Journal["read"];
    changeJournal?: Journal["change"];
    /** Given by a run whose terminal may begin anew: room on its disk in millions of bytes. */
    diskFreeMb?: () => Promise<number>;
  }
}

type Journal = NonNullable<Environment["journal"]>;

/** The second copy of what is unsent, where the run has one. */
const journal = (): Journal | null => {
  const { readJournal: read, changeJournal: change } = window;
  return read && change ? { read, change } : null;
};

/** The program around the window, at a screen that nobody has touched for long. */
const machine = (): Environment["machine"] => {
  const { diskFreeMb } = window;
  if (!diskFreeMb) return null;
  return {
    facts: async () => machineOf({ diskFreeMb: await diskFreeMb() }),
    attend: () => Promise.resolve(true),
    untouchedMs: () => Infinity,
    beginAnew: () => location.reload(),
  };
};

let terminal: OpenTerminal;
let busy = false;

const open = async ({ url, device }: { url: string; device: EnrolResponse }): Promise<string> => {
  const info: TerminalInfo = {
    role: device.role,
    display: "main",
    appVersion: "0.1.0",
    nodeUrl: url,
    credentials: { deviceId: device.deviceId, secret: device.secret },
    terminalName: "fault",
    hallName: device.hallName,
    counterId: device.counterId,
    language: "zh-CN",
    screen: plainScreen,
    keyStore: "none",
    dataKey: btoa("0123456789abcdef0123456789abcdef"),
    notices: [],
  };
  terminal = await openTerminal({
    info,
    environment: browserEnvironment({
      log: (code, fields) => console.log(code, JSON.stringify(fields)),
      journal: journal(),
      machine: machine(),
    }),
    print: () => Promise.resolve({ ok: false, error: { code: "no_printer" } }),
    readPersonCard: () => Promise.resolve({ ok: false, error: { code: "no_reader" } }),
    cancelPersonCard: () => undefined,
    drawn: Promise.resolve(),
  });
  return terminal.connection.get().link;
};

/** One act of a person at a kiosk: a number from the lease, or a call for help. */
const actOnce = async (): Promise<void> => {
  const state = terminal.hall.get();
  const day = state.day ?? "";
  const deviceId = terminal.info.credentials?.deviceId ?? "";
  const [serial] = freeLeaseSerials(state, deviceId, day, "A");
  const outcome =
    serial === undefined
      ? await terminal.send("RequestHelp", { helpId: terminal.newId(), place: "取号机" }, { mode: "record" })
      : await terminal.send(
          "TakeTicket",
          {
            ticketId: terminal.newId(),
            businessId: "A",
            class: "ordinary",
            itemCode: null,
            itemName: null,
            personKey: null,
            lease: { day, serial },
          },
          { mode: "record" },
        );
  if (outcome.status !== "kept") throw new Error(`not kept: ${JSON.stringify(outcome)}`);
  await window.confirmed(outcome.commandId, serial === undefined ? "help" : `A${String(serial)}`);
};

const heldSerials = (): number => {
  const state = terminal.hall.get();
  return freeLeaseSerials(state, terminal.info.credentials?.deviceId ?? "", state.day ?? "", "A").length;
};

/** Asks for numbers to hold when few are left and the node is there. @returns how many are held */
const lease = async (): Promise<number> => {
  const days = [...leaseDays(terminal.hall.get())];
  if (terminal.connection.get().link === "online" && days.length > 0 && heldSerials() < 10)
    await terminal.send("LeaseNumbers", { days }, { mode: "claim" });
  return heldSerials();
};

/** Acts one after the other until the process dies or is told to stop. */
const work = async (): Promise<void> => {
  busy = true;
  while (busy) {
    await lease();
    await actOnce();
    await new Promise((done) => setTimeout(done, 2));
  }
};

/** A plain database with Chromium's default durability: what is written here must be lost in a power cut. */
const control = async (count: number): Promise<number> => {
  const db = await new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open("control", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("rows");
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error("no database"));
  });
  for (let row = 0; row < count; row += 1) {
    const write = db.transaction("rows", "readwrite", { durability: "relaxed" });
    write.objectStore("rows").put(row, row);
    await new Promise<void>((done, fail) => {
      write.oncomplete = () => done();
      write.onerror = () => fail(write.error ?? new Error("not written"));
    });
  }
  return count;
};

const controlRows = async (): Promise<number> =>
  new Promise((done, fail) => {
    const request = indexedDB.open("control", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("rows");
    request.onerror = () => fail(request.error ?? new Error("no database"));
    request.onsuccess = () => {
      const counted = request.result.transaction("rows").objectStore("rows").count();
      counted.onsuccess = () => done(counted.result);
      counted.onerror = () => fail(counted.error ?? new Error("not counted"));
    };
  });

const STEPS_OF_UPGRADE = 20;

/** The terminal's database as a program of tomorrow has it, which rewrites every act that waits when it first opens it. */
class LaterDatabase extends HallDatabase {
  constructor(name: string, version: number) {
    super(name, { indexedDB, keyRange: IDBKeyRange });
    this.version(version)
      .stores({ outbox: "++order, at, kind", [`later${String(version)}`]: "id" })
      .upgrade(async (upgrading) => {
        void window.confirmed("begun", "");
        const acts = upgrading.table("outbox");
        // One by one, so that it takes its time.
        for (const order of await acts.toCollection().primaryKeys())
          for (let step = 0; step < STEPS_OF_UPGRADE; step += 1) await acts.update(order, { kind: step });
      });
  }
}

const upgrade = async ({ deviceId, version }: { deviceId: string; version: number }): Promise<void> => {
  const later = new LaterDatabase(databaseName(deviceId, 0), version);
  await later.open();
  await window.confirmed("done", "");
  later.close();
};

const status = () => ({
  link: terminal.connection.get().link,
  storeFault: terminal.connection.get().storeFault,
  outbox: terminal.connection.get().outbox,
  seq: terminal.seq(),
  notices: terminal.notices.get().map((notice) => notice.refusal.code),
  stalled: terminal.connection.get().stalled,
});

/** null: the page has begun anew, and its store has not been opened yet. */
const statusOrNull = () => ((terminal as OpenTerminal | undefined) === undefined ? null : status());

/** The acts without an answer. */
const waiting = () =>
  terminal.store.pending().map(({ outbound }) => ({ id: outbound.command.id, type: outbound.command.type }));

const notices = () => terminal.notices.get().map(({ id, refusal }) => ({ id, ...refusal }));

const api = {
  open,
  lease,
  actOnce,
  work,
  control,
  controlRows,
  upgrade,
  status,
  statusOrNull,
  waiting,
  notices,
  rest: () => (busy = false),
  settled: () => terminal.settled(),
};
export type FaultPage = typeof api;
Object.assign(globalThis, { bench: api });
