import Dexie from "dexie";
import { afterEach, describe, expect, it, vi } from "vitest";
import { toSnapshot } from "../../shared/domain/hall/state.ts";
import { visibleState, type Viewer } from "../../shared/domain/hall/visible.ts";
import { clerk, testId, ticketWish } from "../../shared/testing/hall-fixture.ts";
import { machineOf } from "../../shared/testing/terminal-report.ts";
import { ScriptedNode } from "../../tests/helpers/scripted-node.ts";
import { TestMachine } from "../../tests/helpers/test-environment.ts";
import { eventually, pause, startTerminal, type TestTerminalOptions } from "../../tests/helpers/test-terminal.ts";
import { databaseName, HallDatabase } from "./db.ts";
import { readMark } from "./open-database.ts";
import type { OpenTerminal } from "./open-terminal.ts";

const DAY = "2026-11-23";
const NAME = "service-hall-kiosk-1";
const viewer: Viewer = { role: "kiosk", deviceId: "kiosk-1", counterId: null };
const other = { role: "kiosk", deviceId: "other", clerkId: null, counterId: null } as const;

const opened: OpenTerminal[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((terminal) => terminal.close()));
});

const fromLease = (ticketId: string, serial: number) => ({ ...ticketWish(ticketId), lease: { day: DAY, serial } });

const hall = () => {
  const node = new ScriptedNode();
  node.admit(viewer);
  const machine = new TestMachine();
  node.decideAs(clerk("zhang"), { type: "OpenCounter", data: { counterId: "1" } });
  const options: TestTerminalOptions = { machine, role: "kiosk", deviceId: "kiosk-1", openSocket: node.openSocket };
  const kiosk = async (more: Partial<TestTerminalOptions> = {}): Promise<OpenTerminal> => {
    const terminal = await startTerminal({ ...options, ...more });
    opened.push(terminal);
    return terminal;
  };
  const take = (count: number, prefix: string): void => {
    for (let index = 0; index < count; index += 1) {
      node.decideAs(other, { type: "TakeTicket", data: ticketWish(`${prefix}${String(index)}`) });
      node.decideAs(other, {
        type: "RecordPrint",
        data: { ticketId: `${prefix}${String(index)}`, outcome: "printed" },
      });
    }
  };
  return { node, machine, kiosk, take };
};

const fed = (terminal: OpenTerminal, node: ScriptedNode): Promise<void> =>
  eventually(() => terminal.seq() === node.log.length, "everything fed");

/** The mark outside of the database, written once a second, says that so many acts are unsent. */
const marked = (machine: TestMachine, unsent: number): Promise<void> =>
  eventually(() => readMark("kiosk-1", machine.environment())?.unsent === unsent, "marked");

const raw = async (machine: TestMachine, name = NAME): Promise<HallDatabase> => {
  const db = new HallDatabase(name, machine.environment());
  await db.open();
  return db;
};

/** A machine's databases on a disk that opens none of them before so many milliseconds have passed. */
const silentFor = (machine: TestMachine, ms: number): IDBFactory => {
  const answers = new Promise<void>((done) => void machine.environment().after(ms, done));
  const { indexedDB } = machine;
  const open = (name: string, version?: number): IDBOpenDBRequest => {
    const asked = {} as { -readonly [K in keyof IDBOpenDBRequest]: IDBOpenDBRequest[K] };
    void answers.then(() => {
      const request = indexedDB.open(name, version);
      const pass = (event: Event, listener: ((event: never) => unknown) | null): void => {
        asked.transaction = request.transaction;
        if (request.readyState === "done")
          [asked.result, asked.error] = [request.error ? asked.result : request.result, request.error];
        listener?.call(request, event as never);
      };
      request.onupgradeneeded = (event) => pass(event, asked.onupgradeneeded);
      request.onsuccess = (event) => pass(event, asked.onsuccess);
      request.onerror = (event) => pass(event, asked.onerror);
    });
    return asked;
  };
  return {
    open,
    databases: () => indexedDB.databases(),
    cmp: (one: unknown, other: unknown) => indexedDB.cmp(one, other),
    deleteDatabase: (name: string) => indexedDB.deleteDatabase(name),
  };
};

