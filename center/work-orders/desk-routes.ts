import type { FastifyInstance } from "fastify";
import { addDays, dayOf } from "../../shared/basics/time.ts";
import type { PersonalRecord } from "../../shared/contract/api.ts";
import {
  DESK_ORDERS_PATH,
  deskOrderFiguresSchema,
  deskOrderPaperSchema,
  deskOrderReportSchema,
  deskOrderReportsSchema,
  deskOrderSheetSchema,
  deskOrderWordsSchema,
  orderContactSchema,
  type OrderWords,
} from "../../shared/contract/work-orders.ts";
import { endOfDay, startOfDay } from "../../shared/domain/deadline/clock.ts";
import type { PaperDocument } from "../../shared/domain/document/document.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import { groupOf, mayReveal, mayTake, permissions } from "../../shared/domain/identity/permissions.ts";
import { orderFiguresOf, type OrderFigures } from "../../shared/domain/work-order/figures.ts";
import type { FiledReport, OrderReportHead } from "../../shared/domain/work-order/filing.ts";
import { orderPaper, reportPaper } from "../../shared/domain/work-order/paper.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import type { Device } from "../identity/devices.ts";
import { readSealedText } from "../identity/sealed-text.ts";
import { noteAct } from "../identity/staff-audit.ts";
import { deskAsker, maskPhone, parseBody, perDesk } from "../reviews/desk-routes.ts";
import { findOrder, findReport, readOrders, readReports } from "./order-ledger.ts";
import { figuresSheet, orderSheet, reportSheet } from "./order-sheets.ts";

/** The longest stretch of days that is read at once. */
const DAYS_MAX = 400;

const seesOrders = (asker: Device): boolean => permissions.workOrders.see[groupOf(asker)] !== undefined;

const checkRange = ({ from, to }: { readonly from: string; readonly to: string }): void => {
  if (from > to || addDays(from, DAYS_MAX) < to) throw apiError("bad_request", { field: "from" });
};

