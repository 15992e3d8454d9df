import { fillText } from "../../basics/fill-text.ts";
import { clockOf, dayOf } from "../../basics/time.ts";
import type { Block, PaperDocument } from "../document/document.ts";
import { hallPaper } from "../document/hall-paper.ts";
import type { HallPlan } from "../hall/plan.ts";
import { dueDayOf } from "./clock.ts";
import type { FiledReport, OrderReport, ReportRow } from "./filing.ts";
import texts from "./paper-texts.zh-CN.json" with { type: "json" };
import { workOrderRulesOf } from "./rules.ts";
import { isOnline, type WorkOrder } from "./work-order.ts";

/** The words of the district's papers; they are in Chinese wherever the screen is not. */
export const orderTexts = texts;

type Field = readonly [label: string, value: string];

/** The district's template of a work order, filled in: for the workbook and for the printed paper alike. */
export interface OrderForm {
  readonly title: string;
  readonly number: string;
  readonly header: readonly Field[];
  readonly stats: readonly Field[];
  readonly rows: readonly Field[];
  readonly footer: readonly Field[];
  readonly cc: Field;
  /** When, what, by which department, and what was written. */
  readonly course: readonly (readonly [string, string, string, string])[];
}

/** A time of the hall as papers write it. */
export const timeText = (ms: number, plan: HallPlan): string =>
  `${dayOf(ms, plan.utcOffsetMinutes)} ${clockOf(ms, plan.utcOffsetMinutes)}`;

const limitText = (order: WorkOrder, plan: HallPlan): string => {
  if (order.solve === null) return texts.pending;
  const day = dueDayOf(plan, order.solve);
  return day === null ? texts.paused : fillText(texts.workdays, { days: order.solve.days, day });
};

const actText = (type: string): string => (texts.acts as Readonly<Record<string, string>>)[type] ?? type;

/**
 * Fills in the template.
 * @param filledBy who fills it in, by name; left open where nobody is named
 */
export const orderForm = (order: WorkOrder, plan: HallPlan, filledBy = ""): OrderForm => {
  const { header, stats, rows, footer } = texts;
  const flow = workOrderRulesOf(plan).flows.find(({ id }) => id === order.flow);
  const lead = plan.settings.rectification.leadDepartment;
  return {
    title: texts.title,
    number: fillText(texts.number, { number: order.number }),
    header: [
      [header.filledBy, filledBy],
      [header.phone, ""],
      [header.receiver, order.department ?? texts.pending],
      [header.department, lead],
      [header.area, flow?.name ?? order.flow],
    ],
    stats: [
      [stats.channel, isOnline(order.channel) ? texts.channel.online : texts.channel.offline],
      [stats.items, "1"],
      [stats.record, order.wordsId === null ? texts.record.none : texts.record.attached],
    ],
    rows: [
      [rows.number, fillText(texts.number, { number: order.number })],
      [rows.openedAt, timeText(order.openedAt, plan)],
      [rows.item, order.itemName ?? "–"],
      [rows.refused, order.asked?.reason ?? texts.problems[order.problem]],
      [rows.problem, order.summary ?? "–"],
      [rows.limit, limitText(order, plan)],
    ],
    footer: [
      [footer.city, order.city === null ? texts.no : fillText(texts.reported, { reason: order.city.reason })],
      [footer.wishes, order.notes.findLast(({ type }) => type === "WorkOrderDispatched")?.text ?? ""],
    ],
    cc: [texts.cc, order.level === 1 || order.supervision !== null ? lead : ""],
    course: order.notes.map(({ type, at, department, text }) => [
      timeText(at, plan),
      actText(type),
      department ?? "",
      text ?? "",
    ]),
  };
};

const FIELDS_MAX = 4_000;
const TABLE_ROWS_MAX = 300;

const fieldsBlock = (rows: readonly Field[]): Block => ({
  kind: "fields",
  rows: rows.map(([label, value]): [string, string] => [label, value]),
});

