import type pg from "pg";

/** How PostgreSQL would carry a statement out with these values, in its own words. */
export const planOf = async (client: pg.Client, text: string, values: readonly unknown[]): Promise<string> => {
  const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, [...values]);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
};

/** The parts of the log that a plan touches. */
export const logPartsOf = (plan: string): ReadonlySet<string> =>
  new Set([...plan.matchAll(/ on (events_part_\d\d)/g)].map(([, part = ""]) => part));

/** Whether a plan reads a part of the log from its first row to its last. */
export const readsWholeLog = (plan: string): boolean => /Seq Scan on events_part/.test(plan);
