import type { Day } from "../../shared/basics/time.ts";
import { countNames, type HallCounts } from "../../shared/domain/city/hall-counts.ts";
import { coverageSchema, type Coverage } from "../../shared/domain/city/coverage.ts";
import { inNeed, sharesOf, type HallLine, type OpenKind } from "../../shared/domain/city/overview.ts";
import type { Database } from "../db/database.ts";
import { columnOf } from "./city-figures.ts";

interface HallRow {
  readonly hall_id: string;
  readonly name: string;
  readonly area: string;
  readonly area_name: string;
  readonly recorded_at: number;
  readonly open: number;
  readonly yellow: number;
  readonly red: number;
  readonly coverage: string | null;
  readonly dispute: HallLine["dispute"];
  readonly counts: readonly number[];
}

/** Open things by their light at an instant. */
const lightsAt = (
  now: string,
): string => `count(*)::integer AS open, count(*) FILTER (WHERE due_at < ${now})::integer AS red,
  count(*) FILTER (WHERE yellow_at <= ${now} AND due_at >= ${now})::integer AS yellow`;

const SUMS = countNames.map((name) => `coalesce(sum(${columnOf(name)}), 0)::integer`).join(", ");

const countsOf = (values: readonly number[]): HallCounts =>
  Object.fromEntries(countNames.map((name, index) => [name, values[index] ?? 0])) as unknown as HallCounts;

/** What a hall said of its items; null: nothing, or nothing that this center understands (its program may be another one). */
const coverageOf = (text: string | null): Coverage | null =>
  text === null ? null : (coverageSchema.safeParse(JSON.parse(text)).data ?? null);

/**
 * Every hall that the city knows, or those of one area, over a stretch of days: those that need somebody first. The city's own
 * office, where its desks are homed, is a hall only if it serves people.
 */
export const readOverview = async (
  database: Database,
  asked: { readonly from: Day; readonly to: Day; readonly area: string },
  now: number,
): Promise<readonly HallLine[]> => {
  const { rows } = await database.query<HallRow>(
    `SELECT c.hall_id, c.name, c.area, c.area_name, c.coverage, h.recorded_at, l.open, l.yellow, l.red, d.counts, x.dispute
     FROM city_cursors c
     JOIN halls h ON h.hall_id = c.hall_id
     CROSS JOIN LATERAL (
       SELECT ARRAY[${SUMS}] AS counts FROM city_days d WHERE d.hall_id = c.hall_id AND d.day BETWEEN $1 AND $2
     ) d
     CROSS JOIN LATERAL (SELECT ${lightsAt("$4")} FROM city_open WHERE hall_id = c.hall_id) l
     LEFT JOIN LATERAL (
       SELECT json_build_object('seq', seq, 'kind', kind, 'seenAt', seen_at) AS dispute FROM relay_disputes
       WHERE hall_id = c.hall_id ORDER BY kind = 'restored', seen_at DESC LIMIT 1
     ) x ON true
     WHERE ($3 = '' OR c.area LIKE $3 || '%')
       AND (NOT h.homed OR EXISTS (SELECT 1 FROM city_days v WHERE v.hall_id = c.hall_id))`,
    [asked.from, asked.to, asked.area, now],
  );
  return inNeed(
    rows.map((row) => {
      const counts = countsOf(row.counts);
      const { hall_id: hallId, name, area, area_name: areaName, open, yellow, red } = row;
      const heardAt = row.recorded_at === 0 ? null : row.recorded_at;
      return {
        hallId,
        name: name === "" ? hallId : name,
        area,
        areaName,
        counts,
        lights: { open, yellow, red },
        ...sharesOf(counts),
        coverage: coverageOf(row.coverage),
        heardAt,
        dispute: row.dispute,
      };
    }),
  );
};

/** One hall day by day, the newest first. */
export const readHallDays = async (
  database: Database,
  hallId: string,
  asked: { readonly from: Day; readonly to: Day },
): Promise<readonly { readonly day: Day; readonly counts: HallCounts }[]> => {
  const { rows } = await database.query<{ day: string; counts: readonly number[] }>(
    `SELECT day, ARRAY[${countNames.map(columnOf).join(", ")}] AS counts FROM city_days
     WHERE hall_id = $1 AND day BETWEEN $2 AND $3 ORDER BY day DESC`,
    [hallId, asked.from, asked.to],
  );
  return rows.map(({ day, counts }) => ({ day, counts: countsOf(counts) }));
};

/** What runs out in one hall, by kind: those with the most red lights first. */
export const readOpenKinds = async (database: Database, hallId: string, now: number): Promise<readonly OpenKind[]> => {
  const { rows } = await database.query<
    Pick<OpenKind, "kind"> & HallLine["lights"] & { readonly oldest: OpenKind["oldestDueAt"] }
  >(
    `SELECT kind, ${lightsAt("$2")}, min(due_at) AS oldest FROM city_open WHERE hall_id = $1
     GROUP BY kind ORDER BY red DESC, yellow DESC, kind`,
    [hallId, now],
  );
  return rows.map(({ kind, open, yellow, red, oldest }) => ({
    kind,
    lights: { open, yellow, red },
    oldestDueAt: oldest,
  }));
};