/** A table of any length: nothing is left out, a long one goes on in the next. */
const tableBlocks = (head: readonly string[], rows: readonly (readonly string[])[]): readonly Block[] =>
  Array.from({ length: Math.max(1, Math.ceil(rows.length / TABLE_ROWS_MAX)) }, (_, index) => ({
    kind: "table",
    head: [...head],
    rows: rows
      .slice(index * TABLE_ROWS_MAX, (index + 1) * TABLE_ROWS_MAX)
      .map((row) => row.map((cell) => cell.slice(0, FIELDS_MAX))),
  }));

/** What all papers of this matter have in common. */
const paperOf = (
  plan: HallPlan,
  own: Pick<PaperDocument, "kind" | "template" | "title" | "titleEn" | "number" | "blocks" | "date"> & {
    readonly seal: string;
  },
): PaperDocument => {
  const { seal, ...rest } = own;
  return hallPaper(plan, { ...rest, signatures: [{ place: "hall", label: seal, after: "" }], progress: null });
};

/** The template as a paper for the printer. */
export const orderPaper = (order: WorkOrder, plan: HallPlan, filledBy: string, today: string): PaperDocument => {
  const form = orderForm(order, plan, filledBy);
  return paperOf(plan, {
    kind: "workOrder",
    template: "work-order-1",
    title: form.title,
    titleEn: texts.titleEn,
    number: form.number,
    blocks: [
      fieldsBlock([...form.header, ...form.stats]),
      fieldsBlock(form.rows),
      { kind: "heading", text: texts.course },
      ...tableBlocks(texts.courseHead, form.course),
      fieldsBlock([...form.footer, form.cc]),
    ],
    seal: texts.seal,
    date: today,
  });
};

/** What a report is called on paper. */
export const reportTitle = ({ department }: Pick<OrderReport, "department">): string =>
  department === null ? texts.report.lead : fillText(texts.report.department, { department });

/** The days that a report tells of. */
export const reportPeriod = ({ from, dueAt }: Pick<OrderReport, "from" | "dueAt">, plan: HallPlan): string => {
  const day = (ms: number): string => dayOf(ms, plan.utcOffsetMinutes);
  const to = day(dueAt);
  return from === 0
    ? fillText(texts.report.periodFirst, { to })
    : fillText(texts.report.period, { from: day(from), to });
};

/** How an order stands in a report's row. */
export const rowStatus = (row: ReportRow): string =>
  texts.statuses[row.status] + (row.light === null ? "" : `（${texts.lights[row.light]}）`);

/** A weekly report as a paper: word for word as it was filed, and after it what was found wrong in it. */
export const reportPaper = (report: FiledReport, plan: HallPlan): PaperDocument => {
  const { report: names } = texts;
  const kind = report.department === null ? "lead" : "department";
  const day = (ms: number): string => dayOf(ms, plan.utcOffsetMinutes);
  const totals = ["raised", "closed", "open", "overdue", "supervised"] as const;
  const rows = report.rows.map((row) => [
    row.number,
    day(row.openedAt),
    [row.itemName, row.summary].filter((text) => text !== null).join("：") || "–",
    row.department ?? texts.pending,
    rowStatus(row) + (row.isSupervised ? `、${names.supervised}` : ""),
    row.dueAt === null ? texts.paused : day(row.dueAt),
  ]);
  return paperOf(plan, {
    kind: "orderReport",
    template: "order-report-1",
    title: reportTitle(report),
    titleEn: names.titleEn[kind],
    number: fillText(names.number, { day: day(report.dueAt) }),
    blocks: [
      fieldsBlock([
        [names.periodName, reportPeriod(report, plan)],
        [names.dueAt, timeText(report.dueAt, plan)],
        [names.filedAt, timeText(report.filedAt, plan)],
      ]),
      { kind: "heading", text: names.totals },
      ...tableBlocks(
        totals.map((key) => names[key]),
        [totals.map((key) => String(report.totals[key]))],
      ),
      { kind: "heading", text: names.rows },
      ...(rows.length === 0
        ? [{ kind: "text" as const, text: names.noRows, addressee: false }]
        : tableBlocks(names.rowHead, rows)),
      ...(report.corrections.length === 0
        ? []
        : [
            { kind: "heading" as const, text: names.corrections },
            {
              kind: "list" as const,
              items: report.corrections.map(({ at, text }) => `${timeText(at, plan)}　${text}`),
            },
          ]),
    ],
    seal: names.seal[kind],
    date: day(report.filedAt),
  });
};
