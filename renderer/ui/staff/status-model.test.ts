import { describe, expect, it } from "vitest";
import { noUploads, type Uploads } from "../../store/files/files.ts";
import type { Connection } from "../../store/terminal.ts";
import { lampsOf, type Lamp } from "./status-model.ts";

const NOW = 1_000_000;
const line = (change: Partial<Connection> = {}): Connection => ({
  link: "online",
  isNodeDistrusted: false,
  lastHeardAt: NOW,
  outbox: 0,
  oldestMs: 0,
  stalled: false,
  isUnpaired: false,
  city: { state: "up", behind: 0 },
  storeFault: null,
  ...change,
});
const lamp = (connection: Connection, id: string, notices = 0, offsetMs = 0) =>
  lampsOf(connection, notices, NOW, offsetMs).find((each) => each.id === id);

describe("the status bar", () => {
  it("is quiet when all is well", () => {
    expect(lampsOf(line(), 0, NOW, 300).map(({ id, tone }) => `${id}:${tone}`)).toEqual([
      "connection:ok",
      "outbox:ok",
      "refusals:ok",
      "city:ok",
    ]);
  });

  it("tells a node out of reach from a line that silently stalls", () => {
    expect(lamp(line({ link: "offline", lastHeardAt: NOW - 42_000 }), "connection")).toMatchObject({
      tone: "alarm",
      key: "staff:status.offline",
      age: { params: { seconds: 42 } },
    });
    expect(lamp(line({ link: "offline", isNodeDistrusted: true, lastHeardAt: NOW }), "connection")).toMatchObject({
      tone: "alarm",
      key: "staff:status.distrusted",
    });
    expect(lamp(line({ stalled: true }), "connection")).toMatchObject({ tone: "alarm", key: "staff:status.stalled" });
  });

  it("finds an outbox normal while offline, and alarming when the node is reachable and it does not empty", () => {
    expect(lamp(line({ link: "offline", outbox: 3, oldestMs: 600_000 }), "outbox")?.tone).toBe("warn");
    expect(lamp(line({ outbox: 1, oldestMs: 200 }), "outbox")?.tone).toBe("ok");
    expect(lamp(line({ outbox: 1, oldestMs: 60_000 }), "outbox")?.tone).toBe("alarm");
  });

  it("shows no city where there is none, and never claims one that cannot be known", () => {
    expect(lamp(line({ city: { state: "none", behind: 0 } }), "city")).toBeUndefined();
    expect(lamp(line({ link: "offline" }), "city")?.key).toBe("staff:status.cityUnknown");
    expect(lamp(line({ city: { state: "down", behind: 12 } }), "city")).toMatchObject({
      tone: "warn",
      params: { n: 12 },
    });
  });

  it("says when nothing can be kept, before everything else", () => {
    expect(lampsOf(line({ storeFault: "QuotaExceededError" }), 0, NOW, 0)[0]).toMatchObject({
      id: "store",
      tone: "alarm",
    });
  });

  it("tells which way a clock is wrong", () => {
    expect(lamp(line(), "clock", 0, 90_000)?.key).toBe("staff:status.clockSlow");
    expect(lamp(line(), "clock", 0, -90_000)?.key).toBe("staff:status.clockFast");
  });
});

describe("the files' lamp", () => {
  const sending = { waiting: 2, bytesLeft: 30, bytesTotal: 120, refused: 0, storeFault: false };
  const lamp = (link: Connection["link"], uploads: Uploads): Lamp | undefined =>
    lampsOf(line({ link }), 0, NOW, 0, uploads).find(({ id }) => id === "files");

  it("says how far materials are, that they wait, and what a person must see to; else nothing", () => {
    expect(lamp("online", noUploads)).toBeUndefined();
    expect(lamp("online", sending)).toMatchObject({ tone: "ok", params: { count: 2, percent: 75 } });
    expect(lamp("offline", sending)).toMatchObject({ tone: "warn", params: { count: 2 } });
    expect(lamp("online", { ...sending, refused: 1 })).toMatchObject({ tone: "alarm", params: { count: 1 } });
    expect(lamp("online", { ...noUploads, storeFault: true })).toMatchObject({ tone: "alarm" });
  });
});
