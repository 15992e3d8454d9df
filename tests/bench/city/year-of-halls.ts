import { createHash } from "node:crypto";
import type pg from "pg";
import { copyInto, copyText } from "../../../center/db/copy-into.ts";
import { columnOf } from "../../../center/city/city-figures.ts";
import { addDays, DAY_MS } from "../../../shared/basics/time.ts";
import { countNames, type HallCounts } from "../../../shared/domain/city/hall-counts.ts";
import { Random } from "../../helpers/random.ts";

export interface YearOrder {
  readonly seed: number;
  readonly halls: number;
  /** Halls of one district. */
  readonly perDistrict: number;
  /** Events in each hall's log; a real year has some hundred thousand, which the figures never read. */
  readonly events: number;
  /** The last of the year's 365 days, and the instant of the lights. */
  readonly today: string;
  readonly now: number;
}

export const districtOf = (hall: number, { perDistrict }: Pick<YearOrder, "perDistrict">): string =>
  String(440_101 + Math.floor(hall / perDistrict));

const LINES = 20_000;

/** A weekday of a hall of some size: every count follows from the numbers taken, as they do in a hall. */
const countsOf = (random: Random, size: number): HallCounts => {
  const part = (of: number, from: number, to: number): number =>
    Math.round((of * random.between(from * 1_000, to * 1_000)) / 1_000);
  const tickets = part(size, 0.7, 1.2);
  const served = part(tickets, 0.93, 0.98);
  const accepted = part(served, 0.3, 0.5);
  const reviews = part(served, 0.2, 0.4);
  const bad = part(reviews, 0, 0.02);
  const work = part(served, 0, 0.01);
  return {
    tickets,
    served,
    missed: tickets - served,
    accepted,
    refused: part(accepted, 0, 0.02),
    decided: part(accepted, 0.9, 1),
    reviews,
    bad,
    ordersOpened: bad,
    ordersClosed: bad,
    ordersOnTime: part(bad, 0.8, 1),
    ordersReopened: 0,
    entriesOpened: part(served, 0, 0.05),
    entriesEnded: part(served, 0, 0.05),
    workRaised: work,
    workRejected: part(work, 0, 0.2),
    workAnswered: part(work, 0.7, 1),
    workClosed: part(work, 0.7, 1),
    workOnTime: part(work, 0.6, 0.7),
    workReopened: 0,
    workToCity: 0,
  };
};

const row = (...values: readonly (string | number | null)[]): string => values.map(copyText).join("\t");

const eventTypes = ["TicketTaken", "TicketCalled", "ServiceBegan", "ServiceEnded", "ReviewGiven"] as const;

/** Halls, sums by day, what is open, and a log, as a city has them after a year: the same for the same seed, by COPY. */
export const writeYearOfHalls = async (client: pg.Client, order: YearOrder): Promise<{ readonly rows: number }> => {
  const random = new Random(order.seed);
  let rows = 0;
  const buffers = new Map<string, string[]>();
  const flush = async (target: string): Promise<void> => {
    const lines = buffers.get(target) ?? [];
    buffers.set(target, []);
    rows += lines.length;
    if (lines.length > 0) await copyInto(client, target, lines);
  };
  const put = async (target: string, line: string): Promise<void> => {
    const lines = buffers.get(target) ?? [];
    if (lines.length === 0) buffers.set(target, lines);
    lines.push(line);
    if (lines.length >= LINES) await flush(target);
  };
  const HALLS = "halls (hall_id, epoch, head, head_hash, recorded_at, homed, name)";
  const CURSORS = "city_cursors (hall_id, epoch, seq, name, area, area_name, coverage)";
  const DAYS = `city_days (hall_id, day, ${countNames.map(columnOf).join(", ")})`;
  const OPEN = "city_open (hall_id, kind, id, yellow_at, due_at)";
  const EVENTS = "events (hall_id, seq, type, v, at, recorded_at, command_id, actor, data, prev_hash, hash)";
  for (let hall = 0; hall < order.halls; hall += 1) {
    const hallId = `hall-${String(hall)}`;
    const area = districtOf(hall, order);
    const name = `第${String(hall + 1)}政务服务中心`;
    const listed = random.between(800, 2_000);
    const inHall = random.between(Math.floor(listed * 0.8), listed);
    const coverage = {
      asOf: order.today,
      listed,
      inHall,
      oneWindow: random.between(Math.floor(inHall * 0.6), inHall),
      online: random.between(Math.floor(listed * 0.9), listed),
    };
    await put(HALLS, row(hallId, "e", order.events, "", order.now, "f", name));
    // One in ten has not given its items.
    const given = random.between(1, 10) > 1 ? JSON.stringify(coverage) : null;
    await put(CURSORS, row(hallId, "e", order.events, name, area, `第${area.slice(-2)}区`, given));
    const size = 40 + Math.floor(600 * random.next() ** 3);
    for (let back = 364; back >= 0; back -= 1) {
      const day = addDays(order.today, -back);
      if ([0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) continue;
      const counts = countsOf(random, size);
      await put(DAYS, row(hallId, day, ...countNames.map((count) => counts[count])));
    }
    for (let open = 0; open < size; open += 1) {
      const dueAt = order.now + random.between(-2 * DAY_MS, 30 * DAY_MS);
      const kind = random.pick(["case", "case", "case", "order", "work", "entry"] as const);
      await put(OPEN, row(hallId, kind, String(open), dueAt - 2 * DAY_MS, dueAt));
    }
    for (let seq = 1; seq <= order.events; seq += 1) {
      const at = order.now - (order.events - seq) * 60_000;
      const id = createHash("md5")
        .update(`${hallId} ${String(seq)}`)
        .digest("hex");
      const data = JSON.stringify({
        ticketId: id,
        number: `A${String(seq)}`,
        businessId: "A",
        counterId: "1",
        level: 5,
      });
      await put(EVENTS, row(hallId, seq, random.pick(eventTypes), 1, at, at, id, '{"role":"kiosk"}', data, id, id));
    }
  }
  for (const target of [HALLS, CURSORS, DAYS, OPEN, EVENTS]) await flush(target);
  await client.query("ANALYZE");
  return { rows };
};
