import { afterAll, beforeAll, expect, it } from "vitest";
import { closeCodes } from "../../shared/contract/api.ts";
import { createEnrolCode, enrol } from "../../center/identity/devices.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { startCenter, type TestCenter } from "../helpers/center.ts";
import { NodeClient, type Credentials } from "../helpers/node-client.ts";

/* After a power cut of the hall's switch all its terminals are back in the same second, each with something to say (F38). */

const TERMINALS = 200;
let center: TestCenter;
let devices: readonly Credentials[];

beforeAll(async () => {
  center = await startCenter();
  const { database, clock } = center.context;
  const wish = { hallId: center.hallId ?? "", role: "kiosk", counterId: null } as const;
  devices = await Promise.all(
    Array.from({ length: TERMINALS }, async () => {
      const code = await createEnrolCode(database, wish, clock());
      const device = await enrol(database, { code, name: "Kiosk" }, clock());
      if (!device) throw new Error("not enrolled");
      return device;
    }),
  );
}, 60_000);
afterAll(() => center.stop());

const connectAll = (): Promise<readonly NodeClient[]> =>
  Promise.all(devices.map((device) => NodeClient.connect({ url: center.url, folding: false, ...device })));

it("takes two hundred terminals back at once, each with an act, and answers every one", async () => {
  const before = await connectAll();
  for (const line of center.context.lines.all) line.close(closeCodes.restarting, "the switch lost its power");
  await Promise.all(before.map((client) => client.closed()));
  const since = performance.now();
  const took: number[] = [];
  const clients = await Promise.all(
    devices.map(async (device, index) => {
      const client = await NodeClient.connect({ url: center.url, folding: false, ...device });
      const sent = performance.now();
      const result = await client.send("TakeTicket", ticketWish(`back-${String(index)}`), { mode: "record" });
      took.push(performance.now() - sent);
      expect(result.status).toBe("accepted");
      return client;
    }),
  );
  // Generous: other tests run beside it.
  expect(performance.now() - since).toBeLessThan(15_000);
  expect(took.sort((a, b) => a - b)[Math.floor(TERMINALS * 0.95)]).toBeLessThan(8_000);
  const { hall } = center.context.halls.open[0] ?? {};
  expect([...(hall?.state.tickets.keys() ?? [])].filter((id) => id.startsWith("back-"))).toHaveLength(TERMINALS);
  expect(new Set([...(hall?.state.tickets.values() ?? [])].map(({ number }) => number)).size).toBe(TERMINALS);
  expect([...center.context.lines.all]).toHaveLength(TERMINALS);
  for (const client of clients) {
    expect(client.violations).toEqual([]);
    client.close();
  }
}, 60_000);