describe("what a terminal holds", () => {
  it("shows the same from a snapshot and its later batches as from all of them", async () => {
    const { node, kiosk, take } = hall();
    const first = await kiosk();
    await fed(first, node);
    take(20, "a");
    await fed(first, node);
    await first.store.writeSnapshot();
    take(20, "b");
    await fed(first, node);
    await first.store.writeSnapshot();
    take(5, "c");
    await fed(first, node);
    await first.settled();
    const { db } = first.store;
    const [older] = await db.snapshots.toArray();
    expect(await db.snapshots.count()).toBe(2);
    expect((await db.batches.toArray()).every(({ to }) => to > (older?.seq ?? 0))).toBe(true);
    await first.close();

    node.down = true;
    const second = await kiosk();
    expect(second.seq()).toBe(node.log.length);
    expect(toSnapshot(second.hall.get())).toEqual(toSnapshot(visibleState(node.state, viewer)));
  });

  it("starts from the older snapshot when the newer one cannot be read, and fetches what is missing", async () => {
    const { node, machine, kiosk, take } = hall();
    const first = await kiosk();
    take(3, "a");
    await fed(first, node);
    await first.store.writeSnapshot();
    take(3, "b");
    await fed(first, node);
    await first.store.writeSnapshot();
    await first.close();
    const db = await raw(machine);
    const newest = await db.snapshots.orderBy("seq").last();
    if (newest) await db.snapshots.put({ ...newest, text: newest.text.slice(0, 100) });
    const row = await db.batches.orderBy("to").last();
    if (row) await db.batches.put({ ...row, text: "{" });
    db.close();
    const second = await kiosk();
    await fed(second, node);
    expect(toSnapshot(second.hall.get())).toEqual(toSnapshot(visibleState(node.state, viewer)));
  });

  it("writes a snapshot by itself after two thousand events", async () => {
    const { node, kiosk } = hall();
    const terminal = await kiosk();
    node.append(
      Array.from({ length: 2_100 }, (_, index) => ({
        type: index % 2 ? "CounterPaused" : "CounterResumed",
        v: 1,
        at: index,
        data: { counterId: "1", reason: "" },
      })),
    );
    await fed(terminal, node);
    expect(terminal.store.eventsSinceSnapshot).toBeGreaterThan(2_000);
    await eventually(() => terminal.store.eventsSinceSnapshot === 0, "snapshot written");
    await terminal.settled();
    const [snapshot] = await terminal.store.db.snapshots.toArray();
    expect(snapshot?.seq).toBe(node.log.length);
  });

  it("keeps drafts, and forgets them when told", async () => {
    const { kiosk } = hall();
    const first = await kiosk();
    await first.writeDraft("counter", { id: "1" });
    await first.close();
    const second = await kiosk();
    expect(await second.readDraft("counter")).toEqual({ id: "1" });
    await second.writeDraft("counter", undefined);
    expect(await second.readDraft("counter")).toBeUndefined();
  });
});

