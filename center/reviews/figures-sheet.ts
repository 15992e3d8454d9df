import { TOO_FEW, type ReviewFigures, type Satisfaction, type Share } from "../../shared/domain/review/figures.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import { bold, workbook, type Cell } from "../sheets/workbook.ts";
import { pageTexts } from "./page-texts.ts";

const LEVELS = [5, 4, 3, 2, 1] as const;

/** A share as Excel counts it, rounded to a tenth of a per cent. */
const rounded = (share: number): number => Math.round(share * 1000) / 1000;

/**
 * The figures as a workbook: totals, then one sheet each by business, item, counter and day, and the tags. It holds sums
 * only: no ticket, no words, no number, and no level where a handful of reviews would tell who said what.
 */
export const figuresSheet = (figures: ReviewFigures, plan: HallPlan | null): Promise<Buffer> => {
  const { say } = pageTexts("zh-CN");
  const shareCells = (share: Share | null): Cell[] =>
    share === null ? [null, null, null] : [rounded(share.share), rounded(share.from), rounded(share.to)];
  const head = (name: string) => [
    bold(name),
    bold(say("sheet.name")),
    bold(say("board.given")),
    bold(say("sheet.excluded")),
    bold(say("board.satisfied")),
    bold(say("sheet.from")),
    bold(say("sheet.to")),
    ...LEVELS.map((level) => bold(say(`level.${String(level)}`))),
    bold(say("sheet.note")),
  ];
  const row = (of: Satisfaction, name: string): Cell[] => [
    of.key,
    name,
    of.given,
    of.excluded,
    ...shareCells(of.satisfied),
    ...LEVELS.map((level) => of.levels?.[level] ?? null),
    of.satisfied === null ? say("board.tooFew", { count: of.given, least: TOO_FEW }) : null,
  ];
  const business = (id: string): string => plan?.businesses.find((each) => each.id === id)?.name ?? "";
  const counter = (id: string): string => plan?.counters.find((each) => each.id === id)?.name ?? "";
  const groups = (sheet: string, rows: readonly Satisfaction[], nameOf: (of: Satisfaction) => string) => ({
    sheet,
    data: [head(sheet), ...rows.map((of) => row(of, nameOf(of)))],
    stickyRowsCount: 1,
  });
  const share = (name: string, of: Share | null) => [name, ...shareCells(of), of?.of ?? 0];
  return workbook([
    {
      sheet: say("sheet.totals"),
      data: [
        [bold(plan?.name ?? ""), bold(say("board.period", { from: figures.from, to: figures.to }))],
        head(say("sheet.hall")),
        row(figures.hall, plan?.name ?? ""),
        [],
        [
          bold(say("sheet.share")),
          bold(say("sheet.value")),
          bold(say("sheet.from")),
          bold(say("sheet.to")),
          bold(say("sheet.of")),
        ],
        share(say("board.responses"), figures.responses),
        share(say("board.onTime"), figures.onTime),
        share(say("board.calledBack"), figures.calledBack),
        share(say("sheet.flagged"), figures.flagged),
        share(say("board.falseShare"), figures.falseReviews),
        [],
        [say("board.orders", { ...figures.orders })],
        [say("board.formula")],
      ],
    },
    groups(say("sheet.business"), figures.byBusiness, (of) => business(of.key)),
    groups(say("sheet.item"), figures.byItem, (of) => of.name ?? ""),
    groups(say("sheet.counter"), figures.byCounter, (of) => counter(of.key)),
    groups(say("sheet.day"), figures.byDay, () => ""),
    {
      sheet: say("sheet.tags"),
      data: [
        [bold(say("sheet.code")), bold(say("sheet.name")), bold(say("sheet.count"))],
        ...figures.tags.map(({ code, count }): Cell[] => [code, say(`tag.${code}`), count]),
      ],
    },
  ]);
};
