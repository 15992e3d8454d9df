import type pg from "pg";
import {
  cityChangeOf,
  cityDayOf,
  cityEventTypes,
  countNames,
  type CountName,
  type OpenThing,
} from "../../shared/domain/city/hall-counts.ts";
import { completePlan } from "../../shared/domain/hall/plan.ts";
import type { Database } from "../db/database.ts";
import { findHead, readFedEvents, type FedEvent } from "../log/store.ts";
import type { Logger } from "../logger.ts";

/** Seqs of one hall that are counted in one transaction. */
const PAGE = 5_000;
const EVERY_MS = 2_000;

/** The column of a count. */
export const columnOf = (name: CountName): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

interface Setting {
  name: string;
  area: string;
  areaName: string;
  offset: number;
  /** JSON; null: the hall has not given it. */
  coverage: string | null;
}

/**
 * Follows the logs of all halls at a city and counts them by day, and what of them runs out. Where it stands is in the same
 * transaction as what it counted, so that nothing is counted twice; a hall whose log is another one is counted anew.
 */
export class CityFigures {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly database: Database,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.caughtUp()
        .catch((error: unknown) => this.log.warn({ event: "city.figures_failed", err: error }, "figures wait"))
        .finally(() => {
          if (!this.isStopped) this.start();
        });
    }, EVERY_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.working.catch(() => undefined);
  }

  /** Resolves when everything that was here before is counted. */
  caughtUp(): Promise<void> {
    const done = this.working.catch(() => undefined).then(() => this.follow());
    this.working = done;
    return done;
  }

  private async follow(): Promise<void> {
    const { rows } = await this.database.query<{ hall_id: string }>(
      `SELECT h.hall_id FROM halls h LEFT JOIN city_cursors c ON c.hall_id = h.hall_id
       WHERE h.head > 0 AND (c.seq IS NULL OR c.seq < h.head OR c.epoch <> h.epoch)`,
    );
    for (const { hall_id: hallId } of rows) while (!this.isStopped && (await this.page(hallId)));
  }

  /** One stretch of a hall's log. @returns whether there is more */
  private async page(hallId: string): Promise<boolean> {
    return this.database.transaction(async (client) => {
      await client.query(
        "INSERT INTO city_cursors (hall_id, epoch, seq) SELECT hall_id, epoch, 0 FROM halls WHERE hall_id = $1 ON CONFLICT DO NOTHING",
        [hallId],
      );
      const { rows } = await client.query<{
        epoch: string;
        seq: number;
        name: string;
        area: string;
        area_name: string;
        utc_offset: number;
        coverage: string | null;
      }>(
        "SELECT epoch, seq, name, area, area_name, utc_offset, coverage FROM city_cursors WHERE hall_id = $1 FOR UPDATE",
        [hallId],
      );
      const [cursor] = rows;
      // Read under the cursor's lock: another center may have counted on while this one waited for it.
      const hall = await findHead(client, hallId);
      if (!cursor || !hall) throw new Error(`the cursor of ${hallId} is gone`);
      const { epoch, seq: head } = hall;
      const isAnew = cursor.epoch !== epoch;
      if (isAnew)
        for (const table of ["city_days", "city_open"])
          await client.query(`DELETE FROM ${table} WHERE hall_id = $1`, [hallId]);
      const from = isAnew ? 0 : cursor.seq;
      const to = Math.min(head, from + PAGE);
      const { name, area, area_name: areaName, utc_offset: offset, coverage } = cursor;
      const setting: Setting = { name, area, areaName, offset, coverage };
      await this.keep(client, hallId, setting, await readFedEvents(client, hallId, from, to, cityEventTypes));
      await client.query(
        "UPDATE city_cursors SET epoch = $2, seq = $3, name = $4, area = $5, area_name = $6, utc_offset = $7, coverage = $8 WHERE hall_id = $1",
        [hallId, epoch, to, setting.name, setting.area, setting.areaName, setting.offset, setting.coverage],
      );
      return to < head;
    });
  }

  private async keep(
    client: pg.PoolClient,
    hallId: string,
    setting: Setting,
    events: readonly FedEvent[],
  ): Promise<void> {
    const days = new Map<string, Map<CountName, number>>();
    const things = new Map<string, OpenThing | null>();
    for (const { event } of events) {
      if (event === null) continue;
      if (event.type === "HallPlanSet") {
        const plan = completePlan(event.data.plan);
        const { reporting, coverage } = plan.settings;
        setting.coverage = coverage === undefined ? null : JSON.stringify(coverage);
        setting.name = plan.name;
        setting.offset = plan.utcOffsetMinutes;
        setting.area = reporting?.areaCode.slice(0, 6) ?? "";
        setting.areaName = reporting?.areaName ?? "";
        continue;
      }
      const change = cityChangeOf(event, setting.offset);
      if (change.counts.length > 0) {
        const day = cityDayOf(event, setting.offset);
        const counts = days.get(day) ?? new Map<CountName, number>();
        days.set(day, counts);
        for (const name of change.counts) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      for (const thing of change.opened) things.set(`${thing.kind}\n${thing.id}`, thing);
      for (const { kind, id } of change.ended) things.set(`${kind}\n${id}`, null);
    }
    await this.keepDays(client, hallId, days);
    await this.keepThings(client, hallId, things);
  }

  private async keepDays(
    client: pg.PoolClient,
    hallId: string,
    days: ReadonlyMap<string, ReadonlyMap<CountName, number>>,
  ): Promise<void> {
    if (days.size === 0) return;
    const columns = countNames.map(columnOf);
    const rows = [...days].map(([day, counts]) => ({
      day,
      ...Object.fromEntries(countNames.map((name) => [columnOf(name), counts.get(name) ?? 0])),
    }));
    await client.query(
      `INSERT INTO city_days (hall_id, day, ${columns.join(", ")})
       SELECT $1, day, ${columns.join(", ")} FROM json_to_recordset($2::json) AS r(day text, ${columns.map((name) => `${name} integer`).join(", ")})
       ON CONFLICT (hall_id, day) DO UPDATE SET ${columns.map((name) => `${name} = city_days.${name} + excluded.${name}`).join(", ")}`,
      [hallId, JSON.stringify(rows)],
    );
  }

  private async keepThings(
    client: pg.PoolClient,
    hallId: string,
    things: ReadonlyMap<string, OpenThing | null>,
  ): Promise<void> {
    const ended = [...things].filter(([, thing]) => thing === null).map(([key]) => key.split("\n"));
    const opened = [...things.values()].filter((thing) => thing !== null);
    if (ended.length > 0)
      await client.query(
        "DELETE FROM city_open WHERE hall_id = $1 AND (kind, id) IN (SELECT * FROM unnest($2::text[], $3::text[]))",
        [hallId, ended.map(([kind]) => kind), ended.map(([, id]) => id)],
      );
    if (opened.length > 0)
      await client.query(
        `INSERT INTO city_open (hall_id, kind, id, yellow_at, due_at)
         SELECT $1, kind, id, "yellowAt", "dueAt" FROM json_to_recordset($2::json) AS r(kind text, id text, "yellowAt" bigint, "dueAt" bigint)
         ON CONFLICT (hall_id, kind, id) DO UPDATE SET yellow_at = excluded.yellow_at, due_at = excluded.due_at`,
        [hallId, JSON.stringify(opened)],
      );
  }
}
