import type { DeskMatterLines, MatterKind } from "../../shared/contract/desk-search.ts";
import type { Progress } from "../../shared/domain/case/progress.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import { groupOf, permissions } from "../../shared/domain/identity/permissions.ts";
import { ledgersOf } from "../../shared/domain/ledger/ledgers.ts";
import { seesEntry } from "../../shared/domain/ledger/visible.ts";
import type { Rectification } from "../../shared/domain/rectification/rectification.ts";
import { startOfDay } from "../../shared/domain/deadline/clock.ts";
import type { CenterContext } from "../context.ts";
import type { Device } from "../identity/devices.ts";
import { readEntries } from "../ledgers/read-entries.ts";
import { findOrder } from "../work-orders/order-ledger.ts";

type Line = DeskMatterLines["lines"][number];
type Lines = Promise<readonly Line[] | null>;
type Reads = Pick<CenterContext, "database">;

interface TicketRow {
  readonly ticket_id: string;
  readonly number: string;
  readonly taken_at: number;
  readonly called_at: number | null;
  readonly serving_since: number | null;
  readonly ended_at: number | null;
  readonly counter_id: string | null;
  readonly clerk_id: string | null;
}

const ticketLines = (row: TicketRow): readonly Line[] => {
  const params = { number: row.number, item: "", counter: row.counter_id ?? "–" };
  const line = (at: number | null, key: string, by: string | null): readonly Line[] =>
    at === null ? [] : [{ at, kind: "ticket", key, params, by }];
  const by = row.clerk_id;
  return [
    ...line(row.taken_at, "taken", null),
    ...line(row.called_at, "called", by),
    ...line(row.serving_since, "served", by),
    ...line(row.ended_at, "ended", by),
  ];
};

const readTicket = async ({ database }: Reads, hallId: string, ticketId: string | null): Promise<readonly Line[]> => {
  if (ticketId === null) return [];
  const { rows } = await database.query<TicketRow>("SELECT * FROM tickets WHERE hall_id = $1 AND ticket_id = $2", [
    hallId,
    ticketId,
  ]);
  return rows.flatMap(ticketLines);
};

interface CaseRow {
  readonly progress: string;
  readonly outcome: string | null;
  readonly ticket_id: string | null;
  readonly clerk_id: string | null;
}

/** The cases of one intake, and of the number with which the person came, where the asker may see numbers. */
const caseLines = async (context: Reads, device: Device, id: string): Lines => {
  const { rows } = await context.database.query<CaseRow>(
    `SELECT c.progress, c.outcome, i.ticket_id, i.clerk_id FROM cases one
     JOIN cases c ON c.hall_id = one.hall_id AND c.intake_id = one.intake_id
     JOIN intakes i ON i.hall_id = c.hall_id AND i.intake_id = c.intake_id
     WHERE one.hall_id = $1 AND one.case_id = $2 AND ($3::text IS NULL OR (one.department = $3 AND c.department = $3))`,
    [device.hallId, id, device.department],
  );
  if (rows.length === 0) return null;
  const lines = rows.flatMap(({ progress, outcome, clerk_id: by }) => {
    const { number, itemName: item, steps } = JSON.parse(progress) as Progress;
    return steps.map(({ kind, at, day }): Line => {
      const key = kind === "decided" ? `decided.${outcome ?? "granted"}` : `step.${kind}`;
      const isAtCounter = kind === "received" || kind === "toldMissing";
      const instant = at ?? startOfDay(day ?? "1970-01-01", 480);
      return { at: instant, kind: "case", key, params: { number, item }, by: isAtCounter ? by : null };
    });
  });
  return [
    ...(device.department === null ? await readTicket(context, device.hallId, rows[0]?.ticket_id ?? null) : []),
    ...lines,
  ];
};

const orderLines = async ({ database }: Reads, { hallId, department }: Device, id: string): Lines => {
  const order = await findOrder(database, hallId, id);
  if (!order || (department !== null && order.department !== department)) return null;
  return order.notes.map(({ at, type, by, department: office }) => ({
    at,
    kind: "order",
    key: "orderStep",
    params: { number: order.number, type, department: office ?? "" },
    by,
  }));
};

const reviewLines = async (context: Reads, device: Device, id: string): Lines => {
  if (permissions.rectifications.see[groupOf(device)] === undefined) return null;
  const { rows } = await context.database.query<{ state: string }>(
    "SELECT state FROM rectifications WHERE hall_id = $1 AND rectification_id = $2",
    [device.hallId, id],
  );
  if (!rows[0]) return null;
  const order = JSON.parse(rows[0].state) as Rectification;
  const params = { department: order.department, level: order.level };
  const line = (at: number | null, key: string): readonly Line[] =>
    at === null ? [] : [{ at, kind: "review", key, params, by: null }];
  return [
    ...(await readTicket(context, device.hallId, order.ticketId)),
    ...line(order.openedAt, "orderOpened"),
    ...order.callBacks.flatMap(({ at, outcome }) => line(at, `callBack.${outcome}`)),
    ...line(order.closedAt, "orderClosed"),
  ];
};

const entryLines = async ({ database }: Reads, device: Device, plan: HallPlan | null, id: string): Lines => {
  const entry = (await readEntries(database, device.hallId)).get(id);
  if (!entry || !seesEntry(device, entry)) return null;
  const definition = ledgersOf(plan).get(entry.ledgerId);
  return entry.history.map(({ at, kind, to, by }) => {
    const state = definition?.states.find((each) => each.id === to)?.name ?? to;
    const params = { number: entry.number, ledger: definition?.name ?? entry.ledgerId, state };
    return { at, kind: "entry", key: kind === "amend" ? "entryAmended" : "entryMoved", params, by };
  });
};

/** What happened in a matter of whatever age, oldest first; null: there is none that this desk may see. */
export const readMatter = async (
  context: Reads,
  device: Device,
  plan: HallPlan | null,
  { kind, id }: { readonly kind: MatterKind; readonly id: string },
): Lines => {
  const lines =
    kind === "case"
      ? await caseLines(context, device, id)
      : kind === "order"
        ? await orderLines(context, device, id)
        : kind === "review"
          ? await reviewLines(context, device, id)
          : kind === "entry"
            ? await entryLines(context, device, plan, id)
            : device.department === null
              ? await readTicket(context, device.hallId, id)
              : null;
  return lines === null || lines.length === 0 ? null : [...lines].sort((left, right) => left.at - right.at);
};
