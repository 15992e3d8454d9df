import type { PersonalRecord } from "../../shared/contract/api.ts";
import { mayReveal, type Asker } from "../../shared/domain/identity/permissions.ts";
import type { LedgerEntry } from "../../shared/domain/ledger/entry.ts";
import { seesEntry } from "../../shared/domain/ledger/visible.ts";
import type { CenterContext } from "../context.ts";
import type { Database } from "../db/database.ts";
import type { Device } from "../identity/devices.ts";
import type { StaffAct } from "../../shared/contract/desk-audit.ts";
import { noteActs } from "../identity/staff-audit.ts";
import { readEntries } from "../ledgers/read-entries.ts";

/** What belongs to cases and ledgers; a review's words are not read here. */
const CASE_KINDS: readonly PersonalRecord["kind"][] = ["applicant", "form", "licence"];
const KINDS: readonly PersonalRecord["kind"][] = [...CASE_KINDS, "ledger"];

type Row = { readonly id: string; readonly kind: PersonalRecord["kind"]; readonly box: Buffer | null };

/** Records of cases that a department works on. */
const ofOwnCases = async (database: Database, { hallId, department }: Device, rows: readonly Row[]) => {
  const { rows: own } = await database.query<{ id: string }>(
    `SELECT p.id FROM unnest($2::text[]) AS p(id) WHERE EXISTS (
       SELECT 1 FROM intakes i JOIN cases c ON c.hall_id = i.hall_id AND c.intake_id = i.intake_id
       WHERE i.hall_id = $1 AND c.department = $3 AND p.id IN (i.applicant_id, i.agent_id, i.form_id))`,
    [hallId, rows.map(({ id }) => id), department],
  );
  return new Set(own.map(({ id }) => id));
};

const holds = ({ history }: LedgerEntry, recordId: string): boolean =>
  history.some(({ sealed }) => Object.values(sealed).includes(recordId));

/** Records of entries that a terminal may see; of those that left the state the log tells. */
const ofSeenEntries = async (context: RevealContext, device: Device, rows: readonly Row[]) => {
  const { hall } = await context.halls.get(device.hallId);
  const inState = [...hall.state.ledgerEntries.values()];
  const isHere = rows.every(({ id }) => inState.some((entry) => holds(entry, id)));
  const entries = isHere ? inState : [...(await readEntries(context.database, device.hallId)).values()];
  const seen = entries.filter((entry) => seesEntry(device, entry));
  return new Set(rows.flatMap(({ id }) => (seen.some((entry) => holds(entry, id)) ? [id] : [])));
};

type RevealContext = Pick<CenterContext, "database" | "personal" | "halls">;

/** Which of the records a terminal may read: by the matrix of rights, a department those of its own matters. */
const readable = async (context: RevealContext, device: Device, rows: readonly Row[]): Promise<ReadonlySet<string>> => {
  const asker: Asker = device;
  const ofCases = mayReveal(asker, "cases") ? rows.filter(({ kind }) => CASE_KINDS.includes(kind)) : [];
  const ofLedgers = mayReveal(asker, "ledgers") ? rows.filter(({ kind }) => kind === "ledger") : [];
  const cases =
    device.department === null ? ofCases.map(({ id }) => id) : await ofOwnCases(context.database, device, ofCases);
  const entries = ofLedgers.length === 0 ? [] : await ofSeenEntries(context, device, ofLedgers);
  return new Set([...cases, ...entries]);
};

/**
 * Opens personal records of cases and ledgers for a clerk, and notes who read which of them and why before anything is given out.
 * @returns the values in the order of `ids`; null: erased, unknown, or not for this terminal
 */
export const revealRecords = async (
  context: RevealContext,
  device: Device,
  asked: { readonly clerkId: string; readonly ids: readonly string[]; readonly reason: string },
  now: number,
): Promise<readonly (string | null)[]> => {
  const { database, personal } = context;
  const { hallId } = device;
  const { rows } = await database.query<Row>(
    "SELECT id, kind, box FROM personal WHERE hall_id = $1 AND id = ANY ($2) AND kind = ANY ($3)",
    [hallId, asked.ids, KINDS],
  );
  const allowed = await readable(context, device, rows);
  const found = new Map(rows.filter(({ id }) => allowed.has(id)).map((row) => [row.id, row]));
  const actOf = ({ kind }: Row): StaffAct => (kind === "ledger" ? "ledger.reveal" : "case.reveal");
  await noteActs(
    database,
    { device, clerkId: asked.clerkId },
    [...found.values()].map((row) => ({ act: actOf(row), detail: row.id, reason: asked.reason })),
    now,
  );
  return asked.ids.map((id) => {
    const row = found.get(id);
    return row?.box == null ? null : personal.open(hallId, row, row.box);
  });
};
