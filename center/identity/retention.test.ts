import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { verifyLog } from "../log/verify.ts";
import { eraseOld, eraseRecord, retentionSchema } from "./retention.ts";

const DAY = 86_400_000;
let center: TestCenter;
let hallId: string;
const now = Date.now();

beforeAll(async () => {
  center = await startCenter();
  hallId = center.hallId ?? "";
});
afterAll(() => center.stop());

const put = async (id: string, kind: "reviewPhone" | "applicant", days: number): Promise<void> => {
  const box = Buffer.from(center.context.personal.seal(hallId, { id, kind, value: "13900001234" }), "base64");
  await center.context.database.query(
    "INSERT INTO personal (hall_id, id, kind, command_id, box, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)",
    [hallId, id, kind, uuidv7(), box, now - days * DAY],
  );
};
const left = async (): Promise<string[]> => {
  const { rows } = await center.context.database.query<{ id: string }>(
    "SELECT id FROM personal WHERE box IS NOT NULL ORDER BY id",
  );
  return rows.map(({ id }) => id);
};

it("erases what is past its time and nothing else, says so once, and leaves the log whole", async () => {
  const { database } = center.context;
  for (const [id, days] of [["a-old", 181] as const, ["b-young", 179] as const]) await put(id, "reviewPhone", days);
  await put("c-applicant", "applicant", 4_000);
  expect(await eraseOld(database, hallId, { reviewPhone: 180 }, now)).toEqual({ reviewPhone: 1 });
  expect(await left()).toEqual(["b-young", "c-applicant"]);
  expect(await eraseOld(database, hallId, { reviewPhone: 180 }, now)).toEqual({});

  expect(await eraseRecord(database, hallId, "c-applicant", "asked for it in writing, 2026-11-22", now)).toBe(true);
  expect(await eraseRecord(database, hallId, "c-applicant", "again", now)).toBe(false);
  expect(await left()).toEqual(["b-young"]);
  const { rows } = await database.query("SELECT kind, records, reason FROM erasures ORDER BY erasure_id");
  expect(rows).toEqual([
    { kind: "reviewPhone", records: 1, reason: "older than 180 days" },
    { kind: "applicant", records: 1, reason: "asked for it in writing, 2026-11-22" },
  ]);
  await expect(database.query("DELETE FROM erasures")).rejects.toThrow("permission denied");
  expect((await verifyLog(database, hallId)).faults).toEqual([]);
});

it("erases thousands in steps", async () => {
  await center.context.database.query(
    `INSERT INTO personal (hall_id, id, kind, command_id, box, recorded_at)
     SELECT $1, 'many-' || n, 'contact', gen_random_uuid(), '\\x00', 0 FROM generate_series(1, 2500) n`,
    [hallId],
  );
  expect(await eraseOld(center.context.database, hallId, { contact: 30 }, now)).toEqual({ contact: 2_500 });
});

it("takes no rule for a kind that is none, and no time of nothing", () => {
  expect(retentionSchema.safeParse({ reviewPhone: 180, contact: 30 }).success).toBe(true);
  expect(retentionSchema.safeParse({ phone: 180 }).success).toBe(false);
  expect(retentionSchema.safeParse({ contact: 0 }).success).toBe(false);
});