describe("a database that is not right (I9)", () => {
  it("sets one aside that cannot be read, carries its outbox over, says so and starts", async () => {
    const { node, machine, kiosk } = hall();
    node.down = true;
    const first = await kiosk();
    await first.send("TakeTicket", fromLease("t1", 999), { mode: "record" });
    await first.send("RecordPrint", { ticketId: "t1", outcome: "printed" }, { mode: "record" });
    await first.close();
    // The notices cannot be read: as when a block of the file is torn.
    const environment = { indexedDB: failingOn(machine.indexedDB, NAME, "notices") };
    const second = await kiosk({ environment });
    expect(second.connection.get().outbox).toBe(2);
    expect(second.notices.get()).toMatchObject([{ refusal: { code: "store_set_aside", params: { saved: 2 } } }]);
    node.down = false;
    await eventually(() => second.connection.get().outbox === 0);
    expect(node.state.tickets.get("t1")?.print).toBe("printed");
    await second.close();
    // The old one is still there for somebody with better tools, and the new one is used from now on.
    const names = (await machine.indexedDB.databases()).map(({ name }) => name);
    expect(names).toContain(NAME);
    const third = await kiosk();
    expect(third.store.db.name).toBe(`${NAME}.1`);
    expect(third.notices.get().filter(({ refusal }) => refusal.code === "store_set_aside")).toHaveLength(1);
  });

  it("passes over a row of the outbox that is no row, and sends the others", async () => {
    const { node, machine, kiosk } = hall();
    node.down = true;
    const environment = { journal: null };
    const first = await kiosk({ environment });
    await first.send("TakeTicket", fromLease("t1", 999), { mode: "record" });
    await first.send("TakeTicket", fromLease("t2", 998), { mode: "record" });
    await first.close();
    const db = await raw(machine);
    const row = await db.outbox.toCollection().first();
    if (row) await db.outbox.put({ ...row, text: row.text.slice(0, 20) });
    db.close();
    const second = await kiosk({ environment });
    node.down = false;
    await eventually(() => node.state.tickets.has("t2"));
    expect(await second.store.db.outbox.count()).toBe(2);
  });

  it("takes a torn row of the outbox from the journal", async () => {
    const { node, machine, kiosk } = hall();
    node.down = true;
    const first = await kiosk();
    await first.send("TakeTicket", fromLease("t1", 999), { mode: "record" });
    await first.close();
    const db = await raw(machine);
    const row = await db.outbox.toCollection().first();
    if (row) await db.outbox.put({ ...row, text: row.text.slice(0, 20) });
    db.close();
    await kiosk();
    node.down = false;
    await eventually(() => node.state.tickets.has("t1"), "t1 at the node");
  });

  it("notices that its database is gone where there is no journal, with what had not been sent (F13)", async () => {
    const { node, machine, kiosk } = hall();
    node.down = true;
    const environment = { journal: null };
    const first = await kiosk({ environment });
    await first.send("TakeTicket", fromLease("t1", 999), { mode: "record" });
    await marked(machine, 1);
    await first.close();
    await new Promise((resolve) => (machine.indexedDB.deleteDatabase(NAME).onsuccess = resolve));
    const second = await kiosk({ environment });
    expect(second.notices.get()).toMatchObject([{ refusal: { code: "store_lost", params: { unsent: 1 } } }]);
  });

  it("brings unsent acts back from the journal when its database is gone, each once (F13)", async () => {
    const { node, machine, kiosk } = hall();
    const first = await kiosk();
    await first.send("TakeTicket", fromLease("t0", 999), { mode: "record" });
    await eventually(() => first.connection.get().outbox === 0);
    await eventually(() => machine.journal.size === 0, "what the node has answered needs no second copy");
    node.down = true;
    node.cut();
    const personal = [{ id: "p1", kind: "reviewText" as const, value: "慢" }];
    await first.send("TakeTicket", fromLease("t1", 998), { mode: "record", personal });
    await first.send("TakeTicket", fromLease("t2", 997), { mode: "record" });
    await eventually(() => machine.journal.size === 2, "journaled");
    expect([...machine.journal.values()].join(""), "sealed there too").not.toContain("慢");
    await marked(machine, 2);
    await first.close();
    await new Promise((resolve) => (machine.indexedDB.deleteDatabase(NAME).onsuccess = resolve));
    const second = await kiosk();
    expect(second.connection.get().outbox).toBe(2);
    expect(second.notices.get()).toMatchObject([{ refusal: { code: "store_recovered", params: { acts: 2 } } }]);
    expect(second.store.pending()[0]?.outbound.personal).toEqual(personal);
    node.down = false;
    await eventually(() => second.connection.get().outbox === 0, "sent");
    expect(node.log.filter(({ type }) => type === "TicketTaken")).toHaveLength(3);
    await eventually(() => machine.journal.size === 0, "journal emptied");
    await second.close();
    expect((await kiosk()).connection.get().outbox, "nothing comes back twice").toBe(0);
  });

  it("does not send again what was acknowledged a moment before it ended", async () => {
    const { node, machine, kiosk } = hall();
    node.down = true;
    const first = await kiosk();
    await first.send("TakeTicket", fromLease("t1", 999), { mode: "record" });
    await eventually(() => machine.journal.size === 1, "journaled");
    const copy = new Map(machine.journal);
    node.down = false;
    await eventually(() => first.connection.get().outbox === 0, "sent");
    await first.close();
    for (const [key, text] of copy) machine.journal.set(key, text);
    const second = await kiosk();
    expect(second.connection.get().outbox).toBe(0);
    expect(node.receivedCommands()).toHaveLength(1);
    await eventually(() => machine.journal.size === 0, "the journal follows");
  });

  it.each([
    [15, [0]],
    [25, [0]],
    [45, [0, 1]],
  ])("brings along what is unsent from a disk that answers after %s seconds only (F12)", async (seconds, aside) => {
    const { node, machine, kiosk } = hall();
    node.down = true;
    const first = await kiosk({ environment: { journal: null } });
    await first.send("TakeTicket", fromLease("t1", 999), { mode: "record" });
    await first.close();
    machine.speed = 50;
    const environment = { journal: null, indexedDB: silentFor(machine, seconds * 1_000) };
    const second = await kiosk({ environment });
    const name = aside.map((generation) => databaseName("kiosk-1", generation)).join(", ");
    expect(second.notices.get()).toMatchObject([{ refusal: { code: "store_set_aside", params: { name, saved: 1 } } }]);
    node.down = false;
    await eventually(() => node.state.tickets.has("t1"), "t1 at the node");
  });

  it("starts on a fresh machine without a word", async () => {
    const { kiosk } = hall();
    expect((await kiosk()).notices.get()).toEqual([]);
  });

  it("says that nothing is kept when the disk is full, and goes on when there is room again (F10)", async () => {
    const { node, kiosk } = hall();
    const terminal = await kiosk();
    await fed(terminal, node);
    await terminal.settled();
    const { db } = terminal.store;
    const full = (): void => {
      throw new DOMException("full", "QuotaExceededError");
    };
    db.outbox.hook("creating", full);
    db.batches.hook("creating", full);
    node.down = true;
    const outcome = await terminal.send("TakeTicket", fromLease("t1", 999), { mode: "record" });
    expect(outcome).toMatchObject({ status: "notKept" });
    expect(terminal.hall.get().tickets.has("t1")).toBe(false);
    expect(terminal.connection.get()).toMatchObject({ outbox: 0 });
    expect(terminal.connection.get().storeFault).toContain("QuotaExceededError");
    db.outbox.hook("creating").unsubscribe(full);
    db.batches.hook("creating").unsubscribe(full);
    expect(await terminal.send("TakeTicket", fromLease("t1", 999), { mode: "record" })).toMatchObject({
      status: "kept",
    });
    expect(terminal.connection.get().storeFault).toBeNull();
    expect(terminal.hall.get().tickets.has("t1")).toBe(true);
  });

  it("opens its database again that was closed under it, once there is room (F10)", async () => {
    const { kiosk, node, machine } = hall();
    machine.speed = 20;
    const terminal = await kiosk();
    await fed(terminal, node);
    const { db } = terminal.store;
    // The last that the kiosk would write of its own.
    while ((await db.meta.get("clock")) === undefined) await pause(5);
    await terminal.settled();
    const full = vi.spyOn(db, "open").mockRejectedValue(new DOMException("no backing store", "UnknownError"));
    db.close({ disableAutoOpen: false });
    node.down = true;
    const take = (id: string) => terminal.send("TakeTicket", fromLease(id, 999), { mode: "record" });
    expect(await take("t1")).toMatchObject({ status: "notKept" });
    expect(terminal.connection.get().storeFault).toContain("no backing store");
    full.mockRestore();
    await eventually(() => terminal.connection.get().storeFault === null, "tried by itself");
    expect(await take("t2")).toMatchObject({ status: "kept" });
    expect([...terminal.hall.get().tickets.keys()]).toEqual(["t2"]);
  });

  it("keeps nobody waiting for a database that does not answer any more, and begins anew when it may (F10)", async () => {
    const { kiosk, node, machine } = hall();
    machine.speed = 20;
    let [diskFreeMb, untouchedMs] = [0, 0];
    const beginAnew = vi.fn();
    const facts = vi.fn(() => Promise.resolve(machineOf({ diskFreeMb })));
    const around = { facts, attend: () => Promise.resolve(true), untouchedMs: () => untouchedMs, beginAnew };
    const terminal = await kiosk({ environment: { machine: around } });
    await fed(terminal, node);
    await terminal.settled();
    const { db, writer } = terminal.store;
    const open = vi.spyOn(db, "open").mockReturnValue(Dexie.Promise.race<Dexie>([]));
    db.close({ disableAutoOpen: false });
    const keep = (id: string) => terminal.send("RequestHelp", { helpId: id, place: "A" }, { mode: "record" });
    const claim = (id: string) => terminal.send("TakeTicket", ticketWish(id), { mode: "claim" });
    expect(await keep("h1")).toMatchObject({ status: "notKept" });
    expect(terminal.connection.get().storeFault).toContain("does not answer");
    // What the node keeps is kept.
    expect(await Promise.all([claim("t1"), keep("h2"), claim("t2")])).toMatchObject([
      { status: "accepted" },
      { status: "notKept" },
      { status: "accepted" },
    ]);
    expect(writer.isSilent).toBe(true);
    expect(open).toHaveBeenCalledTimes(1);
    expect(await terminal.readDraft("none")).toBeUndefined();
    const looked = async (): Promise<void> => {
      const { calls } = facts.mock;
      const before = calls.length;
      await eventually(() => calls.length > before + 1, "looked for room");
    };
    untouchedMs = 59_000;
    diskFreeMb = 10_000;
    await new Promise<void>((done) => void machine.environment().after(3_000, done));
    untouchedMs = 61_000;
    diskFreeMb = 19;
    await looked();
    expect(beginAnew).not.toHaveBeenCalled();
    diskFreeMb = 20;
    await eventually(() => beginAnew.mock.calls.length > 0, "begun anew");
  });

  it("writes everything anew when the feed could not be written for a while", async () => {
    const { node, machine, kiosk, take } = hall();
    machine.speed = 10;
    const terminal = await kiosk();
    await fed(terminal, node);
    await terminal.settled();
    const { db } = terminal.store;
    const full = (): void => {
      throw new DOMException("full", "QuotaExceededError");
    };
    db.batches.hook("creating", full);
    take(3, "a");
    await fed(terminal, node);
    await eventually(() => terminal.connection.get().storeFault !== null);
    db.batches.hook("creating").unsubscribe(full);
    await eventually(() => terminal.store.isSaved);
    expect(await db.snapshots.count()).toBe(1);
    take(1, "b");
    await fed(terminal, node);
    await terminal.settled();
    await terminal.close();
    node.down = true;
    const again = await kiosk();
    expect(again.seq()).toBe(node.log.length);
    expect(again.hall.get().tickets.size).toBe(4);
  });
});

