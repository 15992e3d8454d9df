import { rm } from "node:fs/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { countNames } from "../../shared/domain/city/hall-counts.ts";
import { testPlan } from "../../shared/testing/hall-fixture.ts";
import { makeDataDir, startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { createLogger } from "../logger.ts";
import { CityFigures, columnOf } from "./city-figures.ts";

/*
 * The city reads sums by day and what is open, never the log. For any history of halls, cut into any pieces, followed by two
 * centers at once while it goes on, and begun anew at any moment, these say the same as a plain recount of the whole log in SQL.
 */
const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 1);
let dataDir: string;
let city: TestCenter;
let run = 0;

beforeAll(async () => {
  dataDir = await makeDataDir();
  city = await startCenter({ mode: "city", dataDir });
});
afterAll(async () => {
  await city.stop();
  await rm(dataDir, { recursive: true, force: true });
});

interface Step {
  readonly act: number;
  readonly pick: number;
  readonly hours: number;
  /** What the city does after it: nothing, follows, follows twice at once, begins anew. */
  readonly city: number;
}
interface Written {
  readonly type: string;
  readonly at: number;
  readonly data: object;
}

/** Events of a hall as acts of any order make them; times may run back, as acts of terminals without a line do. */
const historyOf = (steps: readonly Step[]): readonly Written[] => {
  const intakes: { readonly intakeId: string; readonly caseIds: string[] }[] = [];
  const rectifications: string[] = [];
  const orders: string[] = [];
  const events: Written[] = [{ type: "HallPlanSet", at: START, data: { plan: testPlan() } }];
  const pickOf = <T>(from: readonly T[], pick: number): T | undefined => from[pick % Math.max(1, from.length)];
  steps.forEach(({ act, pick, hours }, index) => {
    const at = START + index * HOUR + hours * HOUR;
    const write = (type: string, data: object): void => void events.push({ type, at, data });
    const intake = pickOf(intakes, pick);
    const caseId = intake && pickOf(intake.caseIds, pick);
    const of = { intakeId: intake?.intakeId ?? "", caseId, departments: [] };
    const due = { promised: "2026-11-20", legal: null, unknownYear: null, yellow: "2026-11-17" };
    const clock = { due: { yellowAt: at + HOUR, dueAt: at + 5 * HOUR } };
    if (act === 0) write("TicketTaken", {});
    if (act === 1) write("ServiceEnded", {});
    if (act === 2) write("TicketMissed", {});
    if (act === 3) write("ReviewGiven", { level: (pick % 5) + 1 });
    if (act === 4) {
      const intakeId = `i${String(index)}`;
      const caseIds = Array.from({ length: (pick % 3) + 1 }, (_, n) => `${intakeId}.${String(n)}`);
      write("IntakeAccepted", { intakeId, departments: [], due: caseIds.map((id) => ({ caseId: id, due })) });
      intakes.push({ intakeId, caseIds });
    }
    if (act === 5 && intake && caseId !== undefined) {
      intake.caseIds.splice(intake.caseIds.indexOf(caseId), 1);
      write("CaseDecided", of);
    }
    if (act === 6 && caseId !== undefined) write("SpecialProcedureStarted", of);
    if (act === 7 && caseId !== undefined && pick % 2 === 0) write("TicketCalled", {});
    if (act === 8) {
      rectifications.push(`r${String(index)}`);
      write("RectificationOpened", { rectificationId: `r${String(index)}`, yellowAt: at + HOUR, dueAt: at + 3 * HOUR });
    }
    const rectificationId = pickOf(rectifications, pick);
    if (act === 9 && rectificationId !== undefined) {
      rectifications.splice(rectifications.indexOf(rectificationId), 1);
      write("RectificationClosed", { rectificationId, isOnTime: pick % 2 === 0 });
    }
    if (act === 10) {
      orders.push(`o${String(index)}`);
      write("WorkOrderRaised", { orderId: `o${String(index)}`, clock });
    }
    const orderId = pickOf(orders, pick);
    if (act === 11 && orderId !== undefined) {
      orders.splice(orders.indexOf(orderId), 1);
      write("WorkOrderClosed", { orderId, isOnTime: pick % 2 === 1 });
    }
  });
  return events;
};

/** The next events of a hall, and its head with them. */
const append = async (hallId: string, from: number, events: readonly Written[]): Promise<void> => {
  const { database } = city.context;
  const rows = events.map(({ type, at, data }, index) => ({
    seq: from + index + 1,
    type,
    at,
    data: JSON.stringify(data),
  }));
  await database.query(
    `INSERT INTO events (hall_id, seq, type, v, at, recorded_at, command_id, actor, data, prev_hash, hash)
     SELECT $1, seq, type, 1, at, at, '', '{}', data, '', '' FROM json_to_recordset($2::json) AS r(seq bigint, type text, at bigint, data text)`,
    [hallId, JSON.stringify(rows)],
  );
  await database.query("UPDATE halls SET head = $2 WHERE hall_id = $1", [hallId, from + events.length]);
};

