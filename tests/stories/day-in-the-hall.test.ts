import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { stateDigest } from "../../shared/domain/hall/digest.ts";
import { leaseDays } from "../../shared/domain/hall/decide.ts";
import { visibleState } from "../../shared/domain/hall/visible.ts";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import { counterScreenOf } from "../../shared/domain/queue/counter-screen.ts";
import { freeLeaseSerials } from "../../shared/domain/queue/lease.ts";
import { offlineLineOf } from "../../shared/domain/queue/offline-line.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import { makeDataDir, startCenter, type TestCenter } from "../helpers/center.ts";
import { TestMachine } from "../helpers/test-environment.ts";
import { eventually, startTerminal } from "../helpers/test-terminal.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";

/*
 * Several terminals, each with its own disk, and a real center with a real PostgreSQL.
 *
 * A day with the node:
 * 1. The clerk signs in at window 1 and opens counter 1.
 * 2. Two people take numbers at the kiosk.
 * 3. The clerk calls the first; the board and the applicant's screen show it within a moment.
 * 4. The service begins and ends; the applicant is invited and gives a review with words.
 * 5. The clerk does not learn what the review was; the desk does.
 * 6. Everybody holds exactly what the node says they may see.
 *
 * The node goes away and comes back:
 * 7. The kiosk has leased numbers; then the node stops.
 * 8. The kiosk gives a number from its lease; a claim is refused as offline and nothing of it is kept.
 * 9. The clerk calls a person of the cached line, serves and ends; the review screen keeps a review.
 * 10. The kiosk is restarted meanwhile and still shows its number.
 * 11. The node is back: all of it arrives once, no number exists twice, and everybody agrees again.
 */

const ticket = (ticketId: string, businessId = "A") => ticketWish(ticketId, { businessId });