describe("what is acknowledged, on disk", () => {
  /** A claim that the node has not answered, and what it will be answered. */
  const claimed = async () => {
    const { node, machine, kiosk } = hall();
    const terminal = await kiosk();
    await fed(terminal, node);
    node.deaf = true;
    void terminal.send("TakeTicket", ticketWish("t1"), { mode: "claim" });
    const { store } = terminal;
    await eventually(() => store.pending().some(({ row }) => row.order !== null), "kept");
    const [entry] = store.pending();
    if (!entry) throw new Error("nothing waits");
    const commandId = entry.outbound.command.id;
    const refused = { commandId, status: "refused", refusal: { code: "bad_command", params: {} } } as const;
    const confirm = () => store.confirm([], [{ entry, result: refused }], () => false);
    const ackedOnDisk = async () => (await store.db.meta.get("acked"))?.value;
    return { node, machine, kiosk, terminal, store, entry, confirm, ackedOnDisk };
  };

  it("stays unacknowledged when the snapshot of a log that lost it comes right behind the answer (F27)", async () => {
    const { node, store, confirm, ackedOnDisk } = await claimed();
    const answered = confirm();
    await Promise.all([answered, store.replace(store.fold.confirmed, node.log.length, "epoch-2", 0, true)]);
    expect(await ackedOnDisk()).toBe(0);
  });

  it("is not acknowledged again by an answer that comes before it has been read to be sent again", async () => {
    const { node, terminal, store, confirm, ackedOnDisk } = await claimed();
    const late = terminal.send("TakeTicket", fromLease("t2", 999), { mode: "record" });
    await late;
    await confirm();
    const [entry] = store.pending();
    if (!entry) throw new Error("nothing waits");
    const replaced = store.replace(store.fold.confirmed, node.log.length, "epoch-2", 0, true);
    const requeued = store.requeueSent();
    const commandId = entry.outbound.command.id;
    const accepted = { commandId, status: "accepted", seq: node.log.length } as const;
    await Promise.all([replaced, requeued, store.confirm([], [{ entry, result: accepted }], () => false)]);
    expect(await ackedOnDisk()).toBe(0);
  });

  it("rests before anything later is acknowledged", async () => {
    const { terminal, store, confirm, ackedOnDisk } = await claimed();
    await terminal.send("TakeTicket", fromLease("t2", 999), { mode: "record" });
    const [, entry] = store.pending();
    if (!entry) throw new Error("only one waits");
    const commandId = entry.outbound.command.id;
    const seen: { readonly what: string; readonly inside: unknown }[] = [];
    store.db.meta.hook("creating", (_key, { key }, inside) => void seen.push({ what: key, inside }));
    store.db.outbox.hook("deleting", (order, _row, inside) => void seen.push({ what: String(order), inside }));
    const accepted = { commandId, status: "accepted", seq: 3 } as const;
    await Promise.all([confirm(), store.confirm([], [{ entry, result: accepted }], () => false)]);
    const [first] = seen;
    const together = seen.filter(({ inside }) => inside === first?.inside).map(({ what }) => what);
    expect(together).toContain("1");
    expect(await ackedOnDisk()).toBe(2);
  });

  it("passes a place at which nothing stands any more", async () => {
    const { node, kiosk, terminal, store } = await claimed();
    await terminal.send("TakeTicket", fromLease("t2", 999), { mode: "record" });
    const [, entry] = store.pending();
    if (!entry) throw new Error("only one waits");
    const commandId = entry.outbound.command.id;
    const refused = { commandId, status: "refused", refusal: { code: "bad_command", params: {} } } as const;
    await store.confirm([], [{ entry, result: refused }], () => false);
    expect(await store.db.outbox.toCollection().primaryKeys()).toEqual([1]);
    await terminal.close();
    node.deaf = false;
    const again = await kiosk();
    await again.send("TakeTicket", fromLease("t3", 998), { mode: "record" });
    const { outbox, meta } = again.store.db;
    await vi.waitFor(async () => expect((await meta.get("acked"))?.value).toBe(3), 15_000);
    expect(await outbox.toCollection().primaryKeys()).toEqual([1, 3]);
  });

  it("rests also when it could not be written at first", async () => {
    const { machine, store, entry, confirm, ackedOnDisk } = await claimed();
    machine.speed = 10;
    const full = (): void => {
      throw new DOMException("full", "QuotaExceededError");
    };
    store.db.outbox.hook("deleting", full);
    await confirm();
    expect(store.isSaved).toBe(false);
    store.db.outbox.hook("deleting").unsubscribe(full);
    await eventually(() => store.isSaved, "written anew");
    expect(await ackedOnDisk()).toBe(entry.row.order);
    expect(await store.db.outbox.count()).toBe(0);
  });
});