/** What the desk asks about work orders. A department gets its own orders and reports; who looked at a person's data is noted. */
export const deskOrderRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock } = context;

  const read = async (hallId: string, id: string | null, kind: PersonalRecord["kind"]): Promise<string | null> => {
    if (id === null) return null;
    const { rows } = await database.query<{ box: Buffer | null }>(
      "SELECT box FROM personal WHERE hall_id = $1 AND id = $2 AND kind = $3",
      [hallId, id, kind],
    );
    const box = rows[0]?.box;
    return box ? context.personal.open(hallId, { id, kind }, box) : null;
  };
  const orderFor = async ({ hallId, department }: Device, orderId: string) => {
    await context.orderLedgers.caughtUp(hallId);
    const order = await findOrder(database, hallId, orderId);
    if (!order || (department !== null && order.department !== department)) throw apiError("not_found");
    return order;
  };
  const reportFor = async ({ hallId, department }: Device, reportId: string): Promise<FiledReport> => {
    await context.orderLedgers.caughtUp(hallId);
    const report = await findReport(database, hallId, reportId);
    if (!report || (department !== null && report.department !== department)) throw apiError("not_found");
    return report;
  };
  const planOf = async ({ hallId }: Device): Promise<HallPlan> => {
    const { plan } = (await context.halls.get(hallId)).hall;
    if (plan === null) throw apiError("unavailable");
    return plan;
  };
  const nameOfClerk = async (hallId: string, clerkId: string): Promise<string> => {
    const { rows } = await database.query<{ name: string }>(
      "SELECT name FROM clerks WHERE hall_id = $1 AND clerk_id = $2",
      [hallId, clerkId],
    );
    return rows[0]?.name ?? "";
  };
  const ordersOf = async ({ hallId, department }: Device, days: { from: string; to: string }) => {
    checkRange(days);
    await context.orderLedgers.caughtUp(hallId);
    return readOrders(database, hallId, days, department);
  };

  app.post(`${DESK_ORDERS_PATH}/words`, { config: perDesk }, async (request): Promise<OrderWords> => {
    const body = parseBody(deskOrderWordsSchema, request.body);
    const device = await deskAsker(context, body, (asker) => mayReveal(asker, "workOrders"));
    const order = await orderFor(device, body.orderId);
    const act = body.reveals ? "order.contact" : "order.words";
    await noteAct(database, device, body.clerkId, act, order.id, clock());
    const words = await read(device.hallId, order.wordsId, "orderWords");
    const kept = await read(device.hallId, order.contactId, "orderContact");
    const contact = kept === null ? undefined : readSealedText(orderContactSchema, kept);
    if (contact === undefined) return { words, contact: null };
    const { name, phone } = contact;
    return {
      words,
      contact: body.reveals ? { name, phone } : { name: `${name.slice(0, 1)}*`, phone: maskPhone(phone) },
    };
  });

  app.post(`${DESK_ORDERS_PATH}/figures`, { config: perDesk }, async (request): Promise<OrderFigures> => {
    const body = parseBody(deskOrderFiguresSchema, request.body);
    return orderFiguresOf(await ordersOf(await deskAsker(context, body, seesOrders), body), clock());
  });

  app.post(`${DESK_ORDERS_PATH}/report`, { config: perDesk }, async (request): Promise<FiledReport> => {
    const body = parseBody(deskOrderReportSchema, request.body);
    return reportFor(await deskAsker(context, body, seesOrders), body.reportId);
  });

  app.post(
    `${DESK_ORDERS_PATH}/reports`,
    { config: perDesk },
    async (request): Promise<{ reports: readonly OrderReportHead[] }> => {
      const body = parseBody(deskOrderReportsSchema, request.body);
      const device = await deskAsker(context, body, seesOrders);
      checkRange(body);
      await context.orderLedgers.caughtUp(device.hallId);
      const { utcOffsetMinutes } = await planOf(device);
      const days = { from: startOfDay(body.from, utcOffsetMinutes), to: endOfDay(body.to, utcOffsetMinutes) };
      return { reports: await readReports(database, device.hallId, days, device.department) };
    },
  );

  app.post(`${DESK_ORDERS_PATH}/paper`, { config: perDesk }, async (request): Promise<PaperDocument> => {
    const body = parseBody(deskOrderPaperSchema, request.body);
    const device = await deskAsker(context, body, (asker) => mayTake(asker, "workOrders"));
    const plan = await planOf(device);
    const { what } = body;
    const now = clock();
    const today = dayOf(now, plan.utcOffsetMinutes);
    const paper =
      what.kind === "order"
        ? orderPaper(await orderFor(device, what.orderId), plan, await nameOfClerk(device.hallId, body.clerkId), today)
        : reportPaper(await reportFor(device, what.reportId), plan);
    const name = what.kind === "order" ? what.orderId : what.reportId;
    await noteAct(database, device, body.clerkId, "order.export", `${what.kind} paper ${name}`, now);
    return paper;
  });

  app.post(`${DESK_ORDERS_PATH}/sheet`, { config: perDesk }, async (request, reply) => {
    const body = parseBody(deskOrderSheetSchema, request.body);
    const device = await deskAsker(context, body, (asker) => mayTake(asker, "workOrders"));
    const plan = await planOf(device);
    const { what } = body;
    const now = clock();
    const sheet =
      what.kind === "order"
        ? await orderSheet(await orderFor(device, what.orderId), plan)
        : what.kind === "report"
          ? await reportSheet(await reportFor(device, what.reportId), plan)
          : await figuresSheet(await ordersOf(device, what), what, plan, now);
    const name =
      what.kind === "order" ? what.orderId : what.kind === "report" ? what.reportId : `${what.from}..${what.to}`;
    // Noted before it leaves: an export that nobody noted must not exist.
    await noteAct(database, device, body.clerkId, "order.export", `${what.kind} ${name}`, now);
    return reply
      .type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
      .header("cache-control", "no-store")
      .send(sheet);
  });
};
