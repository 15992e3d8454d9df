import { rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { putRelayHall } from "../../center/relay/receive.ts";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import type { SendOutcome } from "../../renderer/store/terminal.ts";
import { awakeDuring } from "../helpers/awake.ts";
import { makeDataDir, startCenter, testPlan, type TestCenter } from "../helpers/center.ts";
import { TestMachine } from "../helpers/test-environment.ts";
import { eventually, startTerminal } from "../helpers/test-terminal.ts";

/*
 * A hall and its city, both real. The main job runs three times: with the city, while the city's computer is off, and while
 * it takes connections and never answers. Nobody in the hall waits for anything or is told anything; only who looks at the
 * city's lamp sees that it is away and how much waits for it. When it is back, it gets everything.
 */

let cityDir: string;
let city: TestCenter;
let hall: TestCenter;
let port: number;
const terminals: Record<string, OpenTerminal> = {};

const open = async (device: EnrolResponse): Promise<OpenTerminal> =>
  startTerminal({
    machine: new TestMachine(),
    role: device.role,
    deviceId: device.deviceId,
    secret: device.secret,
    nodeUrl: hall.url,
    ...(device.counterId === null ? {} : { counterId: device.counterId }),
  });

beforeAll(async () => {
  cityDir = await makeDataDir();
  city = await startCenter({ mode: "city", dataDir: cityDir });
  port = Number(new URL(city.url).port);
  hall = await startCenter({
    city: { url: city.url, key: await putRelayHall(city.context.database, testPlan.hallId, "测试大厅") },
  });
  await hall.addClerk("1001");
  for (const [name, counter] of [
    ["kiosk", null],
    ["window", "1"],
    ["review", "1"],
    ["display", null],
  ] as const)
    terminals[name] = await open(await hall.enrol(name, counter));
});
afterAll(async () => {
  for (const terminal of Object.values(terminals)) await terminal.close();
  await hall.stop();
  await city.stop();
  await rm(cityDir, { recursive: true, force: true });
});

/** One person from the number to the review. @returns the longest that anybody waited for an answer, milliseconds (`awakeDuring`) */
const serveOne = async (person: string): Promise<number> => {
  const { kiosk, window, review, display } = terminals;
  if (!kiosk || !window || !review || !display) throw new Error("the hall is not open");
  let longest = 0;
  const does = async (act: () => Promise<SendOutcome>): Promise<void> => {
    const waited = await awakeDuring(async () => {
      const { status } = await act();
      expect(["accepted", "kept"]).toContain(status);
    });
    longest = Math.max(longest, waited);
  };
  const at = { ticketId: person, counterId: "1" };
  await does(() =>
    kiosk.send(
      "TakeTicket",
      { ticketId: person, businessId: "A", class: "ordinary", itemCode: null, itemName: null, personKey: null },
      { mode: "claim" },
    ),
  );
  await does(() => window.send("CallNext", { counterId: "1" }, { mode: "claim" }));
  await eventually(() => display.hall.get().tickets.get(person)?.state === "called", "called on the board");
  await does(() => window.send("BeginService", at, { mode: "record" }));
  await does(() => window.send("EndService", at, { mode: "record" }));
  const reviewId = `${person}.1`;
  await eventually(() => review.hall.get().reviews.get(reviewId)?.state === "invited", "invited");
  const given = { level: 5, textId: null, phoneId: null, channel: "tablet", elapsedMs: 4_000 } as const;
  await does(() => review.send("GiveReview", { ...given, reviewId, counterId: "1", tags: [] }, { mode: "record" }));
  await eventually(() => Object.values(terminals).every((each) => each.connection.get().outbox === 0), "all answered");
  return longest;
};

const nobodyNotices = (): void => {
  for (const terminal of Object.values(terminals)) {
    const { link, stalled, storeFault } = terminal.connection.get();
    expect({ link, stalled, storeFault }).toEqual({ link: "online", stalled: false, storeFault: null });
    expect(terminal.notices.get()).toEqual([]);
  }
};

const cityLamp = () => terminals["window"]?.connection.get().city;

const cityHead = async (): Promise<number> => {
  const { rows } = await city.context.database.query<{ head: number }>("SELECT head FROM halls");
  return rows[0]?.head ?? 0;
};

it("serves people while the city is there, off, deaf, and back again, and nobody notices", async () => {
  const { window } = terminals;
  await window?.login("1001", "pw-1001");
  await window?.send("OpenCounter", { counterId: "1" }, { mode: "claim" });
  await serveOne("with");
  await eventually(() => cityLamp()?.state === "up" && cityLamp()?.behind === 0, "the city has it all", 30_000);

  await city.stop();
  expect(await serveOne("off")).toBeLessThan(2_000);
  // It may have seen the city gone while there was nothing to send; how much waits it tells with its next try.
  await eventually(() => cityLamp()?.state === "down" && (cityLamp()?.behind ?? 0) > 0, "the lamp", 30_000);
  nobodyNotices();

  const held: Socket[] = [];
  const deaf: Server = createServer((socket) => held.push(socket.on("error", () => undefined)));
  await new Promise<void>((done) => deaf.listen(port, "127.0.0.1", done));
  await eventually(() => held.length > 0, "the hall tries", 30_000);
  expect(await serveOne("deaf")).toBeLessThan(2_000);
  nobodyNotices();
  expect(cityLamp()).toMatchObject({ state: "down" });
  expect(cityLamp()?.behind).toBeGreaterThan(0);
  for (const socket of held) socket.destroy();
  await new Promise((done) => deaf.close(done));

  city = await startCenter({ mode: "city", dataDir: cityDir, port });
  await eventually(() => cityLamp()?.state === "up" && cityLamp()?.behind === 0, "the city has it all", 30_000);
  expect(await cityHead()).toBe(hall.context.halls.open[0]?.hall.head.seq);
  nobodyNotices();
}, 150_000);
