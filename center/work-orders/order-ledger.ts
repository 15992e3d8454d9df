import type pg from "pg";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import {
  workOrderEventVersions,
  isWorkOrderEvent,
  type WorkOrderEventType,
} from "../../shared/domain/work-order/events.ts";
import { evolveWorkOrder } from "../../shared/domain/work-order/evolve.ts";
import type {
  FiledReport,
  OrderReport,
  OrderReportHead,
  ReportCorrection,
} from "../../shared/domain/work-order/filing.ts";
import type { WorkOrder } from "../../shared/domain/work-order/work-order.ts";
import type { Database } from "../db/database.ts";
import type { HallLog } from "../log/hall-log.ts";
import { LogFollower } from "../log/log-follower.ts";
import type { Logger } from "../logger.ts";

const keepOrder = async (client: pg.PoolClient, hallId: string, order: WorkOrder): Promise<void> => {
  await client.query(
    `INSERT INTO work_orders (hall_id, order_id, day, flow, department, item_code, item_name, cause, status, is_on_time, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (hall_id, order_id) DO UPDATE SET flow = excluded.flow, department = excluded.department,
       item_code = excluded.item_code, item_name = excluded.item_name, cause = excluded.cause, status = excluded.status,
       is_on_time = excluded.is_on_time, state = excluded.state`,
    [
      hallId,
      order.id,
      order.openedDay,
      order.flow,
      order.department,
      order.itemCode,
      order.itemName,
      order.answer?.cause ?? null,
      order.status,
      order.answer?.isOnTime ?? null,
      JSON.stringify(order),
    ],
  );
};

const keep = async (client: pg.PoolClient, hallId: string, event: DomainEvent): Promise<void> => {
  if (!isWorkOrderEvent(event)) return;
  switch (event.type) {
    case "WorkOrderNumbered":
    case "WorkOrderLeft":
    case "OrderWeekFiled":
      return;
    case "OrderReportCorrected": {
      const { reportId, text, by } = event.data;
      const correction: ReportCorrection = { at: event.at, text, by };
      await client.query(
        "UPDATE work_order_reports SET corrections = (corrections::jsonb || $3::jsonb)::text WHERE hall_id = $1 AND report_id = $2",
        [hallId, reportId, JSON.stringify([correction])],
      );
      return;
    }
    case "OrderReportFiled": {
      const { report } = event.data;
      await client.query(
        "INSERT INTO work_order_reports (hall_id, report_id, due_at, report) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        [hallId, report.id, report.dueAt, JSON.stringify(report)],
      );
      return;
    }
    default: {
      const order = evolveWorkOrder(await findOrder(client, hallId, event.data.orderId), event);
      if (order) await keepOrder(client, hallId, order);
    }
  }
};

type Reader = Pick<Database, "query"> | pg.PoolClient;

/** An order of whatever age. */
export const findOrder = async (reader: Reader, hallId: string, orderId: string): Promise<WorkOrder | undefined> => {
  const { rows } = await (reader as pg.PoolClient).query<{ state: string }>(
    "SELECT state FROM work_orders WHERE hall_id = $1 AND order_id = $2",
    [hallId, orderId],
  );
  return rows[0] && (JSON.parse(rows[0].state) as WorkOrder);
};

/** The orders raised on days `from` to `to`, oldest first; of one department, or of all. */
export const readOrders = async (
  database: Database,
  hallId: string,
  { from, to }: { readonly from: string; readonly to: string },
  department: string | null,
): Promise<readonly WorkOrder[]> => {
  const { rows } = await database.query<{ state: string }>(
    `SELECT state FROM work_orders WHERE hall_id = $1 AND day BETWEEN $2 AND $3 AND ($4::text IS NULL OR department = $4)
     ORDER BY day, order_id`,
    [hallId, from, to, department],
  );
  return rows.map(({ state }) => JSON.parse(state) as WorkOrder);
};

/** A weekly report word for word as it was filed, with what was added to it. */
export const findReport = async (
  database: Database,
  hallId: string,
  reportId: string,
): Promise<FiledReport | undefined> => {
  const { rows } = await database.query<{ report: string; corrections: string }>(
    "SELECT report, corrections FROM work_order_reports WHERE hall_id = $1 AND report_id = $2",
    [hallId, reportId],
  );
  const [row] = rows;
  return (
    row && {
      ...(JSON.parse(row.report) as OrderReport),
      corrections: JSON.parse(row.corrections) as ReportCorrection[],
    }
  );
};

/** The weekly reports that were due between two instants, the newest first, without their rows; of one department, or all. */
export const readReports = async (
  database: Database,
  hallId: string,
  { from, to }: { readonly from: number; readonly to: number },
  department: string | null,
): Promise<readonly OrderReportHead[]> => {
  const { rows } = await database.query<{ report: string; corrections: string }>(
    "SELECT report, corrections FROM work_order_reports WHERE hall_id = $1 AND due_at BETWEEN $2 AND $3 ORDER BY due_at DESC, report_id",
    [hallId, from, to],
  );
  return rows
    .map(({ report, corrections }): OrderReportHead => {
      const { rows: _rows, ...head } = JSON.parse(report) as OrderReport;
      return { ...head, corrections: JSON.parse(corrections) as ReportCorrection[] };
    })
    .filter((head) => department === null || head.department === department);
};

/** What is kept of the work orders of the halls that are open here. */
export class OrderLedgers {
  private readonly ledgers = new Map<string, LogFollower>();

  constructor(
    private readonly database: Database,
    private readonly log: Logger,
  ) {}

  open(hall: HallLog): LogFollower {
    const { hallId } = hall;
    const ledger = new LogFollower(hall, this.database, this.log, {
      cursors: "work_order_cursors",
      tables: ["work_orders", "work_order_reports"],
      types: Object.keys(workOrderEventVersions) as WorkOrderEventType[],
      keep: (client, _seq, event) => keep(client, hallId, event),
    });
    this.ledgers.set(hallId, ledger);
    return ledger;
  }

  /** Resolves when everything committed before is kept; at once for a hall that is not open. */
  async caughtUp(hallId: string): Promise<void> {
    await this.ledgers.get(hallId)?.caughtUp();
  }
}