describe("two windows of two versions (F14)", () => {
  const openRaw = (machine: TestMachine, version: number): IDBOpenDBRequest => machine.indexedDB.open(NAME, version);
  const opening = (request: IDBOpenDBRequest): Promise<IDBDatabase> =>
    new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error ?? new Error("not opened"));
    });

  it("lets go of the database for a newer window's upgrade and goes on with it, nothing lost", async () => {
    const { node, machine, kiosk } = hall();
    const terminal = await kiosk();
    await fed(terminal, node);
    await terminal.settled();
    const newer = await opening(openRaw(machine, 20));
    newer.close();
    node.down = true;
    node.cut();
    const outcome = await terminal.send("TakeTicket", fromLease("t1", 999), { mode: "record" });
    expect(outcome).toMatchObject({ status: "kept" });
    expect(terminal.connection.get().storeFault).toBeNull();
    await terminal.close();
    const again = await kiosk();
    expect(again.connection.get().outbox).toBe(1);
    node.down = false;
    await eventually(() => node.state.tickets.has("t1"), "t1 at the node");
  });

  it("does not wait for ever for a window that neither answers nor lets go; unsent acts come along", async () => {
    const { node, machine, kiosk } = hall();
    node.down = true;
    const first = await kiosk();
    await first.send("TakeTicket", fromLease("t1", 999), { mode: "record" });
    await first.close();
    const hung = await opening(openRaw(machine, 10));
    hung.onversionchange = () => undefined;
    const waiting = openRaw(machine, 20);
    await new Promise((done) => (waiting.onblocked = done));
    machine.speed = 50;
    const second = await kiosk();
    expect(second.store.db.name).toBe(`${NAME}.1`);
    expect(second.notices.get()).toMatchObject([
      { refusal: { code: "store_set_aside" } },
      { refusal: { code: "store_recovered", params: { acts: 1 } } },
    ]);
    node.down = false;
    await eventually(() => node.state.tickets.has("t1"), "t1 at the node");
    hung.close();
  });
});

