import { uuidv7 } from "uuidv7";
import type { PersonalRecord } from "../../shared/contract/api.ts";
import type { Database } from "../db/database.ts";
import type { Device } from "../identity/devices.ts";
import type { PersonalBox } from "../identity/personal.ts";

/** What belongs to cases; a review's words are not read here. */
const CASE_KINDS: readonly PersonalRecord["kind"][] = ["applicant", "form", "licence"];

/**
 * Opens personal records of cases for a clerk, and notes who read which of them and why before anything is given out.
 * A department gets those of intakes with a case of its own.
 * @returns the values in the order of `ids`; null: erased, unknown, or not for this terminal
 */
export const revealRecords = async (
  database: Database,
  personal: PersonalBox,
  device: Pick<Device, "hallId" | "deviceId" | "department">,
  asked: { readonly clerkId: string; readonly ids: readonly string[]; readonly reason: string },
  now: number,
): Promise<readonly (string | null)[]> => {
  const { hallId, deviceId, department } = device;
  const { rows } = await database.query<{ id: string; kind: PersonalRecord["kind"]; box: Buffer | null }>(
    `SELECT p.id, p.kind, p.box FROM personal p
     WHERE p.hall_id = $1 AND p.id = ANY ($2) AND p.kind = ANY ($3) AND ($4::text IS NULL OR EXISTS (
       SELECT 1 FROM intakes i JOIN cases c ON c.hall_id = i.hall_id AND c.intake_id = i.intake_id
       WHERE i.hall_id = $1 AND c.department = $4 AND p.id IN (i.applicant_id, i.agent_id, i.form_id)))`,
    [hallId, asked.ids, CASE_KINDS, department],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const notes = rows.map(({ id }) => ({ id: uuidv7(), record: id }));
  if (notes.length > 0)
    await database.query(
      `INSERT INTO reveals (hall_id, reveal_id, at, device_id, clerk_id, record_id, reason)
       SELECT $1, id, $3, $4, $5, record, $6 FROM json_to_recordset($2::json) AS r(id uuid, record text)`,
      [hallId, JSON.stringify(notes), now, deviceId, asked.clerkId, asked.reason],
    );
  return asked.ids.map((id) => {
    const row = found.get(id);
    return row?.box == null ? null : personal.open(hallId, row, row.box);
  });
};
