import type { Result } from "../../../../shared/basics/result.ts";
import {
  DESK_ORDERS_PATH,
  orderWordsSchema,
  type OrderSheetWish,
  type OrderWords,
} from "../../../../shared/contract/work-orders.ts";
import type { OrderFigures } from "../../../../shared/domain/work-order/figures.ts";
import type { OrderReport } from "../../../../shared/domain/work-order/filing.ts";
import type { Terminal } from "../../../store/terminal.ts";
import { askDesk } from "../ask-desk.ts";
import { deskSheet, keepSheet } from "../keep-sheet.ts";
import { z } from "zod";

/** The node's own answer, made of what it has checked itself. */
const asSent = <T>(): z.ZodType<T> => z.custom<T>((value) => typeof value === "object" && value !== null);

/** The person's own words and how to reach them; `reveals` the whole number. Who looked is noted at the center. */
export const readOrderWords = (
  terminal: Terminal,
  orderId: string,
  reveals: boolean,
): Promise<Result<OrderWords, string>> =>
  askDesk(terminal, `${DESK_ORDERS_PATH}/words`, orderWordsSchema, { orderId, reveals });

export const readOrderFigures = (
  terminal: Terminal,
  days: { readonly from: string; readonly to: string },
): Promise<Result<OrderFigures, string>> =>
  askDesk(terminal, `${DESK_ORDERS_PATH}/figures`, asSent<OrderFigures>(), days);

export const readOrderReport = (terminal: Terminal, reportId: string): Promise<Result<OrderReport, string>> =>
  askDesk(terminal, `${DESK_ORDERS_PATH}/report`, asSent<OrderReport>(), { reportId });

/** Fetches a workbook and lets the person keep it. @returns whether it was kept */
export const exportOrders = async (
  terminal: Terminal,
  what: OrderSheetWish,
  name: string,
): Promise<Result<boolean, string>> => {
  const sheet = await deskSheet(terminal, `${DESK_ORDERS_PATH}/sheet`, { what });
  return sheet.ok ? keepSheet(sheet.value, `${name}.xlsx`) : sheet;
};
