import { dayOf } from "../../shared/basics/time.ts";
import type { DeskFound, FoundBefore } from "../../shared/contract/desk-search.ts";
import { groupOf, permissions, type Matter } from "../../shared/domain/identity/permissions.ts";
import { seesEntry } from "../../shared/domain/ledger/visible.ts";
import type { CenterContext } from "../context.ts";
import type { Device } from "../identity/devices.ts";
import { readEntries } from "../ledgers/read-entries.ts";

/** The most that is told at once. */
const MOST = 60;
/** So far east of Greenwich all halls are. */
const OFFSET = 480;

type Reads = Pick<CenterContext, "database">;
type Rows = Promise<readonly FoundBefore[]>;

const sees = (device: Device, matter: Matter): boolean => permissions[matter].see[groupOf(device)] !== undefined;

/** Literal in a LIKE pattern. */
const patternOf = (typed: string): string => `%${typed.replaceAll(/[\\%_]/g, "\\$&")}%`;

const tickets = async ({ database }: Reads, { hallId }: Device, pattern: string): Rows => {
  const { rows } = await database.query<{ ticket_id: string; number: string; day: string; item_code: string | null }>(
    `SELECT ticket_id, number, day, item_code FROM tickets WHERE hall_id = $1 AND number ILIKE $2
     ORDER BY day DESC, number LIMIT $3`,
    [hallId, pattern, MOST],
  );
  return rows.map(({ ticket_id: id, number, day, item_code: code }) => ({
    kind: "ticket" as const,
    id,
    number,
    day,
    about: code ?? "",
  }));
};

const cases = async ({ database }: Reads, { hallId, department }: Device, pattern: string): Rows => {
  const { rows } = await database.query<{ case_id: string; number: string; item_name: string; opened_at: number }>(
    `SELECT c.case_id, c.number, c.item_name, i.opened_at FROM cases c
     JOIN intakes i ON i.hall_id = c.hall_id AND i.intake_id = c.intake_id
     WHERE c.hall_id = $1 AND ($3::text IS NULL OR c.department = $3)
       AND (c.number ILIKE $2 OR i.number ILIKE $2 OR c.platform_no ILIKE $2 OR c.item_name ILIKE $2 OR c.department ILIKE $2)
     ORDER BY i.opened_at DESC LIMIT $4`,
    [hallId, pattern, department, MOST],
  );
  return rows.map(({ case_id: id, number, item_name: about, opened_at: at }) => ({
    kind: "case" as const,
    id,
    number,
    about,
    day: dayOf(at, OFFSET),
  }));
};

const workOrders = async ({ database }: Reads, { hallId, department }: Device, pattern: string): Rows => {
  const { rows } = await database.query<{ order_id: string; day: string; number: string; about: string | null }>(
    `SELECT order_id, day, state::jsonb ->> 'number' AS number, coalesce(item_name, department) AS about FROM work_orders
     WHERE hall_id = $1 AND ($3::text IS NULL OR department = $3)
       AND (state::jsonb ->> 'number' ILIKE $2 OR state::jsonb ->> 'externalId' ILIKE $2 OR item_name ILIKE $2 OR department ILIKE $2)
     ORDER BY day DESC LIMIT $4`,
    [hallId, pattern, department, MOST],
  );
  return rows.map(({ order_id: id, day, number, about }) => ({
    kind: "order" as const,
    id,
    number,
    day,
    about: about ?? "",
  }));
};

const rectifications = async ({ database }: Reads, { hallId }: Device, pattern: string): Rows => {
  const { rows } = await database.query<{ id: string; day: string; number: string | null; about: string | null }>(
    `SELECT rectification_id AS id, day, state::jsonb ->> 'number' AS number, state::jsonb ->> 'department' AS about FROM rectifications
     WHERE hall_id = $1 AND (state::jsonb ->> 'number' ILIKE $2 OR state::jsonb ->> 'itemName' ILIKE $2 OR state::jsonb ->> 'department' ILIKE $2)
     ORDER BY day DESC LIMIT $3`,
    [hallId, pattern, MOST],
  );
  return rows.map(({ id, day, number, about }) => ({
    kind: "review" as const,
    id,
    number: number ?? "–",
    day,
    about: about ?? "",
  }));
};

const entries = async ({ database }: Reads, device: Device, typed: string): Rows => {
  const wanted = typed.toLowerCase();
  return [...(await readEntries(database, device.hallId)).values()]
    .filter(
      (entry) =>
        seesEntry(device, entry) &&
        [entry.number, entry.department ?? "", ...Object.values(entry.values).map(String)].some((text) =>
          text.toLowerCase().includes(wanted),
        ),
    )
    .reverse()
    .slice(0, MOST)
    .map(({ id, number, openedDay: day, department }) => ({
      kind: "entry" as const,
      id,
      number,
      day,
      about: department ?? "",
    }));
};

/**
 * Everything of the hall that a desk may see, of whatever age, whose number, item or department has what was typed: what was meant
 * by its number first, then the newest.
 */
export const findBefore = async (context: Reads, device: Device, typed: string): Promise<DeskFound> => {
  const pattern = patternOf(typed);
  const lists = await Promise.all([
    sees(device, "queue") && device.department === null ? tickets(context, device, pattern) : [],
    sees(device, "cases") ? cases(context, device, pattern) : [],
    sees(device, "workOrders") ? workOrders(context, device, pattern) : [],
    sees(device, "rectifications") ? rectifications(context, device, pattern) : [],
    sees(device, "ledgers") ? entries(context, device, typed) : [],
  ]);
  const wanted = typed.toLowerCase();
  const rank = ({ number }: FoundBefore): number => Number(number.toLowerCase() !== wanted);
  const all = lists
    .flat()
    .sort((left, right) => rank(left) - rank(right) || (left.day > right.day ? -1 : left.day < right.day ? 1 : 0));
  return { found: all.slice(0, MOST), isCut: all.length > MOST };
};
