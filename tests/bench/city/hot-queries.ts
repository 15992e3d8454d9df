import type pg from "pg";
import type { Database } from "../../../center/db/database.ts";
import { readHallDays, readOpenKinds, readOverview } from "../../../center/city/read-overview.ts";
import { findHead, findResults, readFedEvents, readRecords } from "../../../center/log/store.ts";
import { logPartsOf, planOf, readsWholeLog } from "../../helpers/query-plan.ts";

interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Lets the program ask what a desk, a feed, a relay and a command ask of one hall and of a district, and has PostgreSQL explain
 * each statement. @returns what is wrong with a plan: more than one part of the log, or a table read from end to end
 */
export const wrongPlans = async (
  client: pg.Client,
  hallId: string,
  year: { readonly from: string; readonly to: string; readonly area: string },
  now: number,
): Promise<{ readonly asked: number; readonly wrong: readonly string[] }> => {
  const asked: Asked[] = [];
  const listening = {
    query: (query: string | { readonly text: string; readonly values?: readonly unknown[] }, values?: unknown[]) => {
      const statement = typeof query === "string" ? { text: query, values } : query;
      asked.push({ text: statement.text, values: statement.values ?? [] });
      return client.query(statement.text, [...(statement.values ?? [])]);
    },
  } as unknown as Database;
  await readOverview(listening, year, now);
  await readHallDays(listening, hallId, year);
  await readOpenKinds(listening, hallId, now);
  const head = (await findHead(listening, hallId))?.seq ?? 0;
  await readFedEvents(listening, hallId, head - 50, head);
  await readRecords(listening, hallId, head - 50, 50);
  await findResults(listening, hallId, ["00000000-0000-7000-8000-000000000001"]);
  const wrong: string[] = [];
  for (const { text, values } of asked) {
    const plan = await planOf(client, text, values);
    const isOfLog = /\bevents\b/.test(text);
    const isWrong =
      readsWholeLog(plan) || (isOfLog && logPartsOf(plan).size !== 1) || /Seq Scan on city_(days|open)/.test(plan);
    if (isWrong) wrong.push(`${text}\n${plan}`);
  }
  return { asked: asked.length, wrong };
};
