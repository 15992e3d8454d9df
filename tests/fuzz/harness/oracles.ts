import { stateDigest } from "../../../shared/domain/hall/digest.ts";
import { verifyLog } from "../../../center/log/verify.ts";
import { readBooks, type Books } from "../../faults/harness/books.ts";
import type { World } from "./world.ts";

/** What the log may say at level "error" when somebody sends nonsense on purpose. */
const EXPECTED_ERRORS: readonly string[] = ["terminal.diverged", "log.epoch_changed"];
const ERROR_LEVEL = 50;

/**
 * Nothing half done: the chain is whole, the log folds to just what the node holds in memory, the read tables have what
 * the state has, and every personal record belongs to an act that was taken. @returns what does not hold
 */
export const findHalfWrites = async (world: World): Promise<string[]> => {
  const { hall, city } = world;
  const open = hall.context.halls.open[0];
  if (!open || hall.hallId === null) return ["the hall is gone"];
  const until = Date.now() + 20_000;
  while (open.hall.waiting > 0 && Date.now() < until) await new Promise((done) => setTimeout(done, 10));
  const { database } = hall.context;
  const faults = (await verifyLog(database, hall.hallId)).faults.map((fault) => `log: ${JSON.stringify(fault)}`);
  const cityFaults = (await verifyLog(city.context.database, hall.hallId)).faults;
  faults.push(...cityFaults.map((fault) => `city's log: ${JSON.stringify(fault)}`));
  const books = await readBooks(hall.databaseUrl, hall.hallId);
  faults.push(...books.faults);
  const { state, head } = open.hall;
  if (books.head === head.seq && stateDigest(books.state) !== stateDigest(state))
    faults.push("the log folds to another hall than the node holds");
  const { rows } = await database.query<{ orphans: number }>(
    `SELECT (SELECT count(*) FROM personal p WHERE NOT EXISTS
              (SELECT 1 FROM events e WHERE e.hall_id = p.hall_id AND e.command_id = p.command_id::text)
              AND NOT EXISTS (SELECT 1 FROM commands c WHERE c.hall_id = p.hall_id AND c.command_id = p.command_id AND c.seq IS NOT NULL)) AS orphans`,
  );
  if (rows[0]?.orphans !== 0) faults.push(`${String(rows[0]?.orphans)} personal records of acts that were not taken`);
  return [...faults, ...(await findOddTickets(world, books))];
};

/** Each ticket once in the read table and as the log has it: one that was taken again under the same id as it was last. */
const findOddTickets = async ({ hall }: World, { events, state }: Books): Promise<string[]> => {
  const { rows } = await hall.context.database.query<{ ticket_id: string; number: string; state: string }>(
    "SELECT ticket_id, number, state FROM tickets",
  );
  const taken = new Set(events.flatMap((event) => (event.type === "TicketTaken" ? event.data.ticketId : [])));
  const kept = new Map(rows.map((row) => [row.ticket_id, `${row.number} ${row.state}`]));
  const faults: string[] = [];
  const missing = [...taken].filter((id) => !kept.has(id));
  if (missing.length > 0 || kept.size !== taken.size)
    faults.push(
      `${String(taken.size)} tickets in the log, ${String(kept.size)} in the table without ${JSON.stringify(missing)}`,
    );
  for (const ticket of state.tickets.values()) {
    const is = `${ticket.number} ${ticket.state}`;
    if (kept.get(ticket.id) !== is)
      faults.push(`ticket ${ticket.id}: log ${is}, table ${kept.get(ticket.id) ?? "none"}`);
  }
  return faults;
};

/** What the log should not hold: failures of the program itself, and anything secret. Empties what was collected. */
export const findInLog = ({ logLines, secrets }: World): string[] => {
  const faults: string[] = [];
  for (const line of logLines.splice(0)) {
    const { level, event } = JSON.parse(line) as { level: number; event?: string };
    if (level >= ERROR_LEVEL && !EXPECTED_ERRORS.includes(event ?? "")) faults.push(`log: ${line.slice(0, 600)}`);
    for (const secret of secrets) if (line.includes(secret)) faults.push(`a secret in the log: ${line.slice(0, 200)}`);
  }
  return faults;
};
