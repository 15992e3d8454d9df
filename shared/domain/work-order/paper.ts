import { clockOf, dayOf } from "../../basics/time.ts";
import type { Block, PaperDocument } from "../document/document.ts";
import type { HallPlan } from "../hall/plan.ts";
import { dueDayOf } from "./clock.ts";
import texts from "./paper-texts.zh-CN.json" with { type: "json" };
import { workOrderRulesOf } from "./rules.ts";
import { isOnline, type WorkOrder } from "./work-order.ts";

/** The words of the district's papers; they are in Chinese wherever the screen is not. */
export const orderTexts = texts;

/** Puts values into the `{{name}}` of a text. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ""));

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
  return day === null ? texts.paused : fill(texts.workdays, { days: order.solve.days, day });
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
    number: fill(texts.number, { number: order.number }),
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
      [rows.number, fill(texts.number, { number: order.number })],
      [rows.openedAt, timeText(order.openedAt, plan)],
      [rows.item, order.itemName ?? "–"],
      [rows.refused, order.asked?.reason ?? texts.problems[order.problem]],
      [rows.problem, order.summary ?? "–"],
      [rows.limit, limitText(order, plan)],
    ],
    footer: [
      [footer.city, order.city === null ? texts.no : fill(texts.reported, { reason: order.city.reason })],
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

/** The template as a paper for the printer. */
export const orderPaper = (order: WorkOrder, plan: HallPlan, filledBy: string, today: string): PaperDocument => {
  const form = orderForm(order, plan, filledBy);
  const fields = (rows: readonly Field[]): Block => ({
    kind: "fields",
    rows: rows.map(([label, value]): [string, string] => [label, value]),
  });
  return {
    format: 1,
    kind: "workOrder",
    code: null,
    template: "work-order-1",
    letterhead: plan.name,
    letterheadEn: plan.nameEn,
    title: form.title,
    titleEn: texts.titleEn,
    number: form.number,
    blocks: [
      fields([...form.header, ...form.stats]),
      fields(form.rows),
      { kind: "heading", text: texts.course },
      {
        kind: "table",
        head: [texts.rows.openedAt, texts.course, texts.header.department, texts.footer.wishes],
        rows: form.course.slice(-300).map((row) => [...row]),
      },
      fields([...form.footer, form.cc]),
    ],
    signatures: [{ place: "hall", label: texts.seal, after: "" }],
    date: today,
    progress: null,
    sampleNote: plan.sample ? texts.sampleNote : null,
  };
};