describe("an update of the program (F31)", () => {
  it("opens a database of version 1 with acts that wait, and delivers them", async () => {
    const { node, machine, kiosk } = hall();
    await writeVersionOne(machine.indexedDB);
    const terminal = await kiosk();
    expect(terminal.connection.get().outbox).toBe(3);
    await eventually(() => terminal.connection.get().outbox === 0);
    expect(node.state.tickets.get("old-1")?.print).toBe("printed");
    expect(node.state.tickets.has("old-2")).toBe(true);
    // Before the mark: acknowledged long ago, not to be told again.
    expect(node.receivedCommands().some(({ command }) => command.id === testId(1))).toBe(false);
    expect(terminal.notices.get().map(({ id }) => id)).toContain("notice-1");
    expect(node.received[0]).toMatchObject({ kind: "hello", since: 0, epoch: "epoch-1" });
  });
});

/** The database as version 0.1.0 of the program made it. Never change it: it stands for those that are out there. */
const writeVersionOne = (factory: IDBFactory): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = factory.open(NAME, 10); // Dexie counts in tens
    request.onerror = () => reject(new Error("not made"));
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("meta", { keyPath: "key" });
      db.createObjectStore("batches", { keyPath: "to" });
      db.createObjectStore("snapshots", { keyPath: "seq" });
      db.createObjectStore("outbox", { keyPath: "order", autoIncrement: true }).createIndex("at", "at");
      db.createObjectStore("notices", { keyPath: "id" });
      db.createObjectStore("drafts", { keyPath: "key" });
      db.createObjectStore("catalogue", { keyPath: "version" });
    };
    request.onsuccess = () => {
      const db = request.result;
      const write = db.transaction(["meta", "outbox", "notices"], "readwrite");
      const command = (n: number, type: string, data: object) => ({
        command: { id: testId(n), type, mode: "record", at: 1_000, data },
        clerkId: null,
        personal: [],
      });
      for (const [key, value] of Object.entries({ created: 1, epoch: "epoch-1", acked: 1 }))
        write.objectStore("meta").put({ key, value });
      const rows = [
        [command(1, "RecordPrint", { ticketId: "old-0", outcome: "printed" })],
        [
          command(2, "TakeTicket", fromLease("old-1", 999)),
          command(3, "RecordPrint", { ticketId: "old-1", outcome: "printed" }),
        ],
        [command(4, "TakeTicket", fromLease("old-2", 998))],
      ];
      for (const row of rows) write.objectStore("outbox").add({ at: 1_000, text: JSON.stringify(row), sealed: null });
      write.objectStore("notices").put({
        id: "notice-1",
        kind: "refusal",
        at: Date.now(),
        commandType: "TakeTicket",
        refusal: { code: "numbers_exhausted", params: { business: "A" } },
        closed: false,
        command: null,
      });
      write.oncomplete = () => {
        db.close();
        resolve();
      };
    };
  });

/** A factory whose database `name` fails whenever `store` is read, as when a block of its file is torn. */
const failingOn = (factory: IDBFactory, name: string, store: string): IDBFactory =>
  new Proxy(factory, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (key !== "open") return typeof value === "function" ? (value.bind(target) as unknown) : value;
      return (...args: Parameters<IDBFactory["open"]>) => {
        const request = target.open(...args);
        if (args[0] === name)
          request.addEventListener("success", () => {
            const db = request.result;
            const begin = db.transaction.bind(db);
            db.transaction = (...parts: Parameters<IDBDatabase["transaction"]>) => {
              const transaction = begin(...parts);
              const find = transaction.objectStore.bind(transaction);
              transaction.objectStore = (wanted) => {
                if (wanted === store) throw new DOMException("Failed to read large IndexedDB value", "DataError");
                return find(wanted);
              };
              return transaction;
            };
          });
        return request;
      };
    },
  });