const flag = (type: string, also = "true"): string => `count(*) FILTER (WHERE type = '${type}' AND ${also})::integer`;
/** The recount: nothing of the program in it. */
const RECOUNT: Readonly<Record<string, string>> = {
  tickets: flag("TicketTaken"),
  served: flag("ServiceEnded"),
  missed: flag("TicketMissed"),
  accepted: flag("IntakeAccepted"),
  decided: flag("CaseDecided"),
  reviews: flag("ReviewGiven"),
  bad: flag("ReviewGiven", "(data::json->>'level')::integer <= 2"),
  ordersOpened: flag("RectificationOpened"),
  ordersClosed: flag("RectificationClosed"),
  ordersOnTime: flag("RectificationClosed", "(data::json->>'isOnTime')::boolean"),
  workRaised: flag("WorkOrderRaised"),
  workClosed: flag("WorkOrderClosed"),
  workOnTime: flag("WorkOrderClosed", "(data::json->>'isOnTime')::boolean"),
};
const names = countNames.filter((name) => name in RECOUNT);
const DAY_AT_HALL = "to_char(to_timestamp(at / 1000 + 28800) AT TIME ZONE 'UTC', 'YYYY-MM-DD')";
const STILL_OPEN = `
  SELECT 'case' AS kind, due->>'caseId' AS id FROM events e, json_array_elements(e.data::json->'due') due
  WHERE e.hall_id = $1 AND e.type = 'IntakeAccepted' AND NOT EXISTS (SELECT 1 FROM events l WHERE l.hall_id = $1 AND l.seq > e.seq
    AND l.type = 'CaseDecided' AND l.data::json->>'caseId' = due->>'caseId')
  UNION ALL SELECT 'order', data::json->>'rectificationId' FROM events e WHERE hall_id = $1 AND type = 'RectificationOpened'
    AND NOT EXISTS (SELECT 1 FROM events l WHERE l.hall_id = $1 AND l.type = 'RectificationClosed' AND l.data::json->>'rectificationId' = e.data::json->>'rectificationId')
  UNION ALL SELECT 'work', data::json->>'orderId' FROM events e WHERE hall_id = $1 AND type = 'WorkOrderRaised'
    AND NOT EXISTS (SELECT 1 FROM events l WHERE l.hall_id = $1 AND l.type = 'WorkOrderClosed' AND l.data::json->>'orderId' = e.data::json->>'orderId')`;

const expectRecounted = async (hallId: string): Promise<void> => {
  const { database } = city.context;
  const all = async (sql: string): Promise<readonly unknown[]> => (await database.query(sql, [hallId])).rows;
  const sums = names.map((name) => `${RECOUNT[name] ?? ""} AS ${columnOf(name)}`).join(", ");
  const some = names.map(columnOf);
  const counted = `SELECT day, ${some.join(", ")} FROM city_days WHERE hall_id = $1 AND ${some.join(" + ")} > 0 ORDER BY day`;
  const log = `SELECT * FROM (SELECT ${DAY_AT_HALL} AS day, ${sums} FROM events WHERE hall_id = $1 GROUP BY 1) d WHERE ${some.join(" + ")} > 0 ORDER BY day`;
  expect(await all(counted)).toEqual(await all(log));
  expect(await all("SELECT kind, id FROM city_open WHERE hall_id = $1 ORDER BY kind, id")).toEqual(
    await all(`SELECT * FROM (${STILL_OPEN}) open ORDER BY kind, id`),
  );
};

const step = fc.record({
  act: fc.nat(11),
  pick: fc.nat(999),
  hours: fc.integer({ min: -30, max: 30 }),
  city: fc.nat(40),
});

it("says by day and of what is open what a recount of the whole log says", { timeout: 120_000 }, async () => {
  const { database } = city.context;
  const followers = [1, 2].map(() => new CityFigures(database, createLogger("silent")));
  const follow = (): Promise<unknown> => Promise.all(followers.map((each) => each.caughtUp()));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 120 }), async (steps) => {
      run += 1;
      const hallId = `recount-${String(run)}`;
      await database.query("INSERT INTO halls (hall_id, epoch, head_hash, homed) VALUES ($1, 'e0', '', false)", [
        hallId,
      ]);
      const history = historyOf(steps);
      let done = 0;
      for (const [index, { city: wish }] of steps.entries()) {
        if (wish > 4) continue;
        const to = Math.max(done, Math.min(history.length, index + 1));
        const half = Math.floor((done + to) / 2);
        await append(hallId, done, history.slice(done, half));
        // The log goes on while it is followed.
        const following = wish < 3 ? follow() : followers[0]?.caughtUp();
        await append(hallId, half, history.slice(half, to));
        done = to;
        if (wish === 0) await database.query("UPDATE halls SET epoch = epoch || '+' WHERE hall_id = $1", [hallId]);
        await following;
      }
      await append(hallId, done, history.slice(done));
      await follow();
      await expectRecounted(hallId);
    }),
    { numRuns: 25 },
  );
});

it("never goes back behind what another center has counted meanwhile", async () => {
  const { database } = city.context;
  const hallId = "two-centers";
  const tickets = (count: number): readonly Written[] =>
    Array.from({ length: count }, () => ({ type: "TicketTaken", at: START, data: {} }));
  await database.query("INSERT INTO halls (hall_id, epoch, head_hash, homed) VALUES ($1, 'e', '', false)", [hallId]);
  await append(hallId, 0, tickets(3));
  const slow = new CityFigures(database, createLogger("silent"));
  await slow.caughtUp();
  let counting: Promise<void> | undefined;
  await database.transaction(async (other) => {
    await other.query("SELECT 1 FROM city_cursors WHERE hall_id = $1 FOR UPDATE", [hallId]);
    await append(hallId, 3, tickets(2));
    counting = slow.caughtUp();
    const waiting = async (): Promise<number> =>
      (await database.query("SELECT 1 FROM pg_locks WHERE NOT granted")).rowCount ?? 0;
    await expect.poll(waiting, { timeout: 15_000 }).toBeGreaterThan(0);
    await append(hallId, 5, tickets(3));
    await other.query("UPDATE city_days SET tickets = 8 WHERE hall_id = $1", [hallId]);
    await other.query("UPDATE city_cursors SET seq = 8 WHERE hall_id = $1", [hallId]);
  });
  await counting;
  await slow.caughtUp();
  await expectRecounted(hallId);
});