describe("a day in the hall", () => {
  let dataDir: string;
  let center: TestCenter;
  const opened: OpenTerminal[] = [];
  const roles: { terminal: OpenTerminal; role: TerminalRole; counterId: string | null }[] = [];

  beforeAll(async () => {
    dataDir = await makeDataDir();
    center = await startCenter({ dataDir });
  });
  afterAll(async () => {
    await center.stop();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((terminal) => terminal.close()));
    roles.length = 0;
  });

  const open = async (device: EnrolResponse, machine = new TestMachine()): Promise<OpenTerminal> => {
    const terminal = await startTerminal({
      machine,
      role: device.role,
      deviceId: device.deviceId,
      secret: device.secret,
      nodeUrl: center.url,
      ...(device.counterId === null ? {} : { counterId: device.counterId }),
    });
    opened.push(terminal);
    roles.push({ terminal, role: device.role, counterId: device.counterId });
    await eventually(() => terminal.connection.get().link !== "starting");
    return terminal;
  };

  const head = async () => {
    const { hall } = await center.context.halls.get(center.hallId ?? "");
    return hall;
  };

  const allAgree = async (): Promise<void> => {
    const hall = await head();
    for (const { terminal, role, counterId } of roles) {
      const deviceId = terminal.info.credentials?.deviceId ?? "";
      const wanted = (): string => stateDigest(visibleState(hall.state, { role, deviceId, counterId }));
      await eventually(
        () => terminal.connection.get().outbox === 0 && stateDigest(terminal.hall.get()) === wanted(),
        `${role} agrees`,
        10_000,
      );
    }
  };

  it("goes from a number to a review, with the node", async () => {
    await center.addClerk("1001", "李明");
    const kiosk = await open(await center.enrol("kiosk"));
    const window = await open(await center.enrol("window", "1"));
    const board = await open(await center.enrol("display"));
    const review = await open(await center.enrol("review", "1"));
    const desk = await open(await center.enrol("desk"));

    expect(await window.login("1001", "wrong")).toMatchObject({ ok: false, error: { code: "login_failed" } });
    expect(await window.login("1001", "pw-1001")).toMatchObject({ ok: true, value: { name: "李明" } });
    expect(await window.send("OpenCounter", { counterId: "1" }, { mode: "claim" })).toMatchObject({
      status: "accepted",
    });

    expect(await kiosk.send("TakeTicket", ticket("t1"), { mode: "claim" })).toMatchObject({ status: "accepted" });
    expect(await kiosk.send("TakeTicket", ticket("t2"), { mode: "claim" })).toMatchObject({ status: "accepted" });
    expect([...kiosk.hall.get().tickets.values()].map(({ number }) => number)).toEqual(["A001", "A002"]);

    expect(await window.send("CallNext", { counterId: "1" }, { mode: "claim" })).toMatchObject({ status: "accepted" });
    await eventually(() => board.hall.get().calls.at(-1)?.number === "A001", "on the board");
    await eventually(() => counterScreenOf(review.hall.get(), "1").state === "called", "on the applicant's screen");
    for (const type of ["BeginService", "EndService"] as const)
      expect(await window.send(type, { ticketId: "t1", counterId: "1" }, { mode: "claim" })).toMatchObject({
        status: "accepted",
      });
    await eventually(() => counterScreenOf(review.hall.get(), "1").review !== null, "invited");

    await review.send(
      "GiveReview",
      {
        reviewId: "t1.1",
        counterId: "1",
        level: 1,
        tags: [],
        elapsedMs: 9_000,
        channel: "tablet",
        textId: "text-t1",
        phoneId: null,
      },
      { mode: "record", personal: [{ id: "text-t1", kind: "reviewText", value: "等了两个小时" }] },
    );
    await eventually(() => desk.hall.get().reviews.get("t1.1")?.level === 1, "at the desk");
    await eventually(() => window.hall.get().reviews.get("t1.1")?.state === "closed", "closed for the clerk");
    expect(window.hall.get().reviews.get("t1.1")?.level).toBeNull();
    await allAgree();
    await window.logout();
    expect(window.clerk.get()).toBeNull();
  });

  it("goes on without the node and loses and doubles nothing", async () => {
    await center.addClerk("1002", "王芳");
    const kioskDevice = await center.enrol("kiosk");
    const kioskMachine = new TestMachine();
    let kiosk = await open(kioskDevice, kioskMachine);
    const window = await open(await center.enrol("window", "2"));
    const review = await open(await center.enrol("review", "2"));
    await window.login("1002", "pw-1002");
    expect(await window.send("OpenCounter", { counterId: "2" }, { mode: "claim" })).toMatchObject({
      status: "accepted",
    });
    expect(await kiosk.send("TakeTicket", ticket("n1"), { mode: "claim" })).toMatchObject({ status: "accepted" });
    const days = [...leaseDays(kiosk.hall.get())];
    expect(await kiosk.send("LeaseNumbers", { days }, { mode: "claim" })).toMatchObject({ status: "accepted" });

    const port = Number(new URL(center.url).port);
    await center.stop();
    await eventually(() => opened.every((each) => each.connection.get().link === "offline"), "all offline");
    expect(await kiosk.send("TakeTicket", ticket("n2"), { mode: "claim" })).toEqual({ status: "offline" });
    const day = kiosk.hall.get().day ?? "";
    const [serial = 0] = freeLeaseSerials(kiosk.hall.get(), kioskDevice.deviceId, day, "A");
    const lease = { day, serial };
    expect(await kiosk.send("TakeTicket", { ...ticket("n2"), lease }, { mode: "record" })).toMatchObject({
      status: "kept",
    });
    const number = kiosk.hall.get().tickets.get("n2")?.number;
    expect(number).toBe(`A${String(serial)}`);

    const [next] = offlineLineOf(window.hall.get(), "2");
    const ticketId = next?.id ?? "n1";
    for (const type of ["CallNext", "BeginService", "EndService"] as const)
      expect(await window.send(type, { ticketId, counterId: "2" }, { mode: "record" })).toMatchObject({
        status: "kept",
      });
    expect(window.hall.get().tickets.get(ticketId)?.state).toBe("done");
    await review.send(
      "GiveReview",
      {
        reviewId: `${ticketId}.1`,
        counterId: "2",
        level: 5,
        tags: [],
        elapsedMs: 5_000,
        channel: "tablet",
        textId: null,
        phoneId: null,
      },
      { mode: "record" },
    );

    await kiosk.close();
    roles.splice(
      roles.findIndex(({ terminal }) => terminal === kiosk),
      1,
    );
    kiosk = await open(kioskDevice, kioskMachine);
    expect(kiosk.hall.get().tickets.get("n2")?.number).toBe(number);
    expect(kiosk.connection.get().outbox).toBe(1);

    center = await startCenter({ dataDir, port });
    await eventually(() => opened.slice(1).every((each) => each.connection.get().link === "online"), "online", 40_000);
    await allAgree();
    const hall = await head();
    expect(hall.state.tickets.get("n2")?.number).toBe(number);
    expect(hall.state.tickets.get(ticketId)?.state).toBe("done");
    expect(hall.state.reviews.get(`${ticketId}.1`)?.level).toBe(5);
    const numbers = [...hall.state.tickets.values()].map((each) => each.number);
    expect(new Set(numbers).size).toBe(numbers.length);
  }, 90_000);
});
