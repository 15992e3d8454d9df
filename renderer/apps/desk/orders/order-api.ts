import type { Result } from "../../../../shared/basics/result.ts";
import {
  DESK_ORDERS_PATH,
  orderWordsSchema,
  type OrderPaperWish,
  type OrderSheetWish,
  type OrderWords,
} from "../../../../shared/contract/work-orders.ts";
import type { OrderFigures } from "../../../../shared/domain/work-order/figures.ts";
import { documentSchema, type PaperDocument } from "../../../../shared/domain/document/document.ts";
import type { FiledReport, OrderReportHead } from "../../../../shared/domain/work-order/filing.ts";
import { printPaper, savePaper, type Said } from "../paper-acts.ts";
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

export const readOrderReport = (terminal: Terminal, reportId: string): Promise<Result<FiledReport, string>> =>
  askDesk(terminal, `${DESK_ORDERS_PATH}/report`, asSent<FiledReport>(), { reportId });

/** The reports filed on days `from` to `to`, also those that left the desk's own copy. */
export const readOrderReports = (
  terminal: Terminal,
  days: { readonly from: string; readonly to: string },
): Promise<Result<{ readonly reports: readonly OrderReportHead[] }, string>> =>
  askDesk(terminal, `${DESK_ORDERS_PATH}/reports`, asSent<{ readonly reports: readonly OrderReportHead[] }>(), days);

const paperFor = (terminal: Terminal, what: OrderPaperWish): Promise<Result<PaperDocument, string>> =>
  askDesk(terminal, `${DESK_ORDERS_PATH}/paper`, documentSchema, { what });

/** Prints an order or a filed report. @param own the paper as this terminal can make it by itself when the node is away */
export const printOrderPaper = async (terminal: Terminal, what: OrderPaperWish, own?: PaperDocument): Promise<Said> => {
  const paper = await paperFor(terminal, what);
  const document = paper.ok ? paper.value : own;
  if (document === undefined) return "orders:paper.failed";
  return printPaper(terminal, document);
};

/** Keeps an order or a filed report as PDF. It comes from the node, which notes that it was taken out. */
export const saveOrderPaper = async (terminal: Terminal, what: OrderPaperWish): Promise<Said> => {
  const paper = await paperFor(terminal, what);
  if (!paper.ok) return "orders:paper.failed";
  return savePaper(terminal, paper.value);
};

/** Fetches a workbook and lets the person keep it. @returns whether it was kept */
export const exportOrders = async (
  terminal: Terminal,
  what: OrderSheetWish,
  name: string,
): Promise<Result<boolean, string>> => {
  const sheet = await deskSheet(terminal, `${DESK_ORDERS_PATH}/sheet`, { what });
  return sheet.ok ? keepSheet(sheet.value, `${name}.xlsx`) : sheet;
};
