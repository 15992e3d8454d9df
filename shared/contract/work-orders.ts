import { z } from "zod";
import { CALLABLE, CANNOT_WORDS_MAX, CANNOT_WORDS_MIN } from "./cannot-page.ts";
import { orderProblemSchema } from "../domain/work-order/work-order.ts";

/** What the duty desk asks about work orders. All by POST. */
export const DESK_ORDERS_PATH = "/api/desk/work-orders";

/** How to reach somebody about an order; sealed beside the log. */
export const orderContactSchema = z.object({
  name: z.string().trim().max(40),
  phone: z.string().regex(CALLABLE),
});
export type OrderContact = Readonly<z.infer<typeof orderContactSchema>>;

/** What somebody wanted and where it stuck, in their own words. */
const told = {
  problem: orderProblemSchema,
  itemName: z.string().trim().max(200).nullable(),
  words: z.string().trim().min(CANNOT_WORDS_MIN).max(CANNOT_WORDS_MAX),
};

export const cannotRequestSchema = z.object({ orderId: z.uuid(), ...told, contact: orderContactSchema });

/** What 12345 or the on-line hall pushes; PUT with its own number is idempotent. */
export const platformOrderSchema = z.object({
  source: z.enum(["hotline", "onlineHall"]),
  flow: z.string().min(1).max(30).default("government"),
  ...told,
  itemCode: z.string().max(64).nullable().default(null),
  contact: orderContactSchema.nullable().default(null),
});
/** How far an order is, for the platform that sent it. */
export interface PlatformOrder {
  readonly number: string;
  readonly status: string;
  readonly dueAt: number | null;
  readonly answer: string | null;
  readonly turnTo: string | null;
  readonly closedAt: number | null;
}

const day = z.iso.date();
/** Who asks: a desk terminal with somebody signed in. */
const asker = { deviceId: z.string().max(64), secret: z.string().max(128), clerkId: z.string().max(64) };
const orderId = z.string().min(1).max(64);

export const deskOrderWordsSchema = z.object({
  ...asker,
  orderId,
  /** The whole phone number, for the call-back; asked for by itself, and noted. */
  reveals: z.boolean(),
});
export const orderWordsSchema = z.object({
  words: z.string().nullable(),
  contact: z.object({ name: z.string(), phone: z.string() }).nullable(),
});
export type OrderWords = Readonly<z.infer<typeof orderWordsSchema>>;

export const deskOrderFiguresSchema = z.object({ ...asker, from: day, to: day });
export const deskOrderReportSchema = z.object({ ...asker, reportId: z.string().min(1).max(160) });
const oneOrder = z.object({ kind: z.literal("order"), orderId });
const oneReport = z.object({ kind: z.literal("report"), reportId: z.string().min(1).max(160) });
/** One order in the district's template, all of a stretch of days, or a filed report, as a workbook. */
export const deskOrderSheetSchema = z.object({
  ...asker,
  what: z.discriminatedUnion("kind", [
    oneOrder,
    z.object({ kind: z.literal("figures"), from: day, to: day }),
    oneReport,
  ]),
});
/** Filed reports of a stretch of days, without their rows. */
export const deskOrderReportsSchema = z.object({ ...asker, from: day, to: day });
/** One order or a filed report as a paper. */
export const deskOrderPaperSchema = z.object({ ...asker, what: z.discriminatedUnion("kind", [oneOrder, oneReport]) });
export type OrderPaperWish = z.infer<typeof deskOrderPaperSchema>["what"];
export type OrderSheetWish = z.infer<typeof deskOrderSheetSchema>["what"];
