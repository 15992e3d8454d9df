import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Environment } from "../../renderer/store/environment.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import { stateDigest } from "../../shared/domain/hall/digest.ts";
import { visibleState } from "../../shared/domain/hall/visible.ts";
import { startCenter, type TestCenter } from "../helpers/center.ts";
import { openNodeSocket, TestMachine } from "../helpers/test-environment.ts";
import { eventually, pause, startTerminal } from "../helpers/test-terminal.ts";

/*
 * Three kiosks on a line that breaks at random, against a real center:
 * 1. Messages in either direction are lost together with the line, at random moments: before a command is sent, after it
 *    is sent and before it is answered, in the middle of an answer.
 * 2. People take numbers all the while; what has no answer is kept as a record of its own or stays in the outbox.
 * 3. The line is good again. Every act that a screen confirmed is on the node exactly once, no number exists twice, and
 *    each kiosk holds what the node says it may see.
 */

const ENOUGH = 30;
const SEED = Number(process.env["STORY_SEED"] ?? 7);

/** Small and the same in every run (mulberry32). */
const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

/** A socket whose line breaks now and then, in either direction; one in three times the last message comes through torn. */
const badSocket =
  (random: () => number, isBad: () => boolean): Environment["openSocket"] =>
  (url, handlers) => {
    let isOver = false;
    const breakOff = (): void => {
      if (isOver) return;
      isOver = true;
      socket.close();
      setTimeout(() => handlers.closed(1006), 1);
    };
    const socket = openNodeSocket(url, {
      opened: () => !isOver && handlers.opened(),
      received: (text) => {
        if (isOver) return;
        if (isBad() && random() < 0.08) {
          if (random() < 0.33 && text !== null) handlers.received(text.slice(0, Math.floor(text.length * random())));
          return breakOff();
        }
        handlers.received(text);
      },
      closed: (code) => {
        if (isOver) return;
        isOver = true;
        handlers.closed(code);
      },
    });
    return {
      ...socket,
      send: (text) => {
        if (isOver) return;
        if (isBad() && random() < 0.04) return breakOff();
        socket.send(text);
        if (isBad() && random() < 0.04) breakOff();
      },
    };
  };

describe("a bad line", () => {
  let center: TestCenter;
  beforeAll(async () => {
    center = await startCenter();
  });
  afterAll(async () => {
    await center.stop();
  });

  it("loses and doubles nothing that a screen has confirmed (I1, I2, I3, I5)", async () => {
    const random = randomOf(SEED);
    let isBad = false;
    const kiosks: OpenTerminal[] = [];
    for (let index = 0; index < 3; index += 1) {
      const { deviceId, secret } = await center.enrol("kiosk");
      const kiosk = await startTerminal({
        machine: new TestMachine(),
        role: "kiosk",
        deviceId,
        secret,
        nodeUrl: center.url,
        openSocket: badSocket(random, () => isBad),
      });
      kiosks.push(kiosk);
      await eventually(() => kiosk.connection.get().link === "online");
    }
    isBad = true;
    const confirmed: string[] = [];
    const refused: string[] = [];
    const person = async (kiosk: OpenTerminal): Promise<void> => {
      const ticketId = kiosk.newId();
      const wish = ticketWish(ticketId, { businessId: random() < 0.5 ? "A" : "B" });
      const outcome = await kiosk.send("TakeTicket", wish, { mode: "claim" });
      if (outcome.status === "refused") refused.push(ticketId);
      if (outcome.status !== "accepted") return;
      confirmed.push(ticketId);
      expect(kiosk.hall.get().tickets.has(ticketId)).toBe(true);
      const printed = await kiosk.send("RecordPrint", { ticketId, outcome: "printed" }, { mode: "record" });
      expect(printed.status).toBe("kept");
    };
    await Promise.all(
      kiosks.map(async (kiosk) => {
        // On a busy machine more of them get no answer in time: so they come until enough have a number.
        for (let act = 0; act < 12 || confirmed.length <= ENOUGH; act += 1) {
          await eventually(() => kiosk.connection.get().link === "online", "a line now and then", 30_000);
          await person(kiosk);
          await pause(random() * 20);
        }
      }),
    );
    isBad = false;
    const { hall } = await center.context.halls.get(center.hallId ?? "");
    for (const kiosk of kiosks) {
      const deviceId = kiosk.info.credentials?.deviceId ?? "";
      await eventually(
        () =>
          kiosk.connection.get().outbox === 0 &&
          stateDigest(kiosk.hall.get()) ===
            stateDigest(visibleState(hall.state, { role: "kiosk", deviceId, counterId: null })),
        "agrees with the node",
        30_000,
      );
    }
    expect(refused).toEqual([]);
    expect(confirmed.length).toBeGreaterThan(ENOUGH);
    for (const ticketId of confirmed) expect(hall.state.tickets.get(ticketId)?.print).toBe("printed");
    const numbers = [...hall.state.tickets.values()].map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    await Promise.all(kiosks.map((kiosk) => kiosk.close()));
  }, 120_000);
});
