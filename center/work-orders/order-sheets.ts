import { fillText } from "../../shared/basics/fill-text.ts";
import { dayOf } from "../../shared/basics/time.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import { orderFiguresOf, type OrderCount } from "../../shared/domain/work-order/figures.ts";
import type { FiledReport } from "../../shared/domain/work-order/filing.ts";
import {
  orderForm,
  orderTexts as texts,
  reportPeriod,
  reportTitle,
  rowStatus,
  timeText,
} from "../../shared/domain/work-order/paper.ts";
import { workOrderRulesOf } from "../../shared/domain/work-order/rules.ts";
import type { WorkOrder } from "../../shared/domain/work-order/work-order.ts";
import { bold, workbook, type Cell, type Sheet } from "../sheets/workbook.ts";

const widths = (...each: readonly number[]): Pick<Sheet, "columns"> => ({ columns: each.map((width) => ({ width })) });

/** One order in the district's template. */
export const orderSheet = (order: WorkOrder, plan: HallPlan): Promise<Buffer> => {
  const form = orderForm(order, plan);
  const pairs = (fields: readonly (readonly [string, string])[]): Cell[][] => {
    const rows: Cell[][] = [];
    for (let at = 0; at < fields.length; at += 2)
      rows.push(fields.slice(at, at + 2).flatMap(([label, value]): Cell[] => [bold(label), value]));
    return rows;
  };
  return workbook([
    {
      sheet: form.number,
      ...widths(22, 40, 18, 40),
      data: [
        [bold(form.title, 4)],
        [bold(plan.name), null, null, form.number],
        ...pairs(form.header),
        ...pairs(form.stats),
        [],
        form.rows.map(([label]) => bold(label)),
        form.rows.map(([, value]) => value),
        [],
        ...form.footer.map(([label, value]): Cell[] => [bold(label), value]),
        [bold(form.cc[0]), form.cc[1]],
        [],
        [bold(texts.course)],
        ...form.course.map((row): Cell[] => [...row]),
      ],
    },
  ]);
};

/** A weekly report word for word as it was filed, and after it what was found wrong in it. */
export const reportSheet = (report: FiledReport, plan: HallPlan): Promise<Buffer> => {
  const { report: names, rows: columns } = texts;
  const day = (ms: number): string => dayOf(ms, plan.utcOffsetMinutes);
  return workbook([
    {
      sheet: day(report.dueAt),
      ...widths(14, 18, 30, 40, 20, 12, 14, 10),
      data: [
        [bold(reportTitle(report), 8)],
        [
          bold(plan.name),
          null,
          reportPeriod(report, plan),
          null,
          names.dueAt,
          timeText(report.dueAt, plan),
          names.filedAt,
          timeText(report.filedAt, plan),
        ],
        (["raised", "closed", "open", "overdue", "supervised"] as const).flatMap((key): Cell[] => [
          bold(names[key]),
          report.totals[key],
        ]),
        [],
        [
          columns.number,
          columns.openedAt,
          columns.item,
          columns.problem,
          names.departmentName,
          names.status,
          names.dueDay,
          names.supervised,
        ].map((name) => bold(name)),
        ...report.rows.map((row): Cell[] => [
          row.number,
          timeText(row.openedAt, plan),
          row.itemName ?? "–",
          row.summary ?? "–",
          row.department ?? texts.pending,
          rowStatus(row),
          row.dueAt === null ? texts.paused : day(row.dueAt),
          row.isSupervised ? texts.yes : texts.no,
        ]),
        ...(report.corrections.length === 0 ? [] : [[], [bold(names.corrections, 8)]]),
        ...report.corrections.map(({ at, text }): Cell[] => [timeText(at, plan), null, text]),
      ],
    },
  ]);
};

/** What the orders of some days say together, and the list of them. */
export const figuresSheet = (
  orders: readonly WorkOrder[],
  days: { readonly from: string; readonly to: string },
  plan: HallPlan,
  now: number,
): Promise<Buffer> => {
  const { figures: names, report } = texts;
  const figures = orderFiguresOf(orders, now);
  const causes = new Map(workOrderRulesOf(plan).causes.map(({ id, name }) => [id, name]));
  const head = [names.name, report.raised, report.closed, names.onTime, report.overdue].map((name) => bold(name));
  const row = (name: string, of: OrderCount): Cell[] => [name, of.raised, of.closed, of.onTime, of.overdue];
  const group = (sheet: string, counts: readonly OrderCount[], nameOf: (count: OrderCount) => string) => ({
    sheet,
    ...widths(40, 12, 12, 12, 12),
    data: [head, ...counts.map((count) => row(nameOf(count), count))],
  });
  return workbook([
    {
      sheet: names.all,
      ...widths(40, 12, 12, 12, 12),
      data: [
        [bold(plan.name), bold(fillText(report.period, days))],
        head,
        row(names.all, figures.all),
        [names.online, figures.online],
        [names.outOfScope, figures.outOfScope],
        [report.supervised, figures.supervised],
      ],
    },
    group(names.byDepartment, figures.byDepartment, ({ key }) => key),
    group(names.byItem, figures.byItem, ({ key, name }) => name ?? key),
    group(names.byCause, figures.byCause, ({ key }) => causes.get(key) ?? key),
    group(names.byProblem, figures.byProblem, ({ key }) => texts.problems[key as keyof typeof texts.problems]),
    {
      sheet: names.guide,
      ...widths(40, 24, 8, 60, 14, 60),
      data: [
        [texts.rows.item, names.cause, names.count, names.change, names.doneDay, names.done].map((name) => bold(name)),
        ...figures.guideFaults.flatMap((fault) =>
          fault.changes.map(({ change, openOrders, done }): Cell[] => [
            fault.itemName ?? "–",
            causes.get(fault.cause) ?? fault.cause,
            fault.orders.length,
            change,
            openOrders.length > 0 || done === null ? names.notDone : dayOf(done.at, plan.utcOffsetMinutes),
            done?.what ?? "",
          ]),
        ),
      ],
    },
    {
      sheet: names.list,
      ...widths(14, 18, 30, 40, 20, 12, 40),
      data: [
        [
          texts.rows.number,
          texts.rows.openedAt,
          texts.rows.item,
          texts.rows.problem,
          report.departmentName,
          report.status,
          texts.rows.refused,
        ].map((name) => bold(name)),
        ...orders.map((order): Cell[] => [
          order.number,
          timeText(order.openedAt, plan),
          order.itemName ?? "–",
          order.summary ?? "–",
          order.department ?? texts.pending,
          texts.statuses[order.status],
          order.asked?.reason ?? texts.problems[order.problem],
        ]),
      ],
    },
  ]);
};
