import writeExcelFile from "write-excel-file/node";
import { TOO_FEW, type ReviewFigures, type Satisfaction, type Share } from "../../shared/domain/review/figures.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import { pageTexts } from "./page-texts.ts";

type Cell = string | number | null;

const LEVELS = [5, 4, 3, 2, 1] as const;

/** A share as Excel counts it, rounded to a tenth of a per cent. */
const rounded = (share: number): number => Math.round(share * 1000) / 1000;

/**
 * The figures as a workbook: totals, then one sheet each by business, item, counter and day, and the tags. It holds sums
 * only: no ticket, no words, no number, and no level where a handful of reviews would tell who said what.
 */
export const figuresSheet = async (figures: ReviewFigures, plan: HallPlan | null): Promise<Buffer> => {
  const { t } = pageTexts("zh-CN");
  const bold = (value: string) => ({ value, fontWeight: "bold" as const });
  const shareCells = (share: Share | null): Cell[] =>
    share === null ? [null, null, null] : [rounded(share.share), rounded(share.from), rounded(share.to)];
  const head = (name: string) => [
    bold(name),
    bold(t("sheet.name")),
    bold(t("board.given")),
    bold(t("sheet.excluded")),
    bold(t("board.satisfied")),
    bold(t("sheet.from")),
    bold(t("sheet.to")),
    ...LEVELS.map((level) => bold(t(`level.${String(level)}`))),
    bold(t("sheet.note")),
  ];
  const row = (of: Satisfaction, name: string): Cell[] => [
    of.key,
    name,
    of.given,
    of.excluded,
    ...shareCells(of.satisfied),
    ...LEVELS.map((level) => of.levels?.[level] ?? null),
    of.satisfied === null ? t("board.tooFew", { count: of.given, least: TOO_FEW }) : null,
  ];
  const business = (id: string): string => plan?.businesses.find((each) => each.id === id)?.name ?? "";
  const counter = (id: string): string => plan?.counters.find((each) => each.id === id)?.name ?? "";
  const groups = (sheet: string, rows: readonly Satisfaction[], nameOf: (of: Satisfaction) => string) => ({
    sheet,
    data: [head(sheet), ...rows.map((of) => row(of, nameOf(of)))],
    stickyRowsCount: 1,
  });
  const share = (name: string, of: Share | null) => [name, ...shareCells(of), of?.of ?? 0];
  const sheets = [
    {
      sheet: t("sheet.totals"),
      data: [
        [bold(plan?.name ?? ""), bold(t("board.period", { from: figures.from, to: figures.to }))],
        head(t("sheet.hall")),
        row(figures.hall, plan?.name ?? ""),
        [],
        [
          bold(t("sheet.share")),
          bold(t("sheet.value")),
          bold(t("sheet.from")),
          bold(t("sheet.to")),
          bold(t("sheet.of")),
        ],
        share(t("board.responses"), figures.responses),
        share(t("board.onTime"), figures.onTime),
        share(t("board.calledBack"), figures.calledBack),
        share(t("sheet.flagged"), figures.flagged),
        share(t("board.falseShare"), figures.falseReviews),
        [],
        [t("board.orders", { ...figures.orders })],
        [t("board.formula")],
      ],
    },
    groups(t("sheet.business"), figures.byBusiness, (of) => business(of.key)),
    groups(t("sheet.item"), figures.byItem, (of) => of.name ?? ""),
    groups(t("sheet.counter"), figures.byCounter, (of) => counter(of.key)),
    groups(t("sheet.day"), figures.byDay, () => ""),
    {
      sheet: t("sheet.tags"),
      data: [
        [bold(t("sheet.code")), bold(t("sheet.name")), bold(t("sheet.count"))],
        ...figures.tags.map(({ code, count }): Cell[] => [code, t(`tag.${code}`), count]),
      ],
    },
  ];
  return writeExcelFile(sheets).toBuffer();
};
